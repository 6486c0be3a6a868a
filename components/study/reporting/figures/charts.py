"""The kinds of figures that reports are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ...measures.intervals import Interval
from .drawing import ARMS, FAINT, GRID, INK, LEVELS, MARKERS, WIDTH, Canvas, Pen, canvas, ticks

_ROW = 22.0
_LABEL = 20.0
_LEGEND = 24.0
_WIDE_FROM = 0x2E80


@dataclass(frozen=True)
class Scale:
    """The horizontal axis.

    Attributes:
        low: Its left end.
        high: Its right end.
        places: Where a line stands.
        labels: What stands below each.
        title: What it measures.
        mark: Where a stronger line stands, as at no difference; None for nowhere.
    """

    low: float
    high: float
    places: tuple[float, ...]
    labels: tuple[str, ...]
    title: str
    mark: float | None = None


def whiskers(
    pen: Pen,
    rows: Sequence[tuple[str, Sequence[Interval | None]]],
    scale: Scale,
    arms: Sequence[str] = (),
) -> Canvas:
    """Estimates with their intervals, one below the other, each row's label above it.

    Args:
        pen: For the labels.
        rows: A label and an interval for each arm; None where there is none.
        scale: The axis.
        arms: The arms' names, for the legend; empty with one arm.
    """
    each = max(1, len(arms))
    row = _LABEL + _ROW * 0.75 * each + 6
    legend = _LEGEND * _lines(arms) if arms else 0.0
    height = row * len(rows) + legend + 52
    drawn = canvas(height, top=6 + legend, bottom=44, left=16, right=20)
    axes = drawn.axes
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(row * len(rows), 0)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    if scale.mark is not None:
        axes.axvline(scale.mark, color=FAINT, linewidth=1.2, zorder=1)
    for at, (label, intervals) in enumerate(rows):
        row_label(axes, pen, label, scale.low, row * at + 15)
        for arm, found in enumerate(intervals):
            if found is not None:
                y = row * at + _LABEL + _ROW * 0.75 * (arm + 0.5) + 2
                whisker(axes, found, scale, y, arm)
    if arms:
        draw_legend(drawn, pen, arms, [(ARMS[at % 4], MARKERS[at % 4]) for at in range(len(arms))])
    return drawn


def row_label(axes: Axes, pen: Pen, text: str, x: float, y: float) -> None:
    """Write a row's label above it."""
    axes.text(x, y, text, fontproperties=pen.text(), color=INK, va="baseline", clip_on=False)


def whisker(axes: Axes, found: Interval, scale: Scale, y: float, arm: int) -> None:
    """Draw an estimate with its interval, in an arm's colour and marker."""
    low, high = max(found.low, scale.low), min(found.high, scale.high)
    colour = ARMS[arm % 4]
    axes.plot([low, high], [y, y], color=colour, linewidth=2.2, solid_capstyle="butt")
    middle = min(max(found.estimate, scale.low), scale.high)
    axes.plot([middle], [y], MARKERS[arm % 4], color=colour, markersize=7, clip_on=False)


def _entry(name: str) -> float:
    """How wide an entry of a legend is."""
    return 30 + sum(12.0 if ord(it) > _WIDE_FROM else 6.8 for it in name)


def _lines(names: Sequence[str]) -> int:
    """How many lines a legend takes."""
    lines, x = 1, 18.0
    for name in names:
        if x > 18 and x + _entry(name) > WIDTH:
            lines, x = lines + 1, 18.0
        x += _entry(name)
    return lines


def draw_legend(
    drawn: Canvas, pen: Pen, names: Sequence[str], looks: Sequence[tuple[str, str]]
) -> None:
    """The markers with their names, in as many lines as they take, from the upper edge on."""
    x, y = 18.0, drawn.height - 14
    to_data = drawn.axes.transData.inverted()
    for name, (colour, marker) in zip(names, looks, strict=True):
        width = _entry(name)
        if x > 18 and x + width > WIDTH:
            x, y = 18.0, y - _LEGEND + 4
        drawn.figure.text(
            (x + 12) / WIDTH,
            (y - 4) / drawn.height,
            name,
            fontproperties=pen.text(small=True),
            color=INK,
        )
        data = to_data.transform((x + 3, y))
        drawn.axes.plot([data[0]], [data[1]], marker, color=colour, markersize=7, clip_on=False)
        x += width


def dots(
    pen: Pen, rows: Sequence[tuple[str, Sequence[float], Interval | None]], scale: Scale
) -> Canvas:
    """One dot a person, and below them the estimate with its interval."""
    row = 62.0
    height = row * len(rows) + 50
    drawn = canvas(height, bottom=44, left=16, right=20)
    axes = drawn.axes
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(row * len(rows), 0)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    if scale.mark is not None:
        axes.axvline(scale.mark, color=FAINT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    step = (scale.high - scale.low) / 45
    for at, (label, values, found) in enumerate(rows):
        row_label(axes, pen, label, scale.low, row * at + 15)
        stacked: dict[int, int] = {}
        for value in sorted(values):
            column = floor((value - scale.low) / step)
            level = stacked[column] = stacked.get(column, 0) + 1
            y = row * at + 38 - 7 * (level - 1)
            axes.plot([value], [y], "o", color=ARMS[0], markersize=6, alpha=0.85, clip_on=False)
        if found is not None:
            whisker(axes, found, scale, row * at + 50, 1)
    return drawn


def log_scale(values: Sequence[float], title: str, unit: str) -> Scale:
    """A scale of times; :func:`.curves.steps` and :func:`dots` take their logarithms."""
    low, high = min(values), max(values)
    nice = [it * 10.0**power for power in range(-1, 5) for it in (1, 2, 5)]
    start = max((it for it in nice if it <= low), default=nice[0])
    end = min((it for it in nice if it >= high), default=nice[-1])
    places = [it for it in nice if start <= it <= end]
    while len(places) > 7:
        places = places[::2]
    labels = tuple(f"{it:g}{unit}" for it in places)
    return Scale(log10(start), log10(end), tuple(map(log10, places)), labels, title)


def stacks(
    pen: Pen,
    rows: Sequence[tuple[str, Sequence[float]]],
    names: Sequence[str],
    scale: Scale,
) -> Canvas:
    """Shares that make up a whole, one bar a row, from little to much."""
    row = 48.0
    legend = _LEGEND * _lines(names)
    height = row * len(rows) + 50 + legend
    drawn = canvas(height, top=6 + legend, bottom=44, left=16, right=20)
    axes = drawn.axes
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(row * len(rows), 0)
    ticks(axes, pen, list(scale.places), list(scale.labels), scale.title)
    for at, (label, shares) in enumerate(rows):
        row_label(axes, pen, label, scale.low, row * at + 15)
        start = 0.0
        for level, share in enumerate(shares):
            box = Rectangle(
                (start, row * at + 21), share, 18, facecolor=LEVELS[level + 1], edgecolor=GRID
            )
            axes.add_patch(box)
            start += share
    looks = [(LEVELS[at + 1], "s") for at in range(len(names))]
    draw_legend(drawn, pen, names, looks)
    return drawn


def heat(
    pen: Pen,
    rows: Sequence[tuple[str, Sequence[int | None]]],
    columns: Sequence[str],
    names: Sequence[str],
) -> Canvas:
    """Levels by row and column, as sections by people; an empty box where there is nothing.

    Args:
        pen: For the labels.
        rows: A label and a level from 0 for each column.
        columns: The columns' labels.
        names: The levels' names, from little to much.
    """
    row = 38.0
    legend = _LEGEND * _lines(names)
    height = row * len(rows) + 40 + legend
    drawn = canvas(height, top=28 + legend, bottom=6, left=16, right=16)
    axes = drawn.axes
    axes.set_xlim(0, len(columns))
    axes.set_ylim(row * len(rows), 0)
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks([])
    axes.set_xticks([])
    for at, column in enumerate(columns):
        axes.text(
            at + 0.5, -5, column, fontproperties=pen.text(small=True), color=FAINT, ha="center"
        )
    for at, (label, levels) in enumerate(rows):
        row_label(axes, pen, label, 0, row * at + 14)
        for place, level in enumerate(levels):
            colour = "none" if level is None else LEVELS[level + 1]
            box = Rectangle(
                (place + 0.04, row * at + 19), 0.92, 14, facecolor=colour, edgecolor=GRID
            )
            axes.add_patch(box)
    draw_legend(drawn, pen, names, [(LEVELS[at + 1], "s") for at in range(len(names))])
    return drawn


@dataclass(frozen=True)
class Mark:
    """Something at one moment of a session.

    Attributes:
        at: Minutes since its start.
        kind: Which of the strip's kinds.
    """

    at: float
    kind: int


KINDS = ("^", "v", "X", "o", "|")
"""Markers of a strip: granted, declined, back out or gave up, a note, a step done."""


def strip(
    pen: Pen,
    rows: Sequence[tuple[str, float, Sequence[tuple[float, float]], Sequence[Mark]]],
    names: Sequence[str],
    title: str,
) -> Canvas:
    """One line a person from start to end, with what was open and what happened.

    Args:
        pen: For the labels.
        rows: A label, the minutes in all, the spans in which a text was open, and the marks.
        names: Of the kinds of marks, for the legend.
        title: Of the axis.
    """
    row = 40.0
    legend = _LEGEND * _lines(names)
    height = row * len(rows) + 52 + legend
    drawn = canvas(height, top=6 + legend, bottom=44, left=16, right=20)
    axes = drawn.axes
    longest = max(minutes for _, minutes, _, _ in rows) or 1.0
    axes.set_xlim(0, longest)
    axes.set_ylim(row * len(rows), 0)
    step = next(it for it in (1, 2, 5, 10, 20, 60, 600) if longest / it <= 7)
    places = [float(it) for it in range(0, int(longest) + 1, step)]
    ticks(axes, pen, places, [f"{it:g}" for it in places], title)
    colours = (ARMS[0], ARMS[1], ARMS[2], ARMS[3], FAINT)
    for at, (label, minutes, spans, marks) in enumerate(rows):
        y = row * at + 28
        row_label(axes, pen, label, 0, row * at + 14)
        axes.plot([0, minutes], [y, y], color=GRID, linewidth=1.4)
        for start, end in spans:
            box = Rectangle(
                (start, y - 5), max(end - start, longest / 300), 10, facecolor=LEVELS[1]
            )
            axes.add_patch(box)
        for mark in marks:
            axes.plot([mark.at], [y], KINDS[mark.kind], color=colours[mark.kind], markersize=7,
                      clip_on=False)  # fmt: skip
    draw_legend(drawn, pen, names, list(zip(colours, KINDS, strict=True))[: len(names)])
    return drawn
