"""Which characters some fonts can draw."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .missing import needs


def characters_of(fonts: Iterable[Path]) -> frozenset[str]:
    """Every character that at least one of some font files has.

    Raises:
        ExtraMissing: fontTools is not installed (or brotli, for woff2).
        OSError: a file cannot be read.
    """
    with needs("fontTools"):
        from fontTools.ttLib import TTFont
    found: set[str] = set()
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            found |= {chr(code) for code in font.getBestCmap()}
    return frozenset(found)
