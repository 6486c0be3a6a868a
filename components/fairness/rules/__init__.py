"""The rules, one file for each family. They are pure: data in, problems out."""

from __future__ import annotations

from . import choosing, going, happening, perceiving, saying, structure, writing
from .registry import CHECKS

__all__ = [
    "CHECKS",
    "choosing",
    "going",
    "happening",
    "perceiving",
    "saying",
    "structure",
    "writing",
]
