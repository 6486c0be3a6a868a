"""What it takes to accept and to decline: taps and seconds, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from ..exporting.sharing import LEAST
from ..measures.decisions import Decision, effort_asymmetry, time_asymmetry
from ..measures.times import geometric_mean
from .html import EVERY, Html, paragraph, section, table
from .outcomes import Scale
from .parts import Sheet
from .ways_parts import symmetry

_CHOICES = ("grant", "decline")


def effort(sheet: Sheet) -> Html:
    """Of each question for consent, what both answers took, by what people did."""
    w = sheet.w
    rows = []
    arms = sheet.arms()
    for arm, people in arms:
        decisions = [it for person in people for it in person.decisions]
        for target in sorted({it.target for it in decisions}):
            label = w.target(target) if len(arms) < 2 else f"{w.target(target)} ({arm})"
            made = [
                [it for it in decisions if (it.target, it.choice) == (target, choice)]
                for choice in _CHOICES
            ]
            rows += [
                (w("effort_row", what=label, answer=answer), *cells)
                for answer, *cells in _told(sheet, *made)
            ]
    if not rows:
        return section("effort", w("head_effort"), paragraph(w("times_none")))
    heads = [w("acceptance_what"), *(w(f"effort_head_{it}") for it in ("taps", "time"))]
    return section(
        "effort",
        w("head_effort"),
        paragraph(w("effort_lead")),
        table(w("effort_caption"), heads, rows, figures=EVERY),
        symmetry(sheet),
        paragraph(w("effort_note"), class_="quiet"),
    )


def _told(
    sheet: Sheet, accepting: Sequence[Decision], declining: Sequence[Decision]
) -> Iterator[tuple[str, str, str]]:
    w = sheet.w
    for choice, made in zip(_CHOICES, (accepting, declining), strict=True):
        yield w(f"effort_{choice}"), *_side(sheet, made)
    fewest = min(len(accepting), len(declining))
    if not fewest or (sheet.sharing and fewest < LEAST):
        return
    more = effort_asymmetry([it.taps for it in declining], [it.taps for it in accepting])
    told = f"{more:+g}".replace("-", "\N{MINUS SIGN}") if more else "0"
    timed = [[it.seconds for it in made if it.seconds > 0] for made in (declining, accepting)]
    ratio = "–" if min(map(len, timed)) < 2 else f"× {w.ratio(time_asymmetry(*timed))}"
    yield w("effort_against"), told, ratio


def _side(sheet: Sheet, made: Sequence[Decision]) -> tuple[str, str]:
    w = sheet.w
    if not made:
        return "–", "–"
    if sheet.sharing and len(made) < LEAST:
        return w("effort_few", least=LEAST), "–"
    times = [it.seconds for it in made if it.seconds > 0]
    taps = w("effort_median", taps=f"{median(it.taps for it in made):g}", n=len(made))
    return taps, w.interval(geometric_mean(times), Scale.SECONDS) if len(times) > 1 else "–"
