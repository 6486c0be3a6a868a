"""How a SQLite file is set up so that what was committed survives the loss of power."""

from __future__ import annotations

import sqlite3
import time

_FIRST_PAUSE_SECONDS = 0.001
_LONGEST_PAUSE_SECONDS = 0.05


def make_durable(connection: sqlite3.Connection, patience: float) -> None:
    """Write-ahead log, a sync of the disk at each commit, foreign keys held.

    To be called outside a transaction: inside one SQLite ignores a change of the journal.

    Args:
        connection: A connection to a file.
        patience: Seconds to wait for others that use the file.

    Raises:
        sqlite3.OperationalError: Others held the file for longer, or it cannot be written.
    """
    _write_ahead(connection, patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    # Two connections that both find the old journal would each wait for the other to let go, so
    # SQLite tells one of them "busy" at once, whatever its timeout. Trying again finds it done.
    deadline = time.monotonic() + patience
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() >= deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
