"""Rules, what they find, and the report of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .effort import Effort
from .subject import Box, Element, Screen, Subject


class Level(StrEnum):
    """How grave a finding is.

    ``ERROR``: not to be shown to people so. ``WARNING``: somebody must look. ``NOTE``: worth
    knowing, nothing need be done.
    """

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Level).index(self)


class Standing(StrEnum):
    """How a rule came out. ``UNJUDGED``: an input that it needs was not there."""

    KEPT = "kept"
    BROKEN = "broken"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Spot:
    """Where something is.

    Attributes:
        surface: Name of the screen, place, statement or event.
        rendering: Which rendering of the screen; empty for what is no screen.
        element: What is there, in words; empty for the surface as a whole.
        box: Where on the screen, if anybody looked.
    """

    surface: str
    rendering: str = ""
    element: str = ""
    box: Box | None = None

    def __str__(self) -> str:
        rendering = f" [{self.rendering}]" if self.rendering else ""
        element = f": {self.element}" if self.element else ""
        return f"{self.surface}{rendering}{element}"


def spot(screen: Screen, element: Element | None = None) -> Spot:
    """The place of an element, or of a screen as a whole."""
    if element is None:
        return Spot(screen.name, screen.rendering)
    box = element.seen or element.box
    return Spot(screen.name, screen.rendering, str(element), box)


@dataclass(frozen=True)
class Problem:
    """What a rule found: where, and the evidence, without a full stop.

    ``mend`` says what to do where the rule's own remedy does not say it closely enough.
    """

    spot: Spot
    evidence: str
    mend: str = ""


@dataclass(frozen=True)
class Unjudged:
    """Why a rule could not look at something."""

    reason: str


Limits = Mapping[str, float]
Check = Callable[[Subject, "Rule"], Iterator[Problem | Unjudged]]
"""Finds every problem of one kind; pure: the same subject gives the same problems."""


@dataclass(frozen=True)
class Rule:
    """One rule of the set.

    Attributes:
        id: As in ``rules.toml``; what waivers and SARIF name.
        level: Of each of its findings.
        title: What it asks for.
        needs: Inputs; of alternatives (``a|b``) one is enough.
        source: Where the threshold comes from.
        remedy: What to do about a finding.
        limits: Its numbers, by name.
        lists: Its lists of numbers, by name.
        check: The function.
    """

    id: str
    level: Level
    title: str
    needs: tuple[str, ...]
    source: str
    remedy: str
    limits: Limits
    lists: Mapping[str, tuple[float, ...]]
    check: Check


@dataclass(frozen=True)
class Finding:
    """One broken rule at one place."""

    rule: str
    level: Level
    title: str
    spot: Spot
    evidence: str
    remedy: str
    source: str


@dataclass(frozen=True)
class Waiver:
    """A decision to leave a finding as it is, for a time.

    Attributes:
        rule: The rule's id.
        surface: Pattern of the surface's name; ``*`` stands for any characters.
        reason: Why.
        decided, until: When it was decided, and the last day on which it holds.
        by: Whose decision it is.
    """

    rule: str
    surface: str
    reason: str
    decided: date
    until: date
    by: str


@dataclass(frozen=True)
class Outcome:
    """How one rule came out, and why it could not be judged if it was not."""

    rule: Rule
    standing: Standing
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """What judging brought to light.

    Attributes:
        subject: What was judged.
        rules_version, rules_digest: Of the rule set; a study stores the digest.
        outcomes: Every rule, in order.
        findings: The gravest first.
        waived: What waivers cover, each with its waiver; printed in every report.
        waivers: All that were given.
        effort: Predicted effort of each purpose; empty without a graph.
    """

    subject: Subject
    rules_version: str
    rules_digest: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    waivers: tuple[Waiver, ...]
    effort: tuple[Effort, ...]

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """The findings of a level and the graver ones."""
        return tuple(it for it in self.findings if it.level.rank >= level.rank)

    @property
    def fair(self) -> bool:
        """Whether no error is left."""
        return not self.at_least(Level.ERROR)

    @property
    def broken(self) -> frozenset[str]:
        """Ids of the rules that are broken and not waived."""
        return frozenset(finding.rule for finding in self.findings)

    @property
    def broken_errors(self) -> frozenset[str]:
        """The same, of the gravest level only."""
        return frozenset(finding.rule for finding in self.at_least(Level.ERROR))

    @property
    def standings(self) -> Mapping[Standing, int]:
        """How many rules came out how."""
        return Counter(outcome.standing for outcome in self.outcomes)
