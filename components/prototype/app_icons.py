"""Draws the pictures that a built app carries: its icons and its splash screens.

    python -m components.prototype.app_icons [FOLDER]

A development tool: its results lie in `assets/` and are committed. ``flet build`` makes every size
that a platform wants of them; docs/phone.md says which file serves which.

The mark is 明, the sun beside the moon, over two choices of one size: light on a choice that is
free. It is made of a disc, a crescent and two bars, so that it holds at 48 pixels.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

__all__ = ["GLYPH_SPAN", "SIZE", "main", "pictures"]

_ASSETS = Path(__file__).resolve().parents[2] / "assets"

SIZE = 1024
"""Width and height of each picture, in pixels; the largest that a platform wants."""

GLYPH_SPAN = 0.44
"""The share of a launcher icon's side that the mark takes.

Android shows of the foreground's 108 dp no more than a circle of 72 dp for certain; the corners of
the mark lie within it.
"""

_SCALE = 2  # drawn larger and reduced, for smooth edges


@dataclass(frozen=True)
class _Colours:
    sun: str
    light: str


_TEAL = "#1F5F6B"  # the prototype's own colour, see session.py
_ON_TEAL = _Colours(sun="#F6C667", light="#F7FAFA")
_ON_LIGHT = _Colours(sun="#D9932B", light="#1F5F6B")
_ON_DARK = _Colours(sun="#F6C667", light="#CFE6EA")


def _disc(side: int, centre: tuple[float, float], radius: float) -> Image.Image:
    mask = Image.new("L", (side, side))
    x, y = centre
    box = tuple(side * it for it in (x - radius, y - radius, x + radius, y + radius))
    ImageDraw.Draw(mask).ellipse(box, fill=255)
    return mask


def _glyph(colours: _Colours) -> Image.Image:
    """The mark, from edge to edge of a transparent square."""
    side = SIZE * _SCALE
    glyph = Image.new("RGBA", (side, side))
    moon = ImageChops.subtract(
        _disc(side, (0.505, 0.35), 0.35),
        _disc(side, (0.405, 0.35), 0.335),
    )
    glyph.paste(Image.new("RGBA", glyph.size, colours.light), mask=moon)
    sun = _disc(side, (0.405, 0.35), 0.255)
    glyph.paste(Image.new("RGBA", glyph.size, colours.sun), mask=sun)
    draw = ImageDraw.Draw(glyph)
    for left in (0.0, 0.53):
        box = tuple(side * it for it in (left, 0.80, left + 0.47, 1.0))
        draw.rounded_rectangle(box, radius=side * 0.10, fill=colours.light)
    return glyph


def _placed(glyph: Image.Image, span: float) -> Image.Image:
    """The mark in the middle of a transparent picture, taking a share of its side."""
    picture = Image.new("RGBA", (SIZE, SIZE))
    size = round(SIZE * span)
    small = glyph.resize((size, size), Image.Resampling.HAMMING)
    picture.alpha_composite(small, ((SIZE - size) // 2, (SIZE - size) // 2))
    return picture


def _tile(glyph: Image.Image, span: float, corner: float) -> Image.Image:
    """The mark on a tile with round corners; ``corner`` is their radius as a share of the side."""
    side = SIZE * _SCALE
    tile = Image.new("RGBA", (side, side))
    box = (0, 0, side - 1, side - 1)
    ImageDraw.Draw(tile).rounded_rectangle(box, radius=side * corner, fill=_TEAL)
    tile = tile.resize((SIZE, SIZE), Image.Resampling.HAMMING)
    tile.alpha_composite(_placed(glyph, span))
    return tile


def pictures() -> dict[str, Image.Image]:
    """Every picture, by the name of its file."""
    on_teal = _glyph(_ON_TEAL)
    return {
        "icon.png": _tile(on_teal, 0.62, 0.22),
        "icon_android.png": _placed(on_teal, GLYPH_SPAN),
        "icon_ios.png": _tile(on_teal, 0.56, 0.0).convert("RGB"),
        "icon_macos.png": _placed(on_teal, 0.62),
        "splash.png": _placed(_glyph(_ON_LIGHT), 0.44),
        "splash_dark.png": _placed(_glyph(_ON_DARK), 0.44),
    }


def main() -> None:
    """Draw every picture into a folder."""
    about, *_ = (__doc__ or "").splitlines()
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folder", nargs="?", type=Path, default=_ASSETS, metavar="FOLDER")
    folder = parser.parse_args().folder
    for name, picture in pictures().items():
        few = picture.quantize(128) if picture.mode == "RGB" else picture
        few.save(folder / name, optimize=True)


if __name__ == "__main__":
    main()
