"""Databases that are emptied and used again: making one and dropping it takes far longer."""

from __future__ import annotations

import uuid

import psycopg
from psycopg import sql

from components.endpoint.database import Database

from .postgres import PostgresCluster

_CUT = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = """
SELECT oid::regclass::text, relkind::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
ORDER BY 1
"""
# Everything beside the rows that a test may have changed.
_CHANGED = """
SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase
WHERE datname = current_database()
"""
_STEP = "SELECT version_num FROM alembic_version"


class DatabasePool:
    """Databases of one server that have the endpoint's tables, and nothing in them.

    Args:
        cluster: The server.
    """

    def __init__(self, cluster: PostgresCluster) -> None:
        self._cluster = cluster
        self._template = f"empty_{uuid.uuid4().hex}"
        self._free: list[str] = []
        Database(cluster.create_database(self._template)).close()
        self._fresh = self._form(self._template)

    def take(self) -> str:
        """Name of a database that is the caller's until it gives it back."""
        if self._free:
            return self._free.pop()
        name = f"test_{uuid.uuid4().hex}"
        self._cluster.create_database(name, self._template)
        return name

    def give_back(self, name: str) -> None:
        """Empty a database, or take it away if more than rows was changed."""
        try:
            with self._cluster.connect(name) as connection:
                connection.execute(_CUT)
                self._empty(connection)
            whole = self._form(name) == self._fresh
        except psycopg.Error:
            whole = False
        if whole:
            self._free.append(name)
        else:
            self._cluster.drop_database(name)

    def _form(self, name: str) -> list[object]:
        with self._cluster.connect(name) as connection:
            return [connection.execute(what).fetchall() for what in (_TABLES, _CHANGED, _STEP)]

    def _empty(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        with connection.transaction():
            # The tables' own guards refuse to let anything go.
            connection.execute("SET LOCAL session_replication_role = replica")
            for table, _ in connection.execute(_TABLES).fetchall():
                # The partitions are emptied with the table that they are parts of.
                if table != "alembic_version" and not str(table).startswith("events_"):
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(table))))
