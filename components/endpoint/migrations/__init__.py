"""The tables, brought from any earlier form to today's.

Each step is a file in ``versions`` and stands by itself: it says what the tables were to become
then, whatever ``schema.py`` says today.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ..unsuitable import UnsuitableDatabase

if TYPE_CHECKING:
    from alembic.config import Config

LATEST = 2
"""Number of the last step."""

_FIRST = 1
_FOLDER = Path(__file__).parent
LOCK = 0x6D696E67736869
"""Held on PostgreSQL while the tables are changed; a number that no other program is likely to
lock in the same database."""


def bring_up_to_date(reading: Engine, writing: Engine) -> None:
    """Make the tables what today's code needs, in one transaction.

    Several processes may do so at once: one does it, the others wait and find it done.

    Args:
        reading: The database, set up for reading.
        writing: The same, set up for writing.

    Raises:
        UnsuitableDatabase: Newer code has written it; nothing was changed.
        sqlalchemy.exc.DBAPIError: The database cannot be read or written.
    """
    with reading.begin() as connection:
        # Looked at first: a role without the right to change tables can then run the endpoint.
        if _checked_step(connection) == LATEST:
            return
    with writing.begin() as connection:
        _wait_in_line(connection)
        step = _checked_step(connection)
        if step < LATEST:
            _upgrade(connection, stamp=_FIRST if step == _FIRST else None)


def _checked_step(connection: Connection) -> int:
    name = _step(connection)
    if not name.isdecimal() or int(name) > LATEST:
        raise UnsuitableDatabase(f"written by newer code (schema {name})")
    return int(name)


def _step(connection: Connection) -> str:
    """Name of the last step that was taken here; 0 for none."""
    if connection.dialect.name == "sqlite":
        # Older code goes by this number, and refuses what stands above its own.
        return str(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not inspect(connection).has_table("alembic_version"):
        return "0"
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return str(found or "0")


def _wait_in_line(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _upgrade(connection: Connection, stamp: int | None) -> None:
    # Only where it is needed: most starts find the tables as they should be.
    from alembic import command

    config = configuration(connection)
    if stamp is not None and not inspect(connection).has_table("alembic_version"):
        # Written before there were steps, by code that made what the first of them makes.
        command.stamp(config, str(stamp))
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {LATEST}")


def configuration(connection: Connection) -> Config:
    """What Alembic's commands need to know; they run in the connection's transaction."""
    from alembic.config import Config

    config = Config()
    # Percent signs of a path would otherwise be read as references to other options.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
