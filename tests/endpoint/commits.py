"""Holding back a commit, and counting them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from components.endpoint.database import Database

PATIENCE_SECONDS = 60.0


class HeldCommit:
    """The next commit stands at the gate until it is let through; those after it are not held."""

    def __init__(self) -> None:
        self.count = 0
        self._reached = threading.Event()
        self._open = threading.Event()

    def wait(self) -> None:
        """Until a commit is held. Blocks."""
        assert self._reached.wait(PATIENCE_SECONDS)

    def let_through(self) -> None:
        self._open.set()

    def stop(self, _connection: Connection) -> None:
        self.count += 1
        self._reached.set()
        assert self._open.wait(PATIENCE_SECONDS)


@contextmanager
def held_commit(database: Database) -> Iterator[HeldCommit]:
    """Everything is written, and the database has not yet been told to keep it."""
    held = HeldCommit()
    event.listen(database.engine, "commit", held.stop)
    try:
        yield held
    finally:
        held.let_through()
        event.remove(database.engine, "commit", held.stop)
