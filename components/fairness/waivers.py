"""The file of waivers: findings that stay as they are, each by decision, and for a time.

The form::

    [[waivers]]
    rule = "CS-22"
    surface = "prompt/*"
    reason = "Each prompt names its own act; see the decision of 3 March."
    by = "Ann, design"
    decided = 2026-03-03
    until = 2026-09-30
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from .model import Waiver

_WORDS = ("rule", "surface", "reason", "by")
_DAYS = ("decided", "until")


class WaiverFault(ValueError):
    """The file cannot be used; the message says why and where."""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a file.

    Raises:
        WaiverFault: it is not there, no TOML, or a waiver lacks something.
    """
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WaiverFault(f"{path}: {error}") from None
    if extra := set(read) - {"waivers"}:
        raise WaiverFault(f"{path}: unknown keys {sorted(extra)}")
    entries = read.get("waivers", [])
    if not isinstance(entries, list):
        raise WaiverFault(f"{path}: write each waiver as [[waivers]]")
    return tuple(_waiver(path, number, it) for number, it in enumerate(entries, start=1))


def _waiver(path: Path, number: int, entry: dict[str, Any]) -> Waiver:
    where = f"{path}, waiver {number}"
    if apart := set(entry) ^ {*_WORDS, *_DAYS}:
        raise WaiverFault(f"{where}: missing or unknown: {sorted(apart)}")
    for name in _WORDS:
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise WaiverFault(f"{where}: {name} is empty")
    for name in _DAYS:
        if type(entry[name]) is not date:
            raise WaiverFault(f"{where}: {name} is no day, as 2026-03-03")
    if entry["until"] < entry["decided"]:
        raise WaiverFault(f"{where}: it ends before it was decided")
    return Waiver(**entry)
