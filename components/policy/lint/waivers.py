"""``lint.toml``: decisions to leave a finding as it is, each with a reason and a last day.

The form::

    format = 1

    [[waivers]]
    rule = "processor-without-entity"
    place = "pack.toml#recipients.umeng-share.*"
    reason = "The legal name was asked for on 3 March; see ticket 118."
    until = 2026-06-30

``place`` is a pattern over file and entry, ``*`` standing for any characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import Findings
from ..locale_reading import read_utf8
from ..toml_reader import TomlFile, TomlTable
from ..toml_source import TomlSource, TomlSyntax
from .model import Finding, Level, Place, Problem, Waiver, rule
from .subject import Subject

WAIVER_FILE = "lint.toml"
FORMAT = 1
"""The format of ``lint.toml`` that this linter reads."""


def read_waivers(folder: Path) -> tuple[Waiver, ...]:
    """The waivers of a pack's folder; none if it has no ``lint.toml``.

    Raises:
        PackError: The file is there and cannot be used.
    """
    if not (folder / WAIVER_FILE).exists():
        return ()
    findings = Findings()
    text = read_utf8(folder, WAIVER_FILE, findings)
    if text is None:
        raise findings.error()
    try:
        source = TomlSource(text)
    except TomlSyntax as syntax:
        findings.add(WAIVER_FILE, syntax.line, f"this is no TOML: {syntax}", "mend the line")
        raise findings.error() from None
    root = TomlTable(TomlFile(WAIVER_FILE, source, findings), (), source.values)
    if root.whole_number("format", least=1) != FORMAT:
        root.fault("format", "the format is not known", f"write format = {FORMAT}")
    waivers = tuple(_waiver(table) for table in root.tables("waivers"))
    root.finish()
    findings.raise_if_any()
    return waivers


def _waiver(table: TomlTable) -> Waiver:
    until = table.optional_day("until")
    if "until" not in table.values:
        table.fault("until", "`until` is missing", "add the last day on which the waiver holds")
    waiver = Waiver(
        rule=table.text("rule"),
        place=table.text("place"),
        reason=table.text("reason"),
        until=until or date.min,
        line=table.file.source.line(table.path),
    )
    table.finish()
    return waiver


def covers(waiver: Waiver, finding: Finding, today: date) -> bool:
    """Whether a waiver holds today for a finding."""
    return _fits(waiver, finding) and today <= waiver.until


def _fits(waiver: Waiver, finding: Finding) -> bool:
    return waiver.rule == finding.rule and fnmatchcase(finding.place.address, waiver.place)


def _place(waiver: Waiver) -> Place:
    return Place(WAIVER_FILE, waiver.line, waiver.rule)


@rule(
    "waiver-expired",
    Level.ERROR,
    source="this project's own rule",
)
def waiver_expired(subject: Subject) -> Iterator[Problem]:
    """A waiver ends on its last day."""
    for waiver in subject.waivers:
        if waiver.until < subject.today:
            yield Problem(
                _place(waiver),
                f"the waiver of {waiver.rule!r} ended on {waiver.until}",
                "mend the finding, or decide again and write a new day",
            )


@rule(
    "waiver-unknown",
    Level.ERROR,
    source="this project's own rule",
)
def waiver_unknown(subject: Subject) -> Iterator[Problem]:
    """A waiver names a rule that exists."""
    for waiver in subject.waivers:
        if waiver.rule not in subject.known_rules:
            yield Problem(
                _place(waiver), f"there is no rule {waiver.rule!r}", "name a rule of docs/lint.md"
            )


@rule(
    "waiver-unused",
    Level.WARNING,
    source="this project's own rule",
)
def waiver_unused(subject: Subject) -> Iterator[Problem]:
    """A waiver covers something."""
    for waiver in subject.waivers:
        known = waiver.rule in subject.known_rules
        if known and not any(_fits(waiver, finding) for finding in subject.found):
            yield Problem(
                _place(waiver),
                f"nothing at {waiver.place!r} breaks {waiver.rule!r}",
                "delete the waiver",
            )
