"""How much of the text many people read, by section, and how far they came in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..measures.reading import COVERED_FROM, COVERED_SECONDS, PLAUSIBLE_FROM, SKIPPED_BELOW
from .figures.charts import stacks
from .figures.curves import along, steps
from .figures.drawing import svg
from .html import EVERY, Html, figure, paragraph, section, table
from .parts import Sheet
from .people import Person, SectionRead


def reading(sheet: Sheet) -> Html:
    """How much of the text was read."""
    w = sheet.w
    rows, cells = [], []
    for name, people in sheet.arms():
        ratios = [it.ratio for person in people for it in person.reading.values()]
        if not ratios:
            continue
        shares = [
            sum(it < SKIPPED_BELOW for it in ratios) / len(ratios),
            sum(SKIPPED_BELOW <= it < PLAUSIBLE_FROM for it in ratios) / len(ratios),
            sum(it >= PLAUSIBLE_FROM for it in ratios) / len(ratios),
        ]
        rows.append((name or w("everybody"), shares))
        opened = sum(bool(it.reading) for it in people)
        cells.append((rows[-1][0], w.of(opened, len(people)), *map(w.share, shares)))
    if not rows:
        return section("reading", w("head_reading"), paragraph(w("reading_none")))
    names = [w(f"reading_{it}") for it in ("skipped", "skimmed", "plausible")]
    drawn = stacks(sheet.pen, rows, names, sheet.share_axis)
    own = sum(it.calibrated for it in sheet.a.people)
    return section(
        "reading",
        w("head_reading"),
        paragraph(w("reading_lead", own=own, n=len(sheet.a.people))),
        figure(svg(drawn, "stacks", w("stacks_title"), w("table_below")), w("stacks_caption")),
        table(
            w("stacks_table"), [w("condition"), w("reading_opened"), *names], cells, figures=EVERY
        ),
        *_through_the_text(sheet),
    )


def _through_the_text(sheet: Sheet) -> Iterator[Html]:
    """Which sections were read by how many, from the first to the last; how far people came."""
    a, w = sheet.a, sheet.w
    document = a.source.pack.document(a.study.locales[0])
    lengths = {it.id: len("".join(it.text.split())) for it in document.clauses()}
    lengths = {name: length for name, length in lengths.items() if length}
    arms = [(name or w("everybody"), people) for name, people in sheet.arms()]
    shares = [w.share(it) for it in (0, 0.5, 1)]
    read = {
        name: [
            sum(covered(it.reading.get(place)) for it in people) / len(people) for place in lengths
        ]
        for name, people in arms
    }
    whole = sheet.axis_of_text
    drawn = along(sheet.pen, read, list(lengths.values()), whole, shares)
    told = w("table_below")
    yield figure(svg(drawn, "coverage", w("coverage_title"), told), w("coverage_caption"))
    far = {name: [depth(it, lengths) for it in people] for name, people in arms}
    drawn = steps(sheet.pen, far, whole, shares)
    yield figure(svg(drawn, "depth", w("depth_title"), told), w("depth_caption"))
    rows = [
        (
            w.section(place),
            *(
                w.of(sum(covered(it.reading.get(place)) for it in people), len(people))
                for _, people in arms
            ),
        )
        for place in lengths
        if any(place in it.reading for _, people in arms for it in people)
    ]
    heads = [w("reading_section"), *(name for name, _ in arms)]
    yield table(w("coverage_table"), heads, rows, figures=EVERY)


def covered(read: SectionRead | None) -> bool:
    """Whether a section was in view for a second, and for a fifth of the time it takes to read."""
    return read is not None and read.seconds >= COVERED_SECONDS and read.ratio >= COVERED_FROM


def depth(person: Person, lengths: dict[str, int]) -> float:
    """Up to where somebody came in the text, as a share of it; 0 of who did not open it."""
    reached = [at for at, name in enumerate(lengths) if name in person.reading]
    if not reached:
        return 0.0
    return sum(list(lengths.values())[: reached[-1] + 1]) / sum(lengths.values())
