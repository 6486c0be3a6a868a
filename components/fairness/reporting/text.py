"""A report as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from ..effort import Cost, Effort
from ..model import Finding, Report, Standing


def text_report(report: Report) -> str:
    """The report, with waivers, effort and what could not be judged; ends with a line end."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    count = report.standings
    yield f"Fairness of {report.subject.name}"
    yield f"Rules {report.rules_version}, digest {report.rules_digest[:16]}"
    yield (
        f"{count.get(Standing.KEPT, 0)} rules kept, {count.get(Standing.BROKEN, 0)} broken, "
        f"{count.get(Standing.UNJUDGED, 0)} not judged"
    )
    for finding in report.findings:
        yield ""
        yield from _finding(finding)
    if report.waived:
        yield ""
        yield "Waived:"
    for finding, waiver in report.waived:
        yield from (f"  {line}" for line in _finding(finding))
        yield (
            f"    waived by {waiver.by} on {waiver.decided.isoformat()} until "
            f"{waiver.until.isoformat()}: {waiver.reason}"
        )
    idle = [it for it in report.waivers if it not in {waiver for _, waiver in report.waived}]
    for waiver in idle:
        yield ""
        yield (
            f"Waiver without a finding: {waiver.rule} at {waiver.surface}, until "
            f"{waiver.until.isoformat()}: {waiver.reason}"
        )
    if report.effort:
        yield ""
        yield "Predicted effort (taps, seconds of handling + reading):"
    for effort in report.effort:
        yield f"  {_effort(effort)}"
    unjudged = [it for it in report.outcomes if it.standing is Standing.UNJUDGED]
    if unjudged:
        yield ""
        yield "Not judged:"
    for outcome in unjudged:
        yield f"  {outcome.rule.id} {outcome.rule.title}: {outcome.reason}"
    yield ""
    yield NOT_FOR_MACHINES


NOT_FOR_MACHINES = (
    "No rule can say whether a purpose is truly necessary, whether a summary is faithful, whether "
    "a tone feels manipulative, or whether people understood."
)
"""What every report says about its limits."""


def _finding(finding: Finding) -> Iterator[str]:
    yield f"{finding.level.upper()} {finding.rule} {finding.title}"
    yield f"  where: {finding.spot}"
    yield f"  found: {finding.evidence}"
    yield f"  remedy: {finding.remedy}"
    yield f"  source: {finding.source}"


def _effort(effort: Effort) -> str:
    ratio = effort.withdrawal_ratio
    told = "no ratio" if ratio is None else f"withdrawing takes {ratio:.1f} times agreeing"
    return (
        f"{effort.purpose}: agree {cost_text(effort.accept)}, refuse {cost_text(effort.refuse)}, "
        f"withdraw {cost_text(effort.withdraw)}; {told}"
    )


def cost_text(cost: Cost | None) -> str:
    """A cost in few words."""
    if cost is None:
        return "not possible"
    return f"{cost.taps} ({cost.handling:.1f} + {cost.reading:.1f} s)"
