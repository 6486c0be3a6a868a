"""Events of all subjects, looked for by what they are about and by when they arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, select, tuple_

from ..messages import EventMessage, Subject
from ..schema import EVENTS
from .messages import FoundEvent, Sequence, StoredMoment


class EventKey(NamedTuple):
    """Where an event stands among all of them, by arrival."""

    received_at: StoredMoment
    subject: Subject
    sequence: Sequence


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is None does not matter.

    Attributes:
        subject: Whose events.
        target: What they are about, ``purpose:nearby-cinema``.
        status: The status they leave.
        since: Arrived at or after this moment.
        until: Arrived before this moment.
    """

    subject: str | None = None
    target: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None

    def detail(self) -> dict[str, object]:
        """For the audit."""
        return {
            "target": self.target,
            "status": self.status,
            "from": self.since,
            "to": self.until,
        }


def found_events(
    connection: Connection, wanted: Wanted, after: EventKey | None, limit: int
) -> list[FoundEvent]:
    """Up to ``limit`` events in the order of their arrival, after a given one.

    The order is by arrival, subject and sequence number, so it is the same at every asking. What
    arrives meanwhile stands at its end.
    """
    return [found_event(row) for row in connection.execute(_statement(wanted, after, limit)).all()]


def found_event(row: Any) -> FoundEvent:
    """An event as it is answered."""
    stored: Mapping[str, Any] = row._mapping
    state, event = _read(stored["body"])
    return FoundEvent(
        subject=stored["subject"],
        sequence=stored["sequence"],
        event_id=stored["event_id"],
        previous_hash=stored["previous_hash"],
        hash=stored["hash"],
        body=state,
        event=event,
        received_at=stored["received_at"],
        late=stored["late"],
        clock_skew_ms=stored["clock_skew_ms"],
    )


def _read(body: str | None) -> tuple[Literal["kept", "erased", "damaged"], EventMessage | None]:
    if body is None:
        return "erased", None
    try:
        return "kept", msgspec.json.decode(body, type=EventMessage)
    except (msgspec.DecodeError, UnicodeError):
        # One damaged row must not hide those behind it; the walk along the chains names it.
        return "damaged", None


def key_of(event: FoundEvent) -> EventKey:
    """Where an event stands."""
    return EventKey(event.received_at, event.subject, event.sequence)


def _statement(wanted: Wanted, after: EventKey | None, limit: int) -> Select[Any]:
    order = (EVENTS.c.received_at, EVENTS.c.subject, EVENTS.c.sequence)
    statement = select(EVENTS).order_by(*order).limit(limit)
    for column, value in (
        (EVENTS.c.subject, wanted.subject),
        (EVENTS.c.target, wanted.target),
        (EVENTS.c.status, wanted.status),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if wanted.since is not None:
        statement = statement.where(EVENTS.c.received_at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(EVENTS.c.received_at < wanted.until)
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*after))
    return statement
