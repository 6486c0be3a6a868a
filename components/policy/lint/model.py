"""The linter's own terms: rules, the problems they find, and the report of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .subject import Subject


class Level(StrEnum):
    """How grave a finding is.

    ``ERROR``: the pack must not be published so. ``WARNING``: an author must look at it.
    ``NOTE``: worth knowing, nothing need be done.
    """

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Level).index(self)


class Profile(StrEnum):
    """Which set of rules is applied: mainland China's, or the list of GDPR arts. 13 and 14."""

    CHINA = "cn"
    GDPR = "gdpr"


EVERYWHERE = frozenset(Profile)
CHINA = frozenset({Profile.CHINA})
GDPR = frozenset({Profile.GDPR})


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands.

    Attributes:
        file: Path inside the pack's folder, with forward slashes.
        line: Line counted from 1; 0 where it is not known (a pack that was not read from disk).
        entry: What stands there: ``purposes.nearby.retention`` in ``pack.toml``, the id of a
            clause, card or prompt in a text; empty for the file as a whole.
    """

    file: str
    line: int
    entry: str

    @property
    def address(self) -> str:
        """File and entry without the line: what a waiver's pattern is held against."""
        return f"{self.file}#{self.entry}" if self.entry else self.file

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        entry = f" ({self.entry})" if self.entry else ""
        return f"{self.file}{line}{entry}"


@dataclass(frozen=True)
class Problem:
    """What a rule found: where, what is wrong, and what the author does about it.

    ``message`` and ``remedy`` end without a full stop.
    """

    place: Place
    message: str
    remedy: str


Check = Callable[["Subject"], Iterable[Problem]]
"""Finds every problem of one kind; pure: the same subject gives the same problems."""


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        id: Kebab-case and stable; what waivers and SARIF name.
        level: Of each of its findings.
        title: What the rule asks for, as one sentence without a full stop.
        source: The article of law, standard or study. What is only custom in the industry, or a
            choice of this project, is called that.
        requirements: Ids of the requirement catalogue (``R-020``) and of the language rules
            (``LX-08``) that it implements; possibly none.
        profiles: Where it applies.
        check: Finds the problems.
    """

    id: str
    level: Level
    title: str
    source: str
    requirements: tuple[str, ...]
    profiles: frozenset[Profile]
    check: Check


def rule(
    id_: str,
    level: Level,
    *,
    source: str,
    requirements: tuple[str, ...] = (),
    profiles: frozenset[Profile] = EVERYWHERE,
) -> Callable[[Check], Rule]:
    """Make a function that finds problems into a :class:`Rule`.

    The function's docstring is the rule's title: what the rule asks for.
    """

    def made(check: Check) -> Rule:
        title = " ".join((check.__doc__ or "").split()).removesuffix(".")
        return Rule(id_, level, title, source, requirements, profiles, check)

    return made


@dataclass(frozen=True)
class Finding:
    """One broken rule at one place. (What the loader refuses is ``policy.Finding``.)

    Attributes:
        rule: The rule's id.
        level: The rule's level.
        place: Where.
        message: What is wrong, without a full stop.
        remedy: What the author does about it, without a full stop.
        source: The rule's source.
    """

    rule: str
    level: Level
    place: Place
    message: str
    remedy: str
    source: str


@dataclass(frozen=True)
class Waiver:
    """A decision to leave a finding as it is, for a time.

    Attributes:
        rule: The rule's id.
        place: Pattern of :attr:`Place.address`, with ``*`` for any characters.
        reason: Why.
        until: The last day on which it holds.
        line: Where it stands in ``lint.toml``.
    """

    rule: str
    place: str
    reason: str
    until: date
    line: int


@dataclass(frozen=True)
class Waived:
    """A finding that a waiver covers, with the waiver."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class Report:
    """What linting a pack brought to light.

    Attributes:
        pack: The pack's id.
        version: The version that was looked at.
        profile: The rules that were applied.
        findings: The gravest first, then by place.
        waived: What waivers cover; printed in every report.
    """

    pack: str
    version: str
    profile: Profile
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]

    @cached_property
    def rules(self) -> frozenset[str]:
        """The ids of the rules that are broken and not waived."""
        return frozenset(finding.rule for finding in self.findings)

    @property
    def publishable(self) -> bool:
        """Whether no error is left."""
        return not self.at_least(Level.ERROR)

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """The findings of a level and the graver ones."""
        return tuple(f for f in self.findings if f.level.rank >= level.rank)

    def of(self, rule_id: str) -> tuple[Finding, ...]:
        """The findings of one rule."""
        return tuple(f for f in self.findings if f.rule == rule_id)
