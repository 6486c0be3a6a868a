"""What a feature gets back when it asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .consent.gate import Verdict


class Outcome(StrEnum):
    """How an ask ended. Only ``GRANTED`` lets the feature go on.

    ``GRANTED``: permitted now. ``REFUSED``: the person said no. ``DENIED_BY_SYSTEM``: the person
    agreed here, the operating system did not. ``DISMISSED``: the question went away unanswered.
    ``IN_PLACE``: the person said no lately; show the explanation where they tapped. ``NOT_ASKED``:
    the gate did not allow the question; the verdict says why. ``NOT_SAVED``: the choice could not
    be recorded, so it does not count.
    """

    GRANTED = "granted"
    REFUSED = "refused"
    DENIED_BY_SYSTEM = "denied-by-system"
    DISMISSED = "dismissed"
    IN_PLACE = "in-place"
    NOT_ASKED = "not-asked"
    NOT_SAVED = "not-saved"


@dataclass(frozen=True)
class Answer:
    """How an ask ended, and what the gate had said about it."""

    outcome: Outcome
    verdict: Verdict

    @property
    def granted(self) -> bool:
        """Whether the feature may go on."""
        return self.outcome is Outcome.GRANTED


class NoticeOutcome(StrEnum):
    """How the first notice ended.

    ``ACCEPTED`` and ``REFUSED`` were pressed. ``DISMISSED``: closed without a choice; browsing
    only, and due again at the next start. ``NOT_DUE``: the choice was made before. ``NOT_SAVED``:
    pressed but not recorded, so it does not count. ``GUARDIAN_FIRST``: the person is a child, and a
    guardian has to agree.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    NOT_DUE = "not-due"
    NOT_SAVED = "not-saved"
    GUARDIAN_FIRST = "guardian-first"
