"""The SQLite file under the ledger: opened when needed, brought up to date, made durable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .durability import make_durable
from .ledger_errors import LedgerError, told_apart
from .migrations import STEPS, migrate, version_of

_BUSY_SECONDS = 2.0
"""How long a write waits for another process that is writing to the same file."""

Mark = tuple[int, int]
"""How often others wrote to the file, and how many rows this connection did."""


class StoreFile:
    """One connection to one store.

    Every method raises LedgerDamaged where the file is no store, and LedgerError where it cannot
    be opened, read or written now.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None

    def reading(self) -> sqlite3.Connection | None:
        """The connection, or None while there is no file; another process may have made one."""
        with told_apart(self.path):
            if self.connection is None and self.path.exists():
                self._open()
        return self.connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection | None]:
        """A transaction whose reads all see one moment; None while there is no file."""
        connection = self.reading()
        with told_apart(self.path):
            nested = connection is None or connection.in_transaction
            if nested:
                yield connection
        if connection is not None and not nested:
            with self._transaction(connection, "BEGIN"):
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its start, so sequences have no gaps."""
        connection = self.connection or self._open()
        with self._transaction(connection, "BEGIN IMMEDIATE"):
            yield connection

    def mark(self) -> Mark | None:
        """Changes whenever anything is written, here or by another; None while there is no file.

        To be asked before what is read for it: what is written in between then shows next time.
        """
        connection = self.reading()
        if connection is None:
            return None
        with told_apart(self.path):
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
            return version, connection.total_changes

    @property
    def rows_written(self) -> int:
        """How many rows this connection wrote: the half of the mark that its own writing changes.

        Others cannot write while this connection does, so after a transaction of its own no more
        of the mark has to be asked for.
        """
        return 0 if self.connection is None else self.connection.total_changes

    def close(self) -> None:
        """Close the file. It cannot be used afterwards."""
        if self.connection is not None:
            self.connection.close()

    def _open(self) -> sqlite3.Connection:
        with told_apart(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The caller may be any one thread at a time; SQLite itself is built serialised.
            connection = sqlite3.connect(
                self.path, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
            )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self.connection = connection
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        with told_apart(self.path):
            version = version_of(connection)
        if version < len(STEPS):
            with self._transaction(connection, "BEGIN IMMEDIATE"):
                migrate(connection, STEPS)
                # Another process may have been quicker, and have been of a later release.
                version = version_of(connection)
        if version > len(STEPS):
            # No damage: it stays in its place until a kit comes that can read it.
            raise LedgerError(f"{self.path}: written by a newer version (schema {version})")
        with told_apart(self.path):
            make_durable(connection, _BUSY_SECONDS)

    @contextmanager
    def _transaction(self, connection: sqlite3.Connection, begin: str) -> Iterator[None]:
        with told_apart(self.path):
            connection.execute(begin)
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
