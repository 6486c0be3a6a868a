"""What can go wrong with the store."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class LedgerError(Exception):
    """The store cannot be written or read; nothing was recorded."""


class LedgerDamaged(LedgerError):
    """The store is there but is no sound record: not SQLite, cut off, edited or too new."""


def translated(path: Path, error: sqlite3.DatabaseError) -> LedgerError:
    """SQLite's word for it in ours: what may pass is LedgerError, the file itself LedgerDamaged."""
    # OperationalError covers busy, full and read-only.
    kind = LedgerError if isinstance(error, sqlite3.OperationalError) else LedgerDamaged
    return kind(f"{path}: {error}")
