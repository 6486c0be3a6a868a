"""The list of labels, and the half of it that the grammar was not written with."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

SEED = "mingshi labels 1"


def labels() -> list[tuple[str, str, str]]:
    """Every label as language, class, label."""
    read = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    return [
        (language, kind, label)
        for language, kinds in read.items()
        for kind, lines in kinds.items()
        for label in lines.strip().splitlines()
    ]


def is_held_out(label: str) -> bool:
    """Whether a label belongs to the half that was put aside."""
    return hashlib.sha256(f"{SEED} {label}".encode()).digest()[0] % 2 == 1
