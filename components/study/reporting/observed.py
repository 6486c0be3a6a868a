"""What observers noted, and where somebody helped: the tables that both forms of a report have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..exporting.sharing import LEAST
from ..measures.tasks import Outcome
from ..observing.problems import problems_of
from .crops import crops
from .findings import Finding, Kind
from .html import Html, element, joined, paragraph, section, table
from .outcomes import Scale
from .parts import Sheet, cell

_ORDER = (
    Outcome.DIRECT,
    Outcome.INDIRECT,
    Outcome.ASSISTED,
    Outcome.FAIL,
    Outcome.GAVE_UP,
    Outcome.SKIPPED,
)


def told(sheet: Sheet, found: Iterable[Finding]) -> list[Finding]:
    """Of what was found, what may be told: to others, nothing noted of fewer than five people."""
    return [it for it in found if may_be_told(it, sharing=sheet.sharing)]


def may_be_told(found: Finding, *, sharing: bool) -> bool:
    """Whether a finding may stand in a report."""
    return not sharing or found.kind is not Kind.NOTED or found.people >= LEAST


def finding_table(sheet: Sheet, found: Sequence[Finding], caption: str) -> Html:
    """What went wrong, how grave it is, how many met it, and where that stands in the record."""
    w = sheet.w
    columns = ["what", "severity", "people", "share", *([] if sheet.sharing else ["where"])]
    heads = [w(f"findings_head_{it}") for it in columns]
    rows = [_finding(sheet, it)[: len(heads)] for it in found]
    return table(caption, heads, rows, figures=(2, 3))


def _finding(sheet: Sheet, found: Finding) -> tuple[str, ...]:
    w = sheet.w
    match found.kind:
        case Kind.NOTED:
            labels = {it.code: it.label for it in problems_of(sheet.a.study)}
            label = labels.get(found.subject)
            name = found.subject if label is None else w.localised(label)
            what = w("finding_noted", code=name)
        case Kind.TASK:
            prompt = w.localised(sheet.a.study.tasks[found.subject].prompt)
            what = w("finding_task", prompt=prompt)
        case _:
            what = w("finding_refusal")
    quotes = () if sheet.sharing else found.quotes
    words = joined(
        [
            what,
            *(
                element("blockquote", text, element("span", f" {name}", class_="quiet"))
                for name, text in quotes
            ),
            crops(sheet, found),
        ]
    )
    places = w.listed(f"{it.person} #{it.seq}" for it in found.places)
    return (
        words,
        _severity(sheet, found),
        w.of(found.people, found.share.n),
        w.interval(found.share, Scale.SHARE),
        places or "–",
    )


def _severity(sheet: Sheet, found: Finding) -> str:
    """The worst that was noted, and, where notes differ, each of them."""
    if found.severity is None:
        return "–"
    w = sheet.w
    worst = w(f"severity_{found.severity}")
    if sheet.sharing or len(set(found.severities)) < 2:
        return worst
    counts = sorted(Counter(found.severities).items(), reverse=True)
    each = w.listed(f"{severity} × {count}" for severity, count in counts)
    return w("severity_several", worst=worst, each=each)


def task_outcomes(sheet: Sheet) -> Html:
    """How each task went; with help is an outcome of its own. Empty where nobody did a task."""
    w = sheet.w
    rows = []
    for task in sheet.a.study.tasks.values():
        went = [
            it.outcome for person in sheet.a.people for it in person.attempts if it.task == task.id
        ]
        if went:
            counts = [cell(sheet, went.count(it)) if it in went else "0" for it in _ORDER]
            rows.append((w.localised(task.prompt), *counts))
    if not rows:
        return Html("")
    heads = [w("tasks_head_prompt"), *(w(f"outcome_of_{it}") for it in _ORDER)]
    return table(w("outcomes_caption"), heads, rows, figures=range(1, len(heads)))


def observed(sheet: Sheet) -> Html:
    """The section of the summative form: problems by code, and how tasks went."""
    w = sheet.w
    noted = [it for it in sheet.a.findings if it.kind is Kind.NOTED]
    shown = told(sheet, noted)
    parts = [paragraph(w("observed_lead" if noted else "observed_none"))]
    if shown:
        parts.append(finding_table(sheet, shown, w("observed_caption")))
    if len(shown) < len(noted):
        parts.append(paragraph(w("observed_rare", least=LEAST), class_="quiet"))
    return section("observed", w("head_observed"), *parts, task_outcomes(sheet))
