"""A figure from its canvas to SVG that stands inside a page: its colours, its names, no dates."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

WIDTH = 420.0
"""Of every figure, in pixels; a phone shows it nearly as large as it is."""

INK, FAINT, GRID = "#010203", "#010204", "#010205"
"""Colours that stand for those of the page: text, secondary text, lines."""

ARMS = ("#020201", "#020202", "#020203", "#020204")
"""One for each condition; markers differ too, so that nothing hangs on colour alone."""

LEVELS = ("#030301", "#030302", "#030303", "#030304")
"""From little to much."""

MARKERS = ("o", "s", "D", "^")

_PAGE_COLOURS = {
    INK: "var(--ink)",
    FAINT: "var(--faint)",
    GRID: "var(--line)",
    **{colour: f"var(--arm-{at})" for at, colour in enumerate(ARMS)},
    **{colour: f"var(--level-{at})" for at, colour in enumerate(LEVELS)},
}
_SIZE = 13.0
_SMALL = 11.5


@dataclass(frozen=True)
class Pen:
    """What labels are drawn with.

    Attributes:
        path: The font's file.
    """

    path: Path

    def text(self, *, small: bool = False) -> FontProperties:
        """The font at one of two sizes."""
        return FontProperties(fname=str(self.path), size=_SMALL if small else _SIZE)


@dataclass(frozen=True)
class Canvas:
    """A figure with one pair of axes, measured in pixels."""

    figure: Figure
    axes: Axes
    height: float


def canvas(
    height: float, *, left: float = 8, right: float = 12, top: float = 6, bottom: float = 40
) -> Canvas:
    """An empty figure of the usual width.

    Args:
        height: In pixels.
        left: Pixels left of the axes; so for the others.
        right: Right of them.
        top: Above them.
        bottom: Below them.
    """
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    axes = figure.add_axes(
        (
            left / WIDTH,
            bottom / height,
            (WIDTH - left - right) / WIDTH,
            (height - top - bottom) / height,
        )
    )
    axes.patch.set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(length=0, labelcolor=FAINT)
    return Canvas(figure, axes, height)


def ticks(axes: Axes, pen: Pen, places: list[float], labels: list[str], title: str) -> None:
    """Label the horizontal axis, with a line for each place."""
    axes.set_xticks(places, labels)
    for label in axes.get_xticklabels():
        label.set_fontproperties(pen.text(small=True))
        label.set_color(FAINT)
    axes.set_xlabel(title, fontproperties=pen.text(small=True), color=FAINT, labelpad=5)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_yticks([])


def svg(drawn: Canvas, name: str, title: str, told: str) -> str:
    """The figure as an ``svg`` element, the same for the same figure.

    Args:
        drawn: The figure.
        name: An id that no other figure of the page has.
        title: What it shows, for whoever does not see it.
        told: What it says, in words.
    """
    written = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}):
        drawn.figure.savefig(
            written,
            format="svg",
            metadata={"Date": None, "Creator": None, "Type": None, "Format": None},
        )
    inside = written.getvalue()
    inside = inside[inside.index(">", inside.index("<svg")) + 1 : inside.rindex("</svg>")]
    inside = re.sub(
        r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", inside, flags=re.DOTALL
    )
    inside = re.sub(r'\bid="', f'id="{name}-', inside)
    inside = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{name}-", inside).replace(
        "xlink:href", "href"
    )
    inside = re.sub(r"#0[123]0[23]0[1-5]", lambda it: _PAGE_COLOURS[it[0]], inside)
    inside = re.sub(r"\s*\n\s*", " ", inside)
    return (
        f'<svg viewBox="0 0 {WIDTH:g} {drawn.height:g}" role="img" '
        f'aria-labelledby="{name}-title {name}-told">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-told">{escape(told)}</desc>{inside.strip()}</svg>'
    )
