"""What can go wrong with the store, told apart: it is no sound record, or it fails just now.

The difference matters: a damaged store is set aside, one that fails for a moment must not be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LedgerError(Exception):
    """The store cannot be written or read; nothing was recorded."""


class LedgerDamaged(LedgerError):
    """The store is there but is no sound record: not SQLite, cut off, edited or too new."""


class NotInChain(ValueError):
    """An event that was handed in contradicts the others of its installation; nothing was kept."""


# Primary result codes of SQLite that speak of the file itself. ERROR is "no such table" and its
# like: a database, but not this one. Busy, full, read-only and input/output errors may pass.
_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CONSTRAINT,
    }
)


@contextmanager
def told_apart(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into the ledger's own errors.

    Raises:
        LedgerDamaged: What is stored is the fault.
        LedgerError: Anything else; another attempt may succeed.
    """
    try:
        yield
    except sqlite3.Error as error:
        kind = LedgerDamaged if _is_damage(error) else LedgerError
        raise kind(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it found in its message, and Python cannot read that as UTF-8.
        raise LedgerDamaged(f"{path}: {error}") from error
    except OSError as error:
        raise LedgerError(f"{path}: {error}") from error


def _is_damage(error: sqlite3.Error) -> bool:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own: a text that is not UTF-8 (operational), or a closed connection (not).
        return isinstance(error, sqlite3.OperationalError)
    # The extended code keeps the primary one in its lowest eight bits.
    return code & 0xFF in _DAMAGE
