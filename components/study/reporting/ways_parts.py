"""The parts of a report about ways: taps to each task, and around each question."""

from __future__ import annotations

from collections.abc import Iterator

from ..builds import Way
from ..exporting.sharing import LEAST
from ..measures.intervals import Interval
from .html import EVERY, Html, element, joined, paragraph, section, table
from .outcomes import Scale
from .parts import Sheet
from .ways import Symmetry, TaskWays, middle


def ways(sheet: Sheet) -> Html:
    """What it took people to get to what a task asks for, beside the shortest way."""
    w, a = sheet.w, sheet.a
    if not a.study.tasks:
        return joined([])
    if not a.source.builds:
        return section("ways", w("head_ways"), paragraph(w("ways_no_build")))
    rows = [_row(sheet, it) for it in a.ways if it.taken]
    parts: list[Html] = []
    if rows:
        heads = [w(f"ways_head_{it}") for it in ("task", "fewest", "taken", "over", "straight")]
        parts = [
            paragraph(w("ways_lead")),
            table(w("ways_caption"), heads, rows, figures=EVERY),
            *_shortest(sheet),
            paragraph(w("ways_note"), class_="quiet"),
        ]
    else:
        parts = [paragraph(w("ways_nobody"))]
    unknown = sum(it.unknown for it in a.ways)
    if unknown:
        parts.append(paragraph(w("ways_unknown", n=unknown), class_="quiet"))
    below = sum(it.below for it in a.ways)
    if below:
        parts.append(paragraph(w("ways_below", n=below)))
    builds = [joined([it.version, " ", element("code", it.digest[:16])]) for it in a.source.builds]
    parts.append(paragraph(w("ways_build"), " ", joined(builds, ", "), class_="quiet"))
    return section("ways", w("head_ways"), *parts)


def symmetry(sheet: Sheet) -> Html:
    """Accept, decline and withdraw: the fewest taps, and the taps that people took."""
    w = sheet.w
    rows = [_sides(sheet, it) for it in sheet.a.symmetries]
    if not rows:
        return Html("")
    heads = [w(f"symmetry_head_{it}") for it in ("what", "fewest", "taken")]
    return joined(
        [
            table(w("symmetry_caption"), heads, rows, figures=EVERY),
            paragraph(w("symmetry_note"), class_="quiet"),
        ]
    )


def _row(sheet: Sheet, it: TaskWays) -> tuple[str, ...]:
    w = sheet.w
    name = w.localised(sheet.a.study.tasks[it.task].prompt)
    if len(sheet.a.conditions) > 1:
        name = w("in_condition", what=name, condition=it.condition)
    fewest = sorted({len(way) for way in it.shortest})
    told = _from_to(fewest)
    if sheet.sharing and len(it.taken) < LEAST:
        return name, told, w("effort_few", least=LEAST), "–", "–"
    taps = sorted(one.taps for one in it.taken)
    taken = w("effort_median", taps=middle(taps), n=len(taps))
    if not sheet.sharing and taps[0] != taps[-1]:
        taken = w("ways_spread", taken=taken, least=taps[0], most=taps[-1])
    straight = it.straight or Interval(0.0, 0.0, 1.0, 0)
    reached = w.of(round(straight.estimate * straight.n), straight.n)
    return (
        name,
        told,
        taken,
        "–" if it.over is None else f"× {w.ratio(it.over)}",
        w("share_of", of=reached, share=w.interval(straight, Scale.SHARE)),
    )


def _shortest(sheet: Sheet) -> Iterator[Html]:
    """Which way the shortest is, control by control."""
    w = sheet.w
    items = []
    for it in sheet.a.ways:
        for way in it.shortest:
            name = f"{it.task} / {it.condition}" if len(sheet.a.conditions) > 1 else it.task
            head = w("ways_item", name=name, taps=len(way))
            items.append(element("li", head, " ", *_pressed(way)))
    if items:
        yield element(
            "details", element("summary", w("ways_which")), element("ul", *items), class_="quiet"
        )


def _pressed(way: Way) -> Iterator[Html]:
    for at, name in enumerate(way):
        yield joined([" → " if at else "", element("code", name)])


def _sides(sheet: Sheet, it: Symmetry) -> tuple[str, ...]:
    w = sheet.w
    name = w.target(it.target)
    if len(sheet.a.conditions) > 1:
        name = w("in_condition", what=name, condition=it.condition)
    found = it.predicted
    fewest = (None, None, None) if found is None else (found.accept, found.decline, found.withdraw)
    taken = (it.accepted, it.declined, it.withdrawn)
    return (
        name,
        " : ".join("–" if way is None else str(len(way)) for way in fewest),
        " : ".join("–" if sheet.sharing and len(taps) < LEAST else middle(taps) for taps in taken),
    )


def _from_to(values: list[int]) -> str:
    return f"{values[0]}" if len(values) == 1 else f"{values[0]}–{values[-1]}"
