"""A rule, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from .probe import Probe


class NotConforming(Exception):
    """The endpoint did something else than the rule says; the message tells what."""


class NotOffered(Exception):
    """The endpoint does not offer what the rule is about, and need not."""


class Outcome(StrEnum):
    """``NOT_OFFERED``: an optional part that this endpoint leaves out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_OFFERED = "not-offered"


@dataclass(frozen=True)
class Rule:
    """One rule of the protocol.

    Attributes:
        id: Kebab-case, grouped by its first word: ``replay-same-answer``.
        claim: What an endpoint does that keeps it, in one sentence.
        check: Tries it on an endpoint; raises NotConforming or NotOffered. It makes subjects of
            its own and touches no other's record.
    """

    id: str
    claim: str
    check: Callable[[Probe], Awaitable[None]]


@dataclass(frozen=True)
class Result:
    """What came of one rule; ``detail`` says why it failed or was not tried, else it is empty."""

    rule: Rule
    outcome: Outcome
    detail: str = ""


def expect(holds: bool, message: str) -> None:
    """Raise unless something holds.

    Raises:
        NotConforming: With the message.
    """
    if not holds:
        raise NotConforming(message)
