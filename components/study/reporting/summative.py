"""The report of many people compared: the outcome named beforehand first, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

from ..measures.intervals import Interval
from ..measures.sizes import difference_found
from .comparing import Comparison, Models
from .deviation_parts import named_beforehand, registration
from .effort import effort
from .figures.charts import Scale as Axis
from .figures.charts import whiskers
from .figures.drawing import svg
from .html import Html, element, figure, joined, paragraph, section, table
from .observed import observed
from .outcomes import Scale
from .parts import Sheet, card, contents, data, fairness, flow, head, limits, who
from .reading_parts import reading
from .summative_parts import deciding, knowing, liking, timing, wanting
from .ways_parts import ways

_MATTERS = {Scale.SHARE: 0.05, Scale.POINTS: 5.0}
"""A difference that would change a decision; this kit's own choice, told in the report."""

_MATTERS_RATIO = 1.25


def summative(sheet: Sheet) -> Html:
    """The whole report, from its heading on."""
    a, w = sheet.a, sheet.w
    parts = [
        ("primary", w("head_primary"), _primary(sheet)),
        ("flow", w("head_flow"), flow(sheet)),
        ("secondary", w("head_secondary"), _secondary(sheet)),
        ("funnel", w("head_funnel"), deciding(sheet)),
        ("effort", w("head_effort"), effort(sheet)),
        ("ways", w("head_ways"), ways(sheet)),
        ("times", w("head_times"), timing(sheet)),
        ("reading", w("head_reading"), reading(sheet)),
        ("comprehension", w("head_comprehension"), knowing(sheet)),
        ("preferences", w("head_preferences"), wanting(sheet)),
        ("sus", w("head_sus"), liking(sheet)),
        ("scorecard", w("head_card"), card(sheet)),
        ("models", w("head_models"), _models(sheet)),
        ("observed", w("head_observed"), observed(sheet)),
        ("fairness", w("head_fairness"), fairness(sheet)),
        ("who", w("head_who"), who(sheet)),
        (
            "limits",
            w("head_limits", n=len(a.people)),
            limits(
                sheet,
                _size(sheet),
                w("limits_exploratory"),
                w("limits_field"),
            ),
        ),
        ("registration", w("head_registration"), registration(sheet)),
        ("data", w("head_data"), data(sheet)),
    ]
    shown = [(name, title) for name, title, part in parts if part]
    return joined([head(sheet), contents(sheet, shown), *(part for _, _, part in parts)])


def _size(sheet: Sheet) -> str:
    """How small a difference may be and still be found; or why that is not said."""
    a, w = sheet.a, sheet.w
    if len(a.conditions) < 2:
        return w("limits_no_arms")
    if a.within:
        return w("limits_within")
    per_arm = min(len(a.arm(it)) for it in a.conditions) or 1
    return w("limits_size", n=per_arm, points=f"{difference_found(per_arm) * 100:.0f}")


def _primary(sheet: Sheet) -> Html:
    a, w = sheet.a, sheet.w
    named = w.outcome(a.study.primary)
    parts: list[Html] = [paragraph(named_beforehand(sheet))]
    if not a.outcomes or a.outcomes[0].key != a.study.primary.value:
        parts.append(paragraph(w("primary_missing")))
        return section("primary", w("head_primary"), *parts)
    outcome = a.outcomes[0]
    mine = [it for it in a.compared if it.primary]
    if not mine:
        told = w.interval(a.estimates[0], outcome.scale)
        parts.append(paragraph(w("primary_alone", outcome=named, figure=told,
                                 n=a.estimates[0].n), class_="big"))  # fmt: skip
        return section("primary", w("head_primary"), *parts)
    for found in mine:
        parts += _compared(sheet, found)
    rows = [
        (it, [next((c.here for c in mine if c.condition == it), mine[0].there)])
        for it in dict.fromkeys([mine[0].reference, *(it.condition for it in mine)])
    ]
    drawn = whiskers(sheet.pen, rows, _axis(sheet, outcome.scale, [it[1][0] for it in rows]))
    told = "; ".join(f"{name}: {w.interval(it[0], outcome.scale)}" for name, it in rows)
    picture = svg(drawn, "primaryfigure", w("primary_title", outcome=named), told)
    parts.append(figure(picture, w("whiskers_caption")))
    return section("primary", w("head_primary"), *parts)


def _axis(sheet: Sheet, scale: Scale, found: Sequence[Interval]) -> Axis:
    if scale is Scale.SHARE:
        return sheet.share_axis
    if scale is Scale.POINTS:
        places = (0.0, 25.0, 50.0, 75.0, 100.0)
        return Axis(0, 100, places, tuple(f"{it:g}" for it in places), sheet.w("axis_points"))
    most = max(it.high for it in found) * 1.1
    times = tuple(round(most * it / 4, 1) for it in range(5))
    return Axis(0, most, times, tuple(f"{it:g}" for it in times), sheet.w("axis_seconds"))


def _compared(sheet: Sheet, found: Comparison) -> Iterator[Html]:
    w, scale = sheet.w, found.outcome.scale
    yield paragraph(
        w("primary_arms", condition=found.condition, here=w.interval(found.here, scale),
          here_n=found.here.n, reference=found.reference,
          there=w.interval(found.there, scale), there_n=found.there.n)
    )  # fmt: skip
    key = "primary_ratio" if scale is Scale.SECONDS else "primary_difference"
    told = w(key, condition=found.condition, reference=found.reference,
             difference=w.difference(found.difference, scale))  # fmt: skip
    yield paragraph(element("strong", told), class_="big")
    meaning = _meaning(sheet, found, found.difference)
    yield paragraph(meaning, class_="lead")
    p = w("p_told", p=w.p(found.p)) if found.p is not None else w("p_too_few")
    yield paragraph(
        w("by_method", method=w(f"method_name_{found.method}")) + " " + p, class_="quiet"
    )


def _meaning(sheet: Sheet, found: Comparison, difference: Interval) -> str:
    """Whether this would change a decision."""
    w, scale = sheet.w, found.outcome.scale
    if scale is Scale.SECONDS:
        low, high, matters = log10(difference.low), log10(difference.high), log10(_MATTERS_RATIO)
        band = f"{_MATTERS_RATIO:g}"
    else:
        low, high, matters = difference.low, difference.high, _MATTERS[scale]
        band = f"{matters * (100 if scale is Scale.SHARE else 1):g}"
    if low >= matters or high <= -matters:
        key = "meaning_matters"
    elif low > 0 or high < 0:
        key = "meaning_some"
    elif -matters < low and high < matters:
        key = "meaning_alike"
    else:
        key = "meaning_open"
    return w(key, band=band, unit=w(f"unit_{scale}"))


def _secondary(sheet: Sheet) -> Html:
    a, w = sheet.a, sheet.w
    rest = [it for it in a.compared if not it.primary]
    lead = paragraph(w("secondary_lead" if rest else "secondary_alone"))
    if not rest:
        rows = [
            (w.outcome(it.key), w.interval(figure, it.scale), str(figure.n))
            for it, figure in zip(a.outcomes, a.estimates, strict=True)
            if it.key != a.study.primary.value
        ]
        heads = [w("outcome"), w("figure"), w("people")]
        return section(
            "secondary", w("head_secondary"), lead, table(w("secondary_caption"), heads, rows)
        )
    cells = [
        (
            w.outcome(it.outcome.key),
            it.condition,
            w.interval(it.here, it.outcome.scale),
            w.interval(it.there, it.outcome.scale),
            w.difference(it.difference, it.outcome.scale),
            w.p(it.p),
            w.p(it.adjusted),
        )
        for it in rest
    ]
    heads = [
        w("outcome"), w("condition"), w("figure"), w("reference", name=a.conditions[0]),
        w("difference"), "p", w("p_holm"),
    ]  # fmt: skip
    return section(
        "secondary",
        w("head_secondary"),
        lead,
        table(w("secondary_caption"), heads, cells, figures=range(2, 7)),
        *_forest(sheet, rest),
        paragraph(w("secondary_note"), class_="quiet"),
    )


def _forest(sheet: Sheet, rest: Sequence[Comparison]) -> Iterator[Html]:
    w = sheet.w
    shares = [it for it in rest if it.outcome.scale is Scale.SHARE]
    if not shares:
        return
    several = len(sheet.a.conditions) > 2
    rows: list[tuple[str, Sequence[Interval | None]]] = [
        (w.outcome(it.outcome.key) + (f" ({it.condition})" if several else ""), [it.difference])
        for it in shares
    ]
    reach = max(max(-it.low, it.high) for row in rows for it in row[1] if it is not None)
    end = next(it for it in (0.1, 0.2, 0.3, 0.5, 1.0) if reach <= it or it == 1.0)
    places = (-end, -end / 2, 0.0, end / 2, end)
    labels = tuple(
        f"{'+' if it > 0 else ''}{it * 100:g}".replace("-", "\N{MINUS SIGN}") for it in places
    )
    drawn = whiskers(sheet.pen, rows, Axis(-end, end, places, labels, w("axis_difference"), mark=0))
    told = "; ".join(f"{name}: {w.difference(it[0], Scale.SHARE)}" for name, it in rows if it[0])
    yield figure(svg(drawn, "forest", w("forest_title"), told), w("forest_caption"))


def _models(sheet: Sheet) -> Html:
    w = sheet.w
    if not sheet.a.models:
        return section("models", w("head_models"), paragraph(w("models_none")))
    rows = [row for it in sheet.a.models for row in _model_rows(sheet, it)]
    notes = [it.why_not for it in sheet.a.models if it.why_not]
    heads = [w("condition"), w("model"), w("figure"), "p", w("model_note")]
    return section(
        "models",
        w("head_models"),
        paragraph(w("models_lead")),
        table(w("models_caption"), heads, rows, figures=(2, 3)),
        *(paragraph(w("model_not_fitted", why=it), class_="quiet") for it in notes),
    )


def _model_rows(sheet: Sheet, models: Models) -> Iterator[tuple[str, ...]]:
    w = sheet.w
    name = models.condition
    found = next((it for it in sheet.a.compared if it.primary and it.condition == name), None)
    for key, it in (("filtered", found), ("unfiltered", models.unfiltered)):
        if it is not None:
            told = w.difference(it.difference, it.outcome.scale)
            n = w("people_n", n=it.here.n if sheet.a.within else it.here.n + it.there.n)
            yield name, w(f"model_{key}"), told, w.p(it.p), n
    if models.gee is not None:
        gee = models.gee
        note = w("model_gee_note", answers=gee.answers, people=gee.people,
                 correlation=f"{gee.correlation:.2f}")  # fmt: skip
        yield name, w("model_gee"), w.difference(gee.difference, Scale.SHARE), w.p(gee.p), note
        yield name, w("model_gee_odds"), w.ratio(gee.odds_ratio), w.p(gee.p), ""
    if models.mixed is not None:
        yield name, w("model_mixed"), w.ratio(models.mixed), "–", w("model_mixed_note")
    if models.hc3 is not None:
        yield name, w("model_hc3"), w.ratio(models.hc3), "–", ""
