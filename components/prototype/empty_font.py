"""Makes the font without characters, which the browser client gets for a character that ours lacks.

The client looks for such a character in fonts that it has a list of, at an address it is told. If
there is nothing, CanvasKit, which Firefox and Safari are given, asks again and again, several times
a second for as long as the text is shown. If there is a font, it is content; the character is a box
in either case.

A development tool: it needs fontTools and brotli.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from .web_assets import EMPTY_FONT, FONT_MANIFEST

__all__ = ["EMPTY_FONT_FILE", "write_empty_font"]

EMPTY_FONT_FILE = FONT_MANIFEST.parent / EMPTY_FONT
"""Where it lies."""

_FAMILY = "Mingshi Sans Empty"
_NOTHING = ".notdef"
_UNITS_PER_EM = 500
_MADE = 3_600_000_000  # seconds since 1904, as fonts have it: the same bytes on every day


def write_empty_font(path: Path = EMPTY_FONT_FILE) -> None:
    """Write it; the same bytes each time."""
    builder = FontBuilder(_UNITS_PER_EM, isTTF=True)
    builder.updateHead(created=_MADE, modified=_MADE)
    builder.setupGlyphOrder([_NOTHING])
    builder.setupCharacterMap({})
    builder.setupGlyf({_NOTHING: TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({_NOTHING: (_UNITS_PER_EM, 0)})
    builder.setupHorizontalHeader(ascent=440, descent=-60)
    # As the other one: whoever ships both reads one licence.
    builder.setupNameTable(
        {
            "familyName": _FAMILY,
            "styleName": "Regular",
            "licenseDescription": "Licensed under the SIL Open Font License, Version 1.1.",
            "licenseInfoURL": "http://scripts.sil.org/OFL",
        }
    )
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    font = builder.font
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(path)
