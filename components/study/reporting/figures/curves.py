"""Figures of how something is spread: over people, over a text, over a scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from matplotlib.axes import Axes

from ...measures.intervals import Interval
from .charts import Scale, draw_legend, row_label, whisker
from .drawing import ARMS, FAINT, GRID, MARKERS, Canvas, Pen, canvas, ticks

_STYLES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_NARROWEST = 2.5
"""Of a smooth curve over scores: these go by such steps."""


def steps(
    pen: Pen,
    arms: Mapping[str, Sequence[float]],
    scale: Scale,
    shares: Sequence[str],
) -> Canvas:
    """How many were done by when: a step for each person, a line for each arm.

    Args:
        pen: For the labels.
        arms: The values of each arm, on the scale.
        scale: The horizontal axis.
        shares: The labels of 0, a half and 1.
    """
    drawn = canvas(250, top=34, bottom=44, left=44, right=16)
    axes = drawn.axes
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(0, 1.02)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    _upright(axes, pen, shares)
    for at, values in enumerate(arms.values()):
        ordered = sorted(values)
        xs = [scale.low, *ordered, scale.high]
        ys = [0.0, *((k + 1) / len(ordered) for k in range(len(ordered))), 1.0]
        axes.step(xs, ys, where="post", color=ARMS[at % 4], linewidth=2, linestyle=_STYLES[at % 4])
        middle = ordered[len(ordered) // 2]
        axes.plot([middle], [0.5], MARKERS[at % 4], color=ARMS[at % 4], markersize=7)
    draw_legend(drawn, pen, list(arms), _looks(len(arms)))
    return drawn


def along(
    pen: Pen,
    arms: Mapping[str, Sequence[float]],
    widths: Sequence[float],
    scale: Scale,
    shares: Sequence[str],
) -> Canvas:
    """A share for each part of a whole that is gone through from its beginning, as a text is.

    Args:
        pen: For the labels.
        arms: Of each arm, the share of each part.
        widths: How much of the whole each part is, in the order of the parts.
        scale: The horizontal axis, from 0 to 1.
        shares: The labels of 0, a half and 1.
    """
    drawn = canvas(250, top=34, bottom=44, left=44, right=16)
    axes = drawn.axes
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    _upright(axes, pen, shares)
    ends = numpy.cumsum(widths) / numpy.sum(widths)
    for at, parts in enumerate(arms.values()):
        look = {"color": ARMS[at % 4], "linewidth": 2, "linestyle": _STYLES[at % 4]}
        axes.step([0.0, *ends], [parts[0], *parts], where="pre", **look)
        highest = max(range(len(parts)), key=lambda it: parts[it])
        middle = float(ends[highest] - widths[highest] / numpy.sum(widths) / 2)
        axes.plot([middle], [parts[highest]], MARKERS[at % 4], color=ARMS[at % 4], markersize=7)
    draw_legend(drawn, pen, list(arms), _looks(len(arms)))
    return drawn


def humps(pen: Pen, rows: Sequence[tuple[str, Sequence[float], Interval]], scale: Scale) -> Canvas:
    """How values are spread, a smooth curve a row, and below each the mean with its interval.

    Args:
        pen: For the labels.
        rows: A label, the values, and their mean.
        scale: The axis; nothing lies beyond its ends.
    """
    row = 96.0
    drawn = canvas(row * len(rows) + 50, bottom=44, left=16, right=20)
    axes = drawn.axes
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(row * len(rows), 0)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    if scale.mark is not None:
        axes.axvline(scale.mark, color=FAINT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    places = numpy.linspace(scale.low, scale.high, 161)
    curves = [density(values, places, scale) for _, values, _ in rows]
    highest = max(float(curve.max()) for curve in curves)
    for at, ((label, _, found), curve) in enumerate(zip(rows, curves, strict=True)):
        ground = row * at + 74
        heights = ground - 50 * curve / highest
        colour = ARMS[at % 4]
        axes.fill_between(places, heights, ground, color=colour, alpha=0.18, linewidth=0)
        axes.plot(places, heights, color=colour, linewidth=1.8)
        row_label(axes, pen, label, scale.low, row * at + 15)
        whisker(axes, found, scale, row * at + 84, at)
    return drawn


def density(values: Sequence[float], places: Any, scale: Scale) -> Any:
    """A kernel estimate (Gaussian, Silverman's width), mirrored at the ends of the scale."""
    known = numpy.asarray(values, dtype=float)
    spread = float(known.std(ddof=1)) if len(known) > 1 else 0.0
    width = max(_NARROWEST, 0.9 * spread * len(known) ** -0.2)
    mirrored = numpy.concatenate([known, 2 * scale.low - known, 2 * scale.high - known])
    kernels = numpy.exp(-0.5 * ((places[:, None] - mirrored[None, :]) / width) ** 2)
    return kernels.sum(axis=1) / (len(known) * width * numpy.sqrt(2 * numpy.pi))


def _upright(axes: Axes, pen: Pen, shares: Sequence[str]) -> None:
    """Shares from none to all on the upright axis."""
    axes.set_yticks([0, 0.5, 1], list(shares))
    for label in axes.get_yticklabels():
        label.set_fontproperties(pen.text(small=True))
        label.set_color(FAINT)
    axes.grid(axis="y", color=GRID, linewidth=0.8)


def _looks(arms: int) -> list[tuple[str, str]]:
    return [(ARMS[at % 4], MARKERS[at % 4]) for at in range(arms)]
