"""The kit's own font in the form that matplotlib reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont

from ....places import data_folder

_FILE = Path("assets", "fonts", "roboto.woff2")
_LAYOUT = ("GDEF", "GPOS", "GSUB")


@contextmanager
def font_file() -> Iterator[Path]:
    """The font as a file, for as long as figures are drawn.

    Raises:
        FileNotFoundError: The kit's copy is incomplete.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "labels.ttf"
        path.write_bytes(_as_ttf())
        yield path


@cache
def _as_ttf() -> bytes:
    """The font unpacked; it takes some seconds, since every glyph is unpacked."""
    font = TTFont(
        data_folder("assets") / _FILE,
        recalcBBoxes=False,
        recalcTimestamp=False,
    )
    # matplotlib lays out one glyph after the other.
    for table in _LAYOUT:
        del font[table]
    font.flavor = None
    written = BytesIO()
    font.save(written)
    return written.getvalue()
