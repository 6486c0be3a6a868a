"""What comes of checking: one answer for each check, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a check ended. What could not be checked has not passed."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "could-not-be-checked"

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """Several together: failed if one failed, passed if all passed and there is one."""
        found = set(outcomes)
        if cls.FAILED in found:
            return cls.FAILED
        return cls.PASSED if found == {cls.PASSED} else cls.UNCHECKED


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes:
        name: Which; see docs/receipts.md.
        outcome: How it ended.
        explanation: One or two sentences: what was found, or why it could not be checked.
    """

    name: str
    outcome: Outcome
    explanation: str


def passed(name: str, explanation: str) -> Check:
    """A check that passed."""
    return Check(name, Outcome.PASSED, explanation)


def failed(name: str, explanation: str) -> Check:
    """A check that failed."""
    return Check(name, Outcome.FAILED, explanation)


def unchecked(name: str, explanation: str) -> Check:
    """A check that could not be made."""
    return Check(name, Outcome.UNCHECKED, explanation)


@dataclass(frozen=True)
class Report:
    """Everything that was checked about one file.

    Attributes:
        kind: What it was taken for: ``signed receipt``, ``unsigned copy``, ``device store``,
            ``export``.
        checks: In the order in which they were made.
    """

    kind: str
    checks: tuple[Check, ...]

    @property
    def outcome(self) -> Outcome:
        """All checks together."""
        return Outcome.of(check.outcome for check in self.checks)
