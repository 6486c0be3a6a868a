"""A database that is away for a while, and one that makes writers wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from psycopg import sql
from sqlalchemy import create_engine, make_url

from tests.databases.postgres import PostgresCluster

from .tampering import alter


@contextmanager
def outage(database_url: str, cluster: PostgresCluster) -> Iterator[None]:
    """Nobody can use the database while this is entered."""
    if database_url.startswith("sqlite"):
        alter(database_url, "ALTER TABLE events RENAME TO away")
        yield
        alter(database_url, "ALTER TABLE away RENAME TO events")
        return
    name = str(make_url(database_url).database)
    allow = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    cluster.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
    cut = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = {}"
    cluster.execute(sql.SQL(cut).format(sql.Literal(name)))
    yield
    cluster.execute(allow.format(sql.Identifier(name), sql.Literal(True)))


@contextmanager
def writers_held_up(database_url: str) -> Iterator[None]:
    """Whoever writes events waits while this is entered; whoever reads does not."""
    if database_url.startswith("sqlite"):
        path = str(make_url(database_url).database)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE events IN SHARE MODE")
        yield
    engine.dispose()
