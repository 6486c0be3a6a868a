"""Faults of a study file as a command prints them."""

from __future__ import annotations

import sys
from pathlib import Path

from ..policy.errors import PackError


def tell_faults(error: PackError, folder: Path) -> None:
    """Print a study file's faults on standard error, each with the path of its file.

    Args:
        error: The faults.
        folder: Where the study file is.
    """
    for it in error.findings:
        print(f"{folder / it.file}:{it.line}: {it.problem}. Remedy: {it.remedy}.", file=sys.stderr)
