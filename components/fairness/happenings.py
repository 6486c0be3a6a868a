"""The event trace: what an app did and what a person did, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .ways import Via


class Happening(StrEnum):
    """What happened.

    ``ASKED``: a question was shown. ``GRANTED``, ``REFUSED``, ``WITHDRAWN``: decided.
    ``BEGAN``: a person set out to grant or to withdraw. ``COLLECTED``, ``SENT``: data was taken,
    or left the device. ``REQUESTED``: the system's own prompt was called up. ``UPDATED``: a new
    version was installed.
    """

    ASKED = "asked"
    BEGAN = "began"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    COLLECTED = "collected"
    SENT = "sent"
    REQUESTED = "requested"
    UPDATED = "updated"


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Attributes:
        at: Seconds since the trace began.
        what: Which kind of thing.
        purpose: Which purpose or permission; empty if none.
        session: Counted from 1.
        via: What decided, for decisions.
        by_person: Whether the person's own act set it off (a press at a feature).
        explained: Whether a reason was shown before.
        blocking: Whether a question kept the app from being used.
        necessary: Whether what was taken is needed to give the service that was asked for.
        before, after: Choices around an update, by purpose: ``granted`` or ``refused``.
    """

    at: float
    what: Happening
    purpose: str = ""
    session: int = 1
    via: Via = Via.BUTTON
    by_person: bool = False
    explained: bool = False
    blocking: bool = False
    necessary: bool = False
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trace:
    """Events in the order in which they happened."""

    events: tuple[Event, ...]

    def of(self, *kinds: Happening) -> tuple[Event, ...]:
        """The events of some kinds."""
        return tuple(event for event in self.events if event.what in kinds)
