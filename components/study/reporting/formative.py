"""The report of a few people watched: what went wrong, each person, and intervals without tests."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log10, sqrt

from ..exporting.sharing import LEAST
from ..measures.distributions import t_quantile
from ..measures.intervals import Interval
from ..measures.proportions import clopper_pearson
from ..measures.reading import PLAUSIBLE_FROM, SKIPPED_BELOW
from ..measures.sizes import discovery
from ..measures.sus import sus
from ..measures.tasks import Outcome, success
from ..measures.times import geometric_mean
from ..words import StepKind
from .deviation_parts import registration
from .effort import effort
from .figures.charts import Mark, dots, heat, log_scale, strip
from .figures.charts import Scale as Axis
from .figures.drawing import svg
from .findings import Finding, Kind
from .grid import knowing
from .html import EVERY, Html, element, figure, joined, paragraph, section, table
from .observed import finding_table, task_outcomes, told
from .outcomes import Scale
from .parts import Sheet, card, contents, data, fairness, flow, head, limits, who
from .people import Person, done
from .ways_parts import ways

_OFTEN_UNSEEN = 0.1
_DEVIATION_OF_LOGS = 0.8
_LEVELS = (SKIPPED_BELOW, PLAUSIBLE_FROM)
_NOTED = 3


def formative(sheet: Sheet) -> Html:
    """The whole report, from its heading on."""
    a, w = sheet.a, sheet.w
    n = len(a.people)
    parts = [
        ("findings", w("head_findings"), _findings(sheet)),
        ("people", w("head_people"), _people(sheet)),
        ("tasks", w("head_tasks"), _tasks(sheet)),
        ("ways", w("head_ways"), ways(sheet)),
        ("effort", w("head_effort"), effort(sheet)),
        ("reading", w("head_reading"), _reading(sheet)),
        ("comprehension", w("head_comprehension"), knowing(sheet)),
        ("sus", w("head_sus"), _sus(sheet)),
        ("scorecard", w("head_card"), card(sheet)),
        ("fairness", w("head_fairness"), fairness(sheet)),
        ("flow", w("head_flow"), flow(sheet)),
        ("who", w("head_who"), who(sheet)),
        (
            "limits",
            w("head_limits", n=n),
            limits(
                sheet,
                w("limits_nobody", n=n, most=w.share(clopper_pearson(0, n).high)),
                w("limits_rare", n=n, chance=w.share(discovery(_OFTEN_UNSEEN, n))),
                w("limits_no_tests"),
                w("limits_times", factor=f"{_factor(n):.2f}") if n > 1 else w("limits_one"),
            ),
        ),
        ("registration", w("head_registration"), registration(sheet)),
        ("data", w("head_data"), data(sheet)),
    ]
    shown = [(name, title) for name, title, part in parts if part]
    return joined([head(sheet), contents(sheet, shown), *(part for _, _, part in parts)])


def _factor(n: int) -> float:
    """How far a geometric mean of times may be off, where their logarithms vary by 0.8."""
    return exp(t_quantile(0.975, n - 1) * _DEVIATION_OF_LOGS / sqrt(n))


def _findings(sheet: Sheet) -> Html:
    w, found = sheet.w, told(sheet, sheet.a.findings)
    if not found:
        return section("findings", w("head_findings"), paragraph(w("findings_none")))
    missed = [it for it in found if it.kind is Kind.ITEM]
    seen = [it for it in found if it.kind is not Kind.ITEM]
    noted = any(it.kind is Kind.NOTED for it in seen)
    parts = [paragraph(w("findings_lead" if noted else "findings_unwatched"))]
    if seen:
        parts.append(finding_table(sheet, seen, w("findings_caption")))
        if not sheet.sharing:
            parts.append(paragraph(w("findings_note"), class_="quiet"))
        pictures = "crops_note" if sheet.a.source.pictures else "crops_none"
        parts.append(paragraph(w(pictures), class_="quiet"))
    if len(found) < len(sheet.a.findings):
        parts.append(paragraph(w("observed_rare", least=LEAST), class_="quiet"))
    if missed:
        parts += [element("h3", w("head_missed")), _missed(sheet, missed)]
    return section("findings", w("head_findings"), *parts)


def _missed(sheet: Sheet, missed: list[Finding]) -> Html:
    w = sheet.w
    statements = {it.id: it.statement for it in sheet.a.study.bank.items}
    rows = [
        (
            w.localised(statements[it.subject]),
            w.of(it.people, it.share.n),
            w.interval(it.share, Scale.SHARE),
        )
        for it in missed
    ]
    heads = [w("items_statement"), w("missed_wrong"), w("findings_head_share")]
    return table(w("missed_caption"), heads, rows, figures=EVERY)


def _people(sheet: Sheet) -> Html:
    w = sheet.w
    if sheet.sharing:
        return section("people", w("head_people"), paragraph(w("people_not_shared")))
    people = sheet.a.people
    rows = [(it.name, it.seconds / 60, _spans(it), _marks(it)) for it in people]
    kinds = [w(f"mark_{it}") for it in ("granted", "declined", "back", "noted", "done")]
    drawn = strip(sheet.pen, rows, kinds, w("axis_minutes"))
    tasks = [
        (task, name)
        for name in (sheet.a.conditions if sheet.a.within else ("",))
        for task in sheet.a.study.tasks
    ]
    heads = [
        w("person"),
        *(f"{task} / {name}" if name else task for task, name in tasks),
        w("forms_right"),
        "SUS",
        w("minutes"),
    ]
    cells = [
        (
            it.name,
            *(_outcome(sheet, it.within(name) if name else it, task) for task, name in tasks),
            "–" if it.comprehension is None else w.share(it.comprehension),
            "–" if it.sus is None else f"{it.sus:g}",
            f"{it.seconds / 60:.1f}" + ("" if it.finished else f" ({w('not_finished')})"),
        )
        for it in people
    ]
    return section(
        "people",
        w("head_people"),
        figure(
            svg(drawn, "strip", w("strip_title"), w("strip_told", n=len(people))),
            w("strip_caption"),
        ),
        table(w("people_caption"), heads, cells, figures=EVERY),
    )


def _outcome(sheet: Sheet, person: Person | None, task: str) -> Html | str:
    attempts = () if person is None else person.attempts
    attempt = next((it for it in attempts if it.task == task), None)
    if attempt is None:
        return "–"
    mark = "yes" if done(attempt) else "no"
    told = sheet.w(f"outcome_of_{attempt.outcome}")
    return element("span", told, class_="quiet" if attempt.outcome is Outcome.SKIPPED else mark)


def _spans(person: Person) -> list[tuple[float, float]]:
    """When a text was open, in minutes."""
    spans, since = [], None
    for event in person.events:
        if event.name == "stim.layer.opened" and since is None:
            since = event.t_act
        elif event.name == "stim.layer.closed" and since is not None:
            spans.append((since / 60, event.t_act / 60))
            since = None
    return spans


def _marks(person: Person) -> list[Mark]:
    kinds = {
        "stim.notice.dismissed": 2,
        "study.task.gave_up": 2,
        "study.task.completed": 4,
    }
    marks = []
    for event in person.events:
        kind = kinds.get(event.name)
        if event.name == "stim.decision.made":
            kind = {"grant": 0, "decline": 1}.get(event.data["choice"])
        if kind is not None:
            marks.append(Mark(event.t_act / 60, kind))
    return [*marks, *(Mark(it.t_act / 60, _NOTED) for it in person.notes)]


def _tasks(sheet: Sheet) -> Html:
    a, w = sheet.a, sheet.w
    rows, drawn = [], []
    for task in a.study.tasks.values():
        tried = [it for person in a.people for it in person.tried if it.task == task.id]
        if not tried:
            continue
        found = success(tried)
        times = [it.seconds for it in tried if done(it) and it.seconds > 0]
        alone = sum(map(done, tried))
        middle = w.interval(geometric_mean(times), Scale.SECONDS) if len(times) > 1 else "–"
        rows.append(
            (
                task.id,
                w.localised(task.prompt),
                w.of(alone, len(tried)),
                w.interval(found.strict, Scale.SHARE),
                middle,
            )
        )
        if len(times) > 1:
            drawn.append((task.id, times))
    if not rows:
        return section("tasks", w("head_tasks"), paragraph(w("tasks_none")))
    heads = [w(f"tasks_head_{it}") for it in ("task", "prompt", "alone", "share", "time")]
    parts = [table(w("tasks_caption"), heads, rows, figures=(2, 3, 4)), task_outcomes(sheet)]
    if drawn and not sheet.sharing:
        axis = log_scale([it for _, times in drawn for it in times], w("axis_seconds"), "")
        points = [
            (name, [log10(it) for it in times], _logs(geometric_mean(times)))
            for name, times in drawn
        ]
        told = w("dots_told")
        picture = svg(dots(sheet.pen, points, axis), "times", w("times_title"), told)
        parts.append(figure(picture, w("times_caption")))
    return section("tasks", w("head_tasks"), *parts)


def _logs(found: Interval) -> Interval:
    high = log10(found.high) if found.high < 1e9 else 9.0
    return Interval(log10(found.estimate), log10(max(found.low, 1e-3)), high, found.n)


def _reading(sheet: Sheet) -> Html:
    a, w = sheet.a, sheet.w
    sections = _sections(sheet)
    if not sections:
        return section("reading", w("head_reading"), paragraph(w("reading_none")))
    own = sum(it.calibrated for it in a.people)
    lead = paragraph(w("reading_lead", own=own, n=len(a.people)))
    rows = []
    for name in sections:
        levels = [_level(it, name) for it in a.people]
        seen = [it for it in levels if it is not None]
        rows.append(
            (
                w.section(name),
                w.of(len(seen), len(levels)),
                *(str(seen.count(it)) for it in range(3)),
            )
        )
    names = [w(f"reading_{it}") for it in ("skipped", "skimmed", "plausible")]
    parts = [lead]
    if not sheet.sharing:
        cells = [(w.section(name), [_level(it, name) for it in a.people]) for name in sections]
        drawn = heat(sheet.pen, cells, [it.name for it in a.people], names)
        told = w("table_below")
        parts.append(figure(svg(drawn, "heat", w("heat_title"), told), w("heat_caption")))
    heads = [w("reading_section"), w("reading_seen"), *names]
    parts.append(table(w("reading_caption"), heads, rows, figures=EVERY))
    return section("reading", w("head_reading"), *parts)


def _sections(sheet: Sheet) -> list[str]:
    seen = {name for it in sheet.a.people for name in it.reading}
    order = [it.id for it in sheet.a.source.pack.document(sheet.a.study.locales[0]).clauses()]
    return sorted(seen, key=lambda it: (order.index(it) if it in order else len(order), it))


def _level(person: Person, name: str) -> int | None:
    found = person.reading.get(name)
    return None if found is None else sum(found.ratio >= it for it in _LEVELS)


def _sus(sheet: Sheet) -> Html:
    w = sheet.w
    if not sheet.asks(StepKind.SUS):
        return joined([])
    scores = [it.sus for it in sheet.a.people if it.sus is not None]
    if len(scores) < 2:
        return section("sus", w("head_sus"), paragraph(w("sus_none")))
    return section("sus", w("head_sus"), *_sus_parts(sheet, scores))


def _sus_parts(sheet: Sheet, scores: list[float]) -> Iterator[Html]:
    w = sheet.w
    found = sus(scores)
    yield paragraph(
        w(
            "sus_told",
            score=w.interval(found.score, Scale.POINTS),
            n=len(scores),
            grade=found.grade,
            worst=found.worst,
            best=found.best,
        )
    )
    if not sheet.sharing:
        places = (0.0, 25.0, 50.0, 68.0, 100.0)
        axis = Axis(0, 100, places, tuple(f"{it:g}" for it in places), w("axis_sus"), mark=68)
        drawn = dots(sheet.pen, [(w("sus_row"), scores, found.score)], axis)
        told = w("dots_told")
        yield figure(svg(drawn, "susdots", w("sus_title"), told), w("sus_caption"))
    yield paragraph(w("sus_note"), class_="quiet")
