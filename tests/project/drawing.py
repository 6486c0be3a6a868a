"""A picture of boxes and arrows as SVG: the same bytes every time, light and dark, no dependency.

A picture has a ground of its own, so that it can be read on any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

CORNER = 8
SIZES = {"title": 15, "words": 12}
"""Height of letters in pixels."""

_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
)
_STYLE = f"""\
text {{ font-family: {_FONT}; text-anchor: middle; fill: #1d2329; }}
.title {{ font-size: {SIZES["title"]}px; font-weight: 600; }}
.words {{ font-size: {SIZES["words"]}px; fill: #48525c; }}
.side {{ text-anchor: start; }}
.ground {{ fill: #ffffff; stroke: #d9dee3; }}
.box {{ stroke-width: 1.5; }}
.still {{ fill: #e9f5ee; stroke: #2c7d52; stroke-width: 2.5; }}
.far {{ fill: #e8f0fb; stroke: #2f65ad; stroke-dasharray: 6 3; }}
.seen {{ fill: #f6f3ec; stroke: #8a7440; }}
.arrow {{ fill: none; stroke: #66717c; stroke-width: 1.5; }}
.head {{ fill: #66717c; }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #e8ecef; }}
.words {{ fill: #b4bec7; }}
.ground {{ fill: #16191d; stroke: #333a41; }}
.still {{ fill: #17301f; stroke: #63b98a; }}
.far {{ fill: #172740; stroke: #78a8e6; }}
.seen {{ fill: #2b2619; stroke: #c6ab69; }}
.arrow {{ stroke: #98a4af; }}
.head {{ fill: #98a4af; }}
}}
"""


class Kind(StrEnum):
    """How a box looks: by colour and by its line."""

    STILL = "still"
    FAR = "far"
    SEEN = "seen"


@dataclass(frozen=True)
class Box:
    """A box with a title and a line of words below.

    Attributes:
        left: Of its upper left corner, in pixels.
        top: Likewise.
        width: In pixels.
        height: In pixels.
    """

    title: str
    words: str
    kind: Kind
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """From the left."""
        return self.left + self.width / 2

    @property
    def bottom(self) -> float:
        """From the top."""
        return self.top + self.height

    def svg(self) -> str:
        """The box as SVG."""
        lines = [self.title, self.words] if self.words else [self.title]
        above = self.top + self.height / 2 - 9 * (len(lines) - 1) + 5
        written = "".join(
            text(line, self.middle, above + 19 * number, "title" if number == 0 else "words")
            for number, line in enumerate(lines)
        )
        return f"{rectangle(self.left, self.top, self.width, self.height, self.kind)}{written}"


def rectangle(left: float, top: float, width: float, height: float, kind: str) -> str:
    """A rectangle with round corners."""
    return (
        f'<rect class="box {kind}" x="{left:g}" y="{top:g}" width="{width:g}"'
        f' height="{height:g}" rx="{CORNER}"/>\n'
    )


def text(words: str, x: float, y: float, kind: str) -> str:
    """A line of text around a point, or from it on (``words side``)."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>\n'


def arrow(path: str) -> str:
    """An arrow along an SVG path."""
    return f'<path class="arrow" d="{path}" marker-end="url(#head)"/>\n'


def picture(width: float, height: float, name: str, description: str, parts: Sequence[str]) -> str:
    """A whole picture.

    Args:
        width: In pixels.
        height: In pixels.
        name: What a screen reader calls it.
        description: What a screen reader tells of it.
        parts: SVG, drawn in this order.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-label={quoteattr(name)}>\n'
        f"<title>{escape(name)}</title>\n<desc>{escape(description)}</desc>\n"
        f"<style>\n{_STYLE}</style>\n"
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>\n'
        f"{rectangle(0.5, 0.5, width - 1, height - 1, 'ground')}{''.join(parts)}</svg>\n"
    )
