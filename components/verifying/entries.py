"""The entries of a record, as far as a chain is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..consent.event import Event


@dataclass(frozen=True)
class Entry:
    """One event's place.

    Attributes:
        subject, sequence, event_id, previous_hash, hash: As in the event.
        event: The event; None if it was erased, or cannot be read.
        fault: Why it cannot be read; None if it can, or was erased.
    """

    subject: str
    sequence: int
    event_id: str
    previous_hash: str
    hash: str
    event: Event | None
    fault: str | None = None

    @classmethod
    def of(cls, event: Event) -> Entry:
        """The place of an event that is there."""
        return cls(
            event.subject,
            event.sequence,
            event.event_id,
            event.previous_hash,
            event.hash,
            event,
        )


@dataclass(frozen=True)
class Entries:
    """A record.

    Attributes:
        all: Its entries, in the order of the file.
        gaps: First and last of the numbers that the record itself says it never had.
        whole: Whether it is one installation's own record, in which no number may be missing.
    """

    all: Sequence[Entry]
    gaps: Sequence[tuple[int, int]]
    whole: bool = False
