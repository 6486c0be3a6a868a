"""What happens to files: a full disk, a folder that may not be written, an edit from outside."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

NOBODY = 65534
LARGEST_STORE_BYTES = 1 << 20


@contextmanager
def files_end_at(size_bytes: int) -> Iterator[None]:
    """No file can be written beyond that size, as if the disk were full there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def not_writable(folder: Path) -> Iterator[None]:
    """The folder and what is in it can be read and not written, also where the tests are root."""
    before = {path: path.stat().st_mode for path in (folder, *folder.iterdir())}
    root = os.geteuid() == 0
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if root:
        os.seteuid(NOBODY)  # permission bits do not stop root
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode)


def edit(store: Path, statement: str, *values: object) -> None:
    """Change a closed store from outside, past the triggers that guard it."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DROP TRIGGER IF EXISTS events_are_not_changed")
        connection.execute("DROP TRIGGER IF EXISTS events_are_not_removed")
        connection.execute("DROP TRIGGER IF EXISTS others_are_not_changed")
        connection.execute(statement, values)
