"""The servers that the other tests stand on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import OperationalError, sql

from .pool import DatabasePool
from .postgres import PostgresCluster, PostgresFailed, wait_until

ROOT = Path(__file__).parents[2]
ABANDONED = """
from tests.databases.postgres import PostgresCluster
cluster = PostgresCluster.create()
print(cluster.port, flush=True)
input()
"""


def test_what_was_committed_survives_kill_and_restart() -> None:
    with PostgresCluster.create() as cluster:
        cluster.create_database("kept")
        cluster.execute(sql.SQL("CREATE TABLE t AS SELECT 7 AS x"), "kept")
        port = cluster.port
        cluster.kill()
        assert not cluster.running
        with pytest.raises(OperationalError):
            cluster.connect()
        cluster.start()
        cluster.restart()
        cluster.start()
        assert cluster.port == port
        assert cluster.execute(sql.SQL("SELECT x FROM t"), "kept") == [(7,)]


def test_a_server_that_cannot_start_says_why() -> None:
    with PostgresCluster.create() as cluster:
        cluster.set("shared_buffers", "32MB")
        with cluster.connect() as connection:
            connection.execute("ALTER SYSTEM SET shared_preload_libraries = 'no_such_library'")
        cluster.stop()
        with pytest.raises(PostgresFailed, match="no_such_library"):
            cluster.start()


def test_no_server_outlives_the_tests_that_started_it() -> None:
    tests = subprocess.Popen(
        [sys.executable, "-c", ABANDONED],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert tests.stdout is not None
    port = int(tests.stdout.readline())
    abandoned = PostgresCluster(Path("nowhere"), port)
    abandoned.connect().close()
    tests.send_signal(signal.SIGKILL)
    tests.communicate()

    def gone() -> bool:
        try:
            abandoned.connect().close()
        except OperationalError:
            return True
        return False

    wait_until(gone)


def test_a_database_comes_back_empty_or_not_at_all(postgresql: PostgresCluster) -> None:
    pool = DatabasePool(postgresql)
    first = pool.take()
    row = "INSERT INTO erasures VALUES ('a', 'now', 'subject')"
    postgresql.execute(sql.SQL(row), first)
    pool.give_back(first)
    assert pool.take() == first
    assert postgresql.execute(sql.SQL("SELECT * FROM erasures"), first) == []
    for change in (
        "ALTER TABLE erasures RENAME TO away",
        "UPDATE alembic_version SET version_num = '99'",
    ):
        postgresql.execute(sql.SQL(change), first)
        pool.give_back(first)
        assert pool.take() != first
        first = pool.take()
