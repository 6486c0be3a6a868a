"""What the report of many people has besides outcomes: how people went, read, knew and chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

from ..exporting.sharing import LEAST
from ..measures.comprehension import accuracy_by
from ..measures.decisions import FUNNEL, funnel
from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..measures.sus import sus
from ..model import Item
from ..words import StepKind
from .figures.charts import Scale as Axis
from .figures.charts import log_scale, whiskers
from .figures.curves import humps, steps
from .figures.drawing import svg
from .html import EVERY, Html, element, figure, joined, paragraph, section, table
from .outcomes import Scale, agreements, decision_seconds, share_of_people
from .parts import Sheet
from .people import values


def _names(sheet: Sheet, *, once: bool = False) -> tuple[str, ...]:
    names = tuple(name for name, _ in sheet.arms(once=once))
    return names if len(names) > 1 else ()


def deciding(sheet: Sheet) -> Html:
    """How many came how far, from the notice to a decision."""
    w = sheet.w
    counts = [
        (name, len(people), funnel(it.events for it in people)) for name, people in sheet.arms()
    ]
    rows: list[tuple[str, Sequence[Interval | None]]] = [
        (w(f"funnel_{stage}"), [wilson(found[stage], n) for _, n, found in counts])
        for stage in FUNNEL
    ]
    told = w("table_below")
    drawn = whiskers(sheet.pen, rows, sheet.share_axis, _names(sheet))
    cells = [
        (label, *(w.of(found[stage], n) for _, n, found in counts))
        for (label, _), stage in zip(rows, FUNNEL, strict=True)
    ]
    heads = [w("funnel_stage"), *(name or w("everybody") for name, _, _ in counts)]
    return section(
        "funnel",
        w("head_funnel"),
        figure(svg(drawn, "funnelfigure", w("funnel_title"), told), w("whiskers_caption")),
        table(w("funnel_caption"), heads, cells, figures=EVERY),
    )


def timing(sheet: Sheet) -> Html:
    """How long people took to decide."""
    w = sheet.w
    arms = {
        name or w("everybody"): values(people, decision_seconds) for name, people in sheet.arms()
    }
    arms = {name: it for name, it in arms.items() if len(it) > 1}
    if not arms:
        return section("times", w("head_times"), paragraph(w("times_none")))
    axis = log_scale([it for times in arms.values() for it in times], w("axis_seconds"), "")
    logs = {name: [log10(it) for it in times] for name, times in arms.items()}
    drawn = steps(sheet.pen, logs, axis, [w.share(it) for it in (0, 0.5, 1)])
    told = "; ".join(f"{name}: {len(it)}" for name, it in arms.items())
    parts = [figure(svg(drawn, "ecdf", w("ecdf_title"), told), w("ecdf_caption"))]
    for found in sheet.a.compared:
        if found.outcome.scale is Scale.SECONDS:
            parts.append(
                paragraph(w("times_ratio", condition=found.condition, reference=found.reference,
                            ratio=w.ratio(found.difference)))
            )  # fmt: skip
    if sheet.a.habituation is not None:
        slope = sheet.a.habituation.slope
        doubled = Interval(2**slope.estimate, 2**slope.low, 2**slope.high, slope.n)
        parts.append(paragraph(w("habituation_told", ratio=w.ratio(doubled))))
    parts.append(paragraph(w("times_note"), class_="quiet"))
    return section("times", w("head_times"), *parts)


def knowing(sheet: Sheet) -> Html:
    """What people know, by layer, expectedness and risk, and item by item."""
    a, w = sheet.a, sheet.w
    if not sheet.asks(StepKind.COMPREHENSION):
        return joined([])
    items = [it for form in a.study.books for it in a.study.bank.form(form)]
    arms = [
        (name, [it.answered for it in people if it.forms]) for name, people in sheet.arms(once=True)
    ]
    arms = [it for it in arms if it[1]]
    if not items or not arms:
        return section("comprehension", w("head_comprehension"), paragraph(w("items_none")))
    groups: list[tuple[str, Callable[[Item], str]]] = [
        ("layer", lambda it: it.layer.value),
        ("expected", lambda it: it.expectedness.value),
        ("risk", lambda it: it.risk.value),
    ]
    rows: list[tuple[str, Sequence[Interval | None]]] = []
    for kind, key in groups:
        found = [accuracy_by(items, people, key) for _, people in arms]
        for value in dict.fromkeys(map(key, items)):
            rows.append((w(f"{kind}_{value}"), [it.get(value) for it in found]))
    drawn = whiskers(sheet.pen, rows, sheet.share_axis, _names(sheet, once=True))
    single = [accuracy_by(items, people, lambda it: it.id) for _, people in arms]
    cells = [
        (
            joined([w.localised(item.statement), _about(sheet, item)], " "),
            *(w.interval(it[item.id], Scale.SHARE) for it in single),
        )
        for item in sorted(items, key=lambda it: single[0][it.id].estimate)
    ]
    heads = [w("items_statement"), *(name or w("everybody") for name, _ in arms)]
    books = "; ".join(
        w("items_caption", form=form, book=w(f"book_{book}"))
        for form, book in a.study.books.items()
    )
    return section(
        "comprehension",
        w("head_comprehension"),
        paragraph(w("comprehension_lead")),
        figure(svg(drawn, "layers", w("layers_title"), w("table_below")), w("layers_caption")),
        table(books, heads, cells, figures=EVERY),
        paragraph(w("items_too_narrow"), class_="quiet"),
    )


def _about(sheet: Sheet, item: Item) -> Html:
    w = sheet.w
    told = w("item_where", layer=w(f"layer_{item.layer}"), answer=w(f"reply_{item.answer}"))
    return element("span", told, class_="quiet")


def wanting(sheet: Sheet) -> Html:
    """What people want, beside what they granted."""
    a, w = sheet.a, sheet.w
    if not sheet.asks(StepKind.RECALL_CHOICE):
        return joined([])
    rows: list[tuple[str, Sequence[Interval | None]]] = []
    cells = []
    for purpose in a.study.purposes:
        pairs = [it.pairs[purpose] for it in a.people if purpose in it.pairs]
        if not pairs:
            continue
        wants = sum(wanted for _, wanted in pairs)
        grants = sum(granted for granted, _ in pairs)
        unwanted = sum(granted and not wanted for granted, wanted in pairs)
        missed = sum(wanted and not granted for granted, wanted in pairs)
        n = len(pairs)
        rows.append((w.purpose(purpose), [wilson(wants, n), wilson(grants, n)]))
        cells.append(
            (
                w.purpose(purpose),
                w.of(wants, n),
                w.of(grants, n),
                w.of(unwanted, n),
                w.of(missed, n),
            )
        )
    if not rows:
        return section("preferences", w("head_preferences"), paragraph(w("preferences_none")))
    legend = (w("wanted"), w("granted"))
    drawn = whiskers(sheet.pen, rows, sheet.share_axis, legend)
    shares = [sum(it.values()) / len(it) for it in map(agreements, a.people) if it]
    agreed = w("preferences_agree", figure=w.interval(share_of_people(shares), Scale.SHARE))
    heads = [w("purpose"), *legend, w("granted_unwanted"), w("declined_wanted")]
    return section(
        "preferences",
        w("head_preferences"),
        paragraph(agreed),
        figure(svg(drawn, "wishes", w("wishes_title"), w("table_below")), w("whiskers_caption")),
        table(w("preferences_caption"), heads, cells, figures=EVERY),
        paragraph(w("preferences_note"), class_="quiet"),
    )


def liking(sheet: Sheet) -> Html:
    """The SUS scores, and how they are spread."""
    w = sheet.w
    if not sheet.asks(StepKind.SUS):
        return joined([])
    rows: list[tuple[str, Sequence[float], Interval]] = []
    cells = []
    for name, people in sheet.arms(once=True):
        scores = values(people, lambda it: it.sus)
        if len(scores) < 2:
            continue
        found = sus(scores)
        label = name or w("everybody")
        if len(scores) >= LEAST:
            rows.append((label, scores, found.score))
        grades = w("sus_grades", grade=found.grade, worst=found.worst, best=found.best)
        cells.append((label, w.interval(found.score, Scale.POINTS), grades, str(len(scores))))
    if not cells:
        return section("sus", w("head_sus"), paragraph(w("sus_none")))
    heads = [w("condition"), w("sus_score"), w("sus_grade"), w("people")]
    drawn = []
    if rows:
        places = (0.0, 25.0, 50.0, 68.0, 100.0)
        axis = Axis(0, 100, places, tuple(f"{it:g}" for it in places), w("axis_sus"), mark=68)
        picture = svg(humps(sheet.pen, rows, axis), "susfigure", w("sus_title"), w("table_below"))
        drawn.append(figure(picture, w("sus_caption_many")))
    return section(
        "sus",
        w("head_sus"),
        *drawn,
        table(w("sus_table"), heads, cells, figures=EVERY),
        paragraph(w("sus_note"), class_="quiet"),
    )
