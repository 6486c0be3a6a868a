"""From events to the state they leave behind; the same code on the device and at the endpoint.

Two steps. Within one installation the last word on a target is the one with the highest number.
Between installations the later of these words holds, and where it is in doubt which one that is,
the word that does not permit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .event import Event, Target
from .status import ConsentStatus

State = Mapping[Target, Event]
"""For each target that was ever decided about, the event that holds now."""

Words = dict[tuple[Target, str], Event]
"""For each target and installation (by its subject id), the last word."""


@dataclass(frozen=True)
class Witness:
    """What the endpoint can say about an event's time.

    Attributes:
        received_at: When it received the event first, by its own clock, with an offset.
        clock_skew_ms: By how much the device's clock was ahead when it sent the event, in
            milliseconds; negative for a clock that was behind, None if not known.
    """

    received_at: datetime
    clock_skew_ms: int | None = None


Witnesses = Mapping[str, Witness]
"""What is known about some events, by event id."""

_NOBODY: Witnesses = {}


def fold(events: Iterable[Event], witnesses: Witnesses = _NOBODY) -> dict[Target, Event]:
    """The event that holds for each target.

    Within one installation the order of the sequence decides, whatever its wall clock did. Between
    installations the later event holds; at the same instant what does not permit beats what does,
    so that a refusal is never lost to a grant of equal age. The order in which events arrive makes
    no difference.

    A clock that is wrong is corrected by what the endpoint saw, and always against the grant; see
    :func:`moment_of`.

    Args:
        events: Of any number of installations, in any order, also several times.
        witnesses: What the endpoint knows about their times, as far as it is known.
    """
    return holding(last_words(events), witnesses)


def last_words(events: Iterable[Event], before: Words | None = None) -> Words:
    """The last word of each installation on each target.

    ``last_words(b, last_words(a))`` is ``last_words(a + b)``: a record may be folded as it grows,
    in any pieces, in any order, with repetitions.
    """
    words: Words = dict(before or {})
    for event in events:
        key = (event.target, event.subject)
        known = words.get(key)
        if known is None or _rank(event) > _rank(known):
            words[key] = event
    return words


def holding(words: Words, witnesses: Witnesses = _NOBODY) -> dict[Target, Event]:
    """The word that holds for each target, of all the installations' words."""
    state: dict[Target, Event] = {}
    for event in words.values():
        known = state.get(event.target)
        if known is None or _precedence(event, witnesses) > _precedence(known, witnesses):
            state[event.target] = event
    return state


def status_of(state: State, target: Target) -> ConsentStatus:
    """The status of a target; unknown if nothing was ever decided about it."""
    event = state.get(target)
    return ConsentStatus.UNKNOWN if event is None else event.status


def moment_of(event: Event, witness: Witness | None = None) -> datetime:
    """When a word counts as said, in UTC.

    Without a witness: when the device says. With one there are up to two more readings: the
    device's time less its clock's skew, and the moment of receipt, which no word comes after. A
    grant counts at the earliest of the three. Anything else counts at the later of the device's
    two readings, but at the latest when it was received. So doubt about a clock never makes a
    grant newer nor a refusal older, and no word claims a time to come.
    """
    said = datetime.fromisoformat(event.occurred_at).astimezone(UTC)
    if witness is None:
        return said
    corrected = said - timedelta(milliseconds=witness.clock_skew_ms or 0)
    choose = min if event.status.permits else max
    return min(choose(said, corrected), witness.received_at.astimezone(UTC))


def _rank(event: Event) -> tuple[int, datetime, bool, str]:
    # One number twice is a record that was copied and went on in two places; still one answer.
    return (event.sequence, *_precedence(event, _NOBODY))


def _precedence(event: Event, witnesses: Witnesses) -> tuple[datetime, bool, str]:
    moment = moment_of(event, witnesses.get(event.event_id))
    # The id comes last only to make the order total: two refusals of one instant are equal.
    return (moment, not event.status.permits, event.event_id)
