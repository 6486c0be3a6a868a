"""From events to the state they leave behind; the same code on the device and at the endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from .event import Event, Target
from .status import ConsentStatus

State = Mapping[Target, Event]
"""For each target that was ever decided about, the event that holds now."""


def fold(events: Iterable[Event]) -> dict[Target, Event]:
    """The event that holds for each target.

    Within one installation the order of the sequence decides, whatever its wall clock did. Between
    installations the later event holds; at the same instant what does not permit beats what does,
    so that a refusal is never lost to a grant of equal age. The order in which events arrive makes
    no difference.
    """
    last: dict[tuple[Target, str], Event] = {}
    for event in events:
        key = (event.target, event.subject)
        known = last.get(key)
        if known is None or _rank(event) > _rank(known):
            last[key] = event
    holding: dict[Target, Event] = {}
    for event in last.values():
        known = holding.get(event.target)
        if known is None or _precedence(event) > _precedence(known):
            holding[event.target] = event
    return holding


def status_of(state: State, target: Target) -> ConsentStatus:
    """The status of a target; unknown if nothing was ever decided about it."""
    event = state.get(target)
    return ConsentStatus.UNKNOWN if event is None else event.status


def _rank(event: Event) -> tuple[int, datetime, bool, str]:
    # One number twice is a record that was copied and went on in two places; still one answer.
    return (event.sequence, *_precedence(event))


def _precedence(event: Event) -> tuple[datetime, bool, str]:
    moment = datetime.fromisoformat(event.occurred_at).astimezone(UTC)
    # The id comes last only to make the order total: two refusals of one instant are equal.
    return (moment, not event.status.permits, event.event_id)
