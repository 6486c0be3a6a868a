"""Run the catalogue over a pack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..pack import Pack
from .catalogue import RULES, WAIVER_RULES
from .lines import Lines
from .model import Finding, Profile, Report, Rule, Waived, Waiver
from .subject import Subject
from .waivers import covers, read_waivers


def lint(
    pack: Pack,
    *,
    profile: Profile = Profile.CHINA,
    folder: Path | None = None,
    characters: Collection[str] | None = None,
    today: date | None = None,
) -> Report:
    """Hold a pack against every rule of a profile.

    Args:
        pack: In the version to look at; ``pack.at(...)`` gives another one.
        profile: Which rules.
        folder: Where the pack was read from. It gives findings their lines and holds the waivers
            in ``lint.toml``; without it findings name the entry only, and nothing is waived.
        characters: Every character that the host's fonts can draw; None leaves that unchecked.
        today: The day on which waivers are judged; the local day if None.

    Returns:
        What was found, the gravest first.

    Raises:
        PackError: ``lint.toml`` is there and cannot be used.
    """
    waivers = () if folder is None else read_waivers(folder)
    subject = Subject(
        pack=pack,
        lines=Lines(pack, folder),
        today=today or date.today(),
        characters=None if characters is None else frozenset(characters),
        waivers=waivers,
        known_rules=frozenset(RULES),
    )
    chosen = [rule for rule in RULES.values() if profile in rule.profiles]
    found = list(_run((rule for rule in chosen if rule.id not in WAIVER_RULES), subject))
    subject = replace(subject, found=tuple(found))
    waived = [
        Waived(finding, waiver)
        for finding in found
        if (waiver := _waiver_of(finding, subject)) is not None
    ]
    covered = {id(item.finding) for item in waived}
    left = [finding for finding in found if id(finding) not in covered]
    left += _run((rule for rule in chosen if rule.id in WAIVER_RULES), subject)
    return Report(
        pack=pack.id,
        version=pack.version.id,
        profile=profile,
        findings=tuple(sorted(left, key=_order)),
        waived=tuple(sorted(waived, key=lambda item: _order(item.finding))),
    )


def _run(rules: Iterable[Rule], subject: Subject) -> Iterator[Finding]:
    for rule in rules:
        # The same words may stand in two languages: what reads the same is told once.
        for problem in dict.fromkeys(rule.check(subject)):
            yield Finding(
                rule.id, rule.level, problem.place, problem.message, problem.remedy, rule.source
            )


def _waiver_of(finding: Finding, subject: Subject) -> Waiver | None:
    held = (waiver for waiver in subject.waivers if covers(waiver, finding, subject.today))
    return next(held, None)


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (-finding.level.rank, place.file, place.line, finding.rule, place.entry, finding.message)
