"""Stored events read back, each held against itself and against the one before it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .event import Event, MalformedEvent
from .ledger_errors import LedgerDamaged


def read_event(sequence: int, body: str) -> Event:
    """Read one stored event.

    Args:
        sequence: The number it is stored under.
        body: Its JSON.

    Raises:
        LedgerDamaged: The body is no event that can be true, or another number's.
    """
    try:
        value = json.loads(body)
        if not isinstance(value, dict):
            raise MalformedEvent("it is no JSON object")
        event = Event.from_json(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise LedgerDamaged(f"event {sequence}: {error}") from error
    if event.sequence != sequence:
        raise LedgerDamaged(f"event {event.sequence} is stored as number {sequence}")
    return event


def read_chain(rows: Iterable[tuple[int, str]]) -> list[Event]:
    """Read stored events that must follow one another: ``(sequence, body)``, in order.

    Raises:
        LedgerDamaged: As :func:`read_event`; also for a gap, a hash that is not the one before's,
            and another installation's event.
    """
    events: list[Event] = []
    for sequence, body in rows:
        event = read_event(sequence, body)
        if events:
            before = events[-1]
            expected = (before.sequence + 1, before.hash, before.subject)
            if (event.sequence, event.previous_hash, event.subject) != expected:
                raise LedgerDamaged(f"event {sequence} does not follow event {before.sequence}")
        events.append(event)
    return events
