"""Where PostgreSQL's programs are, and as whom they run."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

NEEDED = ("initdb", "postgres", "pg_basebackup")
"""The programs that the tests start."""

PLACES = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/usr", "pgsql-*/bin"),  # Red Hat
)


class PostgresMissing(RuntimeError):
    """PostgreSQL is not installed here, or nobody is there to run it as."""


def find_binaries() -> Path:
    """The folder that holds PostgreSQL's programs, the newest version that there is.

    Raises:
        PostgresMissing: There is none, neither on the PATH nor where packages put it.
    """
    for folder in _candidates():
        if all((folder / name).exists() for name in NEEDED):
            return folder
    raise PostgresMissing(
        f"no folder with {', '.join(NEEDED)} was found, neither on the PATH nor under "
        + ", ".join(f"{root}/{pattern}" for root, pattern in PLACES)
    )


def _candidates() -> Iterator[Path]:
    places = [(Path(root), pattern) for root, pattern in PLACES]
    brew = shutil.which("brew")
    if brew is not None:
        # Homebrew keeps versions beside its own programs, and off the PATH.
        places.append((Path(brew).parents[1] / "opt", "postgresql@*/bin"))
    installed = [folder for root, pattern in places for folder in root.glob(pattern)]
    yield from sorted(installed, key=_version, reverse=True)
    on_path = shutil.which("postgres")
    if on_path is not None:
        # A link on the PATH may stand alone: the others are beside what it leads to.
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdecimal, folder.parent.name))
    return int(digits) if digits else 0


def account() -> str | None:
    """As whom the server must run: it refuses root. None is whoever runs the tests.

    Raises:
        PostgresMissing: Root runs the tests, and there is no other user to take.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "_postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PostgresMissing(
        "root may not run PostgreSQL, and there is no user 'postgres' or 'nobody'"
    )
