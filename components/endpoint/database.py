"""Opening the database: what each kind needs before the first statement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..consent.durability import make_durable
from .schema import METADATA, SCHEMA_VERSION

READERS = 8
"""How many reads may use the database at once."""

_BUSY_SECONDS = 5.0
_WRITING = "mingshi_writing"


class UnsuitableDatabase(ValueError):
    """The URL names no database that can keep a record, or one that newer code has written."""


def open_database(url: str) -> Engine:
    """An engine on a database whose tables exist, made where they do not.

    Args:
        url: SQLAlchemy URL of a SQLite file, for example ``sqlite:///endpoint.sqlite3``. Its
            folder is made if need be.

    Raises:
        UnsuitableDatabase: Not a SQLite file, or written by newer code.
        sqlalchemy.exc.DBAPIError: The database cannot be opened or written.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        # Without the URL: it may carry a password.
        raise UnsuitableDatabase("not a database URL; sqlite:///file is expected") from None
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise UnsuitableDatabase(f"{parsed.drivername}: only SQLite is supported yet")
    if parsed.database in (None, "", ":memory:"):
        raise UnsuitableDatabase("a database in memory keeps no record; name a file")
    engine = _sqlite_engine(parsed)
    try:
        _prepare(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def writing(engine: Engine) -> Engine:
    """The same database for transactions that write: they hold the write lock from their start.

    What such a transaction reads can then not be overtaken before it writes.
    """
    return engine.execution_options(**{_WRITING: True})


def _sqlite_engine(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": _BUSY_SECONDS},
        pool_size=READERS + 1,
        max_overflow=2,
        # Messages of errors must not carry the bodies of events into a log.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        # The driver's own, late BEGIN would let two writers read before either of them writes.
        connection.isolation_level = None
        make_durable(connection, _BUSY_SECONDS)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _prepare(engine: Engine) -> None:
    with writing(engine).begin() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > SCHEMA_VERSION:
            raise UnsuitableDatabase(f"written by newer code (schema {version})")
        if version == 0:
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
