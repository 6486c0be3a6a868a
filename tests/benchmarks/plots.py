"""Small pictures of the figures, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing

from .figures import Figure, Verdict

_INK = "#444444"
_KEPT = "#2b7a4b"
_MISSED = "#b3541e"
_GRID = "#d8d8d8"
_COLOURS = ("#1f5f8b", "#b3541e", "#2b7a4b", "#7a4b8b", "#8b7a1f", "#555555", "#b02a6b")
_TIMED = " (ms at each)"
_GROUPS = {
    "policy and purposes": ("clauses", "purposes"),
    "length of the record and of the queue": ("length of the record", "its length", "queue"),
    "subjects at the endpoint": ("subjects",),
}


def growth_picture(figures: Sequence[Figure], path: Path) -> None:
    """Cost over size, both in logarithms: a straight line is a power, level is none."""
    drawing = Drawing(figsize=(8, 3.4), dpi=72)
    for place, (title, words) in enumerate(_GROUPS.items(), 1):
        axes = drawing.add_subplot(1, len(_GROUPS), place)
        axes.set_title(title, fontsize=9, color=_INK)
        timed = [it for it in figures if it.name.endswith(_TIMED)]
        chosen = [it for it in timed if any(word in it.name for word in words)]
        for colour, it in zip(_COLOURS * 2, chosen, strict=False):
            sizes = [int(size.replace(",", "")) for size in it.behind]
            label = it.name.removeprefix("exponent of ").removesuffix(_TIMED)
            label = label.split(" over ")[0]
            axes.loglog(
                sizes,
                list(it.behind.values()),
                marker="o",
                markersize=3,
                linewidth=1.2,
                color=colour,
                label=f"{label}: {it.value:.2f}",
            )
        axes.minorticks_off()
        axes.grid(color=_GRID, linewidth=0.5)
        axes.tick_params(labelsize=7, colors=_INK)
        axes.set_ylabel("ms" if place == 1 else "", fontsize=8, color=_INK)
        if chosen:
            told = [math.log10(took) for it in chosen for took in it.behind.values()]
            # Whole decades, so that there is a number at either end.
            axes.set_ylim(10 ** math.floor(min(told)), 10 ** math.ceil(max(told)))
            axes.legend(fontsize=6, loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    drawing.subplots_adjust(left=0.07, right=0.99, top=0.92, bottom=0.34, wspace=0.22)
    _save(drawing, path)


def ratios_picture(figures: Sequence[Figure], path: Path) -> None:
    """Each figure that has a limit as a share of it: left of the line it is kept."""
    limited = [it for it in figures if it.verdict is not Verdict.TOLD and "exponent" not in it.name]
    drawing = Drawing(figsize=(8, 0.26 * len(limited) + 0.6), dpi=72)
    axes = drawing.add_subplot(1, 1, 1)
    for row, it in enumerate(reversed(limited)):
        share = _share(it)
        kept = it.verdict is Verdict.REACHED
        axes.plot([share], [row], "o" if kept else "D", color=_KEPT if kept else _MISSED)
        axes.plot([1, share], [row, row], color=_GRID, linewidth=1, zorder=0)
    axes.axvline(1, color=_INK, linewidth=1)
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_yticks(range(len(limited)), [it.name for it in reversed(limited)], fontsize=7)
    axes.set_xlabel("share of the limit: kept left of the line, missed right of it", fontsize=8)
    axes.tick_params(labelsize=7, colors=_INK)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    drawing.subplots_adjust(left=0.58, right=0.98, top=0.99, bottom=0.5 / (0.26 * len(limited) + 1))
    _save(drawing, path)


def _share(figure: Figure) -> float:
    least = 0.01
    if figure.at_most is not None:
        return max(least, figure.value / figure.at_most) if figure.at_most else least
    return max(least, (figure.at_least or 0) / figure.value)


def _save(drawing: Drawing, path: Path) -> None:
    """The same bytes for the same figures."""
    with mpl.rc_context({"svg.hashsalt": path.name, "svg.fonttype": "none"}):
        drawing.savefig(path, format="svg", metadata={"Date": None}, transparent=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
