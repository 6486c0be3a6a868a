"""Judging a subject: every rule that has its inputs, then the waivers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase

from .effort import effort_of_all, efforts
from .model import Finding, Level, Outcome, Problem, Report, Rule, Spot, Standing, Unjudged, Waiver
from .ruleset import rule_set
from .subject import Subject

WAIVER_EXPIRED = "waiver-expired"
WAIVER_UNKNOWN = "waiver-unknown"
"""Ids of the findings about waivers themselves; they cannot be waived."""


def inputs_of(subject: Subject) -> frozenset[str]:
    """Which of the six inputs a subject has."""
    there = {
        "controls": any(it.declared for it in subject.screens),
        "semantics": any(it.placed for it in subject.screens),
        "pixels": any(it.painted for it in subject.screens),
        "graph": subject.graph is not None,
        "texts": bool(subject.texts),
        "trace": subject.trace is not None,
    }
    return frozenset(name for name, is_there in there.items() if is_there)


def judge(
    subject: Subject,
    *,
    waivers: Sequence[Waiver] = (),
    today: date | None = None,
    rules: Iterable[str] | None = None,
) -> Report:
    """Hold a subject against the rules.

    Args:
        subject: What is judged.
        waivers: Decisions to leave findings as they are; an expired one and one that names no
            rule are findings of the gravest level.
        today: The day on which waivers are judged; the real one by default.
        rules: Ids of the only rules to apply; all by default.

    Raises:
        KeyError: `rules` names one that there is not.
    """
    chosen = rule_set()
    applied = chosen.rules if rules is None else tuple(map(chosen.rule, rules))
    there = inputs_of(subject)
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for rule in applied:
        outcome, found = _apply(rule, subject, there)
        outcomes.append(outcome)
        findings += found
    day = today or date.today()
    waived = tuple(
        (finding, waiver)
        for finding in findings
        if (waiver := _covering(finding, waivers, day)) is not None
    )
    covered = {id(finding) for finding, _ in waived}
    left = [finding for finding in findings if id(finding) not in covered]
    left += _faulty(waivers, day)
    left.sort(key=lambda it: (-it.level.rank, it.rule))
    graph = subject.graph
    effort = () if graph is None else (effort_of_all(graph), *efforts(graph))
    return Report(
        subject,
        chosen.version,
        chosen.digest,
        tuple(outcomes),
        tuple(left),
        waived,
        tuple(waivers),
        effort,
    )


def _apply(rule: Rule, subject: Subject, there: frozenset[str]) -> tuple[Outcome, list[Finding]]:
    missing = [need for need in rule.needs if not there & set(need.split("|"))]
    if missing:
        reason = "needs " + " and ".join(it.replace("|", " or ") for it in missing)
        return Outcome(rule, Standing.UNJUDGED, reason), []
    said = list(rule.check(subject, rule))
    problems = list(dict.fromkeys(it for it in said if isinstance(it, Problem)))
    reasons = list(dict.fromkeys(it.reason for it in said if isinstance(it, Unjudged)))
    if problems:
        return Outcome(rule, Standing.BROKEN), [_finding(rule, it) for it in problems]
    if reasons:
        return Outcome(rule, Standing.UNJUDGED, "; ".join(reasons)), []
    return Outcome(rule, Standing.KEPT), []


def _finding(rule: Rule, problem: Problem) -> Finding:
    return Finding(
        rule.id,
        rule.level,
        rule.title,
        problem.spot,
        problem.evidence,
        problem.mend or rule.remedy,
        rule.source,
    )


def _covering(finding: Finding, waivers: Sequence[Waiver], today: date) -> Waiver | None:
    for waiver in waivers:
        fits = waiver.rule == finding.rule and fnmatchcase(finding.spot.surface, waiver.surface)
        if fits and today <= waiver.until:
            return waiver
    return None


def _faulty(waivers: Sequence[Waiver], today: date) -> list[Finding]:
    known = {rule.id for rule in rule_set().rules}
    found: list[Finding] = []
    for waiver in waivers:
        where = Spot(waiver.surface, element=f"waiver of {waiver.rule}")
        if waiver.rule not in known:
            found.append(
                Finding(
                    WAIVER_UNKNOWN,
                    Level.ERROR,
                    "A waiver names a rule",
                    where,
                    f"there is no rule “{waiver.rule}”",
                    "correct its name, or take it out",
                    "this project's own rule",
                )
            )
        elif today > waiver.until:
            found.append(
                Finding(
                    WAIVER_EXPIRED,
                    Level.ERROR,
                    "A waiver holds for a time",
                    where,
                    f"it held until {waiver.until.isoformat()}: {waiver.reason}",
                    "mend the finding, or decide again",
                    "this project's own rule",
                )
            )
    return found
