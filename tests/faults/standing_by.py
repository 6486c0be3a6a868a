"""PostgreSQL servers of a run: started again after a kill, waiting for a standby."""

from __future__ import annotations

import time

from psycopg import sql

from tests.databases.postgres import PostgresCluster, PostgresFailed

from .processes import DidNotHappen

NAME = "faults"
"""The database of the runs."""

_WAITING = sql.SQL("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
_LONGEST_SECONDS = 60.0


def until_a_commit_waits(server: PostgresCluster) -> None:
    """Wait until a commit is on the server's disk, and not on its standby's."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    while server.execute(_WAITING) == [(0,)]:
        if time.monotonic() > deadline:
            raise DidNotHappen("no commit waits for the standby")
        time.sleep(0.01)


def start_again(server: PostgresCluster) -> None:
    """Start a server that was killed, again if one of the run's many connections has its port."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    while True:
        try:
            server.start()
            return
        except PostgresFailed:
            if time.monotonic() > deadline:
                raise
