"""Changes to a database that the endpoint would never make: what its guards are against."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, create_engine, text


def alter(database_url: str, statement: str) -> None:
    """Run a statement, for example one that takes a table out of the way."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def tamper(database_url: str, statement: str, **values: Any) -> None:
    """Change rows as someone with all rights would, the table's own guards put aside."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement), values)
        else:
            _without_triggers(connection, statement, values)
    engine.dispose()


def _without_triggers(connection: Connection, statement: str, values: dict[str, Any]) -> None:
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    guards = connection.execute(text(found)).all()
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    connection.execute(text(statement), values)
    for _, guard in guards:
        connection.exec_driver_sql(guard)
