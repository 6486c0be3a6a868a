"""Peers from npm at the versions named here, installed when they are measured."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

C15T = (
    "@c15t/backend@2.2.1",
    # What its documentation has a host bring along.
    "kysely@0.28.19",
    "pg@8.23.1",
    "better-sqlite3@12.11.1",
)
"""c15t's self-hosted backend and its drivers."""

WEB_NOTICES = ("vanilla-cookieconsent@3.1.0", "klaro@0.7.22")
"""Cookie notices for web pages."""

INSTALLED = {name: shutil.which(name) is not None for name in ("npm", "node")}
"""Which of the two programs are there."""


class NpmMissing(RuntimeError):
    """npm or Node is not there; the message says what cannot be measured without it."""


def install(packages: tuple[str, ...], folder: Path) -> Path:
    """Install packages in a folder, with the scripts that make better-sqlite3's driver.

    Returns:
        Its ``node_modules``.

    Raises:
        NpmMissing: There is no npm, or no Node.
        subprocess.CalledProcessError: npm could not install them; what it said is in the error.
    """
    if not all(INSTALLED.values()):
        raise NpmMissing(
            "npm and Node are needed to measure "
            f"{', '.join(packages)}; install Node 20 or newer, and run this again"
        )
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    for command in (("install", *quiet, *packages), ("rebuild", *quiet)):
        subprocess.run(["npm", *command], cwd=folder, check=True, capture_output=True, text=True)
    return folder / "node_modules"
