"""How each kind of database is reached, and what makes its commits durable."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..consent.durability import make_durable
from .unsuitable import UnsuitableDatabase

READERS = 8
"""How many reads may use the database at once."""

WRITERS = 4
"""How many writes may use a PostgreSQL database at once, beside those of events."""

_BUSY_SECONDS = 5.0
# How long the log grows before it is carried over into the file: 64 MB. Events of many subjects lie
# all over the file, and by SQLite's own 4 MB each page of it was carried over again and again.
_PAGES_OF_LOG = 16_000
_WRITING = "mingshi_writing"
_WARNINGS = "mingshi_warnings"

# One for the writer of events, one for whether the database answers.
_POOL = READERS + WRITERS + 2
_POOL_SECONDS = 5.0

# What the URL itself says of these comes first. A server that went away without a word is noticed
# after about ten seconds, so that a standby that took over is found.
_CONNECTING = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "mingshi-endpoint",
}
_STATEMENT_MILLISECONDS = 30_000
_LOCK_MILLISECONDS = 5_000
_IDLE_MILLISECONDS = 30_000

# remote_apply waits for more than "on" does; everything else waits for less.
_SET_UP = f"""
SELECT set_config('synchronous_commit',
                  CASE current_setting('synchronous_commit')
                  WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),
       set_config('statement_timeout', '{_STATEMENT_MILLISECONDS}', false),
       set_config('lock_timeout', '{_LOCK_MILLISECONDS}', false),
       set_config('idle_in_transaction_session_timeout', '{_IDLE_MILLISECONDS}', false),
       current_setting('fsync', true)
"""
_READ_ONLY = "25006"


@dataclass(frozen=True)
class Engines:
    """One database: the same connections, set up for reading and for writing.

    Attributes:
        engine: The connections themselves.
        reading: Transactions that see one moment.
        writing: Transactions that write.
        writers: How many of the latter make sense at once.
    """

    engine: Engine
    reading: Engine
    writing: Engine
    writers: int


def open_engines(url: str) -> Engines:
    """The connections to a database; none is made yet.

    Raises:
        UnsuitableDatabase: Not a SQLite file, and not PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Without the URL: it may carry a password.
        raise UnsuitableDatabase(
            "not a database URL; sqlite:///file or postgresql+psycopg://host/name is expected"
        ) from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(parsed)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(parsed.set(drivername="postgresql+psycopg"))
    raise UnsuitableDatabase(f"{parsed.drivername}: neither SQLite nor PostgreSQL with psycopg")


def warnings_of(connection: Connection) -> list[str]:
    """What the server warned of on this connection since the list was last cleared."""
    warnings: list[str] = connection.info.setdefault(_WARNINGS, [])
    return warnings


def _sqlite(url: URL) -> Engines:
    if url.database in (None, "", ":memory:"):
        raise UnsuitableDatabase("a database in memory keeps no record; name a file")
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={} if "timeout" in url.query else {"timeout": _BUSY_SECONDS},
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
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_OF_LOG}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return Engines(engine, engine, engine.execution_options(**{_WRITING: True}), writers=1)


def _postgresql(url: URL) -> Engines:
    if not url.database:
        raise UnsuitableDatabase("the URL names no database: postgresql+psycopg://host/name")
    try:
        engine = create_engine(
            url,
            connect_args={name: it for name, it in _CONNECTING.items() if name not in url.query},
            pool_size=_POOL,
            max_overflow=2,
            pool_timeout=_POOL_SECONDS,
            # Not what the server has as its default: see Database.write.
            isolation_level="READ COMMITTED",
            hide_parameters=True,
        )
    except ImportError:
        raise UnsuitableDatabase(
            "PostgreSQL needs the extra 'postgresql': pip install 'mingshi[postgresql]'"
        ) from None

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        [(*_, fsync)] = connection.execute(_SET_UP).fetchall()
        connection.commit()
        if fsync == "off":
            raise UnsuitableDatabase(
                "the server runs with fsync = off, so what it commits may be lost; switch it on"
            )
        warnings: list[str] = []
        record.info[_WARNINGS] = warnings

        def remember(told: Any) -> None:
            if told.severity_nonlocalized == "WARNING":
                warnings.append(told.sqlstate)

        connection.add_notice_handler(remember)

    @event.listens_for(engine, "handle_error")
    def recognise(context: ExceptionContext) -> None:
        # A primary that became a standby keeps its connections; they must not be used again.
        if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
            context.is_disconnect = True

    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(engine, reading, engine, writers=WRITERS)
