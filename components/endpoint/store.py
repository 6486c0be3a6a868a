"""Events in the database: taken whole batches at a time, read in order.

Everything here blocks and belongs on a worker thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    bindparam,
    func,
    insert,
    select,
    text,
    union_all,
)

from ..consent.event import Event, canonical
from .database import writing
from .messages import Acknowledgement, EventFault
from .schema import EVENTS

_PAGE = 500


@dataclass(frozen=True)
class Arrival:
    """A batch as it arrived.

    Attributes:
        subject: Whose events these are; the subject of every one of them.
        events: At least one, each checked.
        received_at: When the whole request had been read; RFC 3339, UTC, to the millisecond.
        clock_skew_ms: By how much the device's clock was ahead; None if not known.
    """

    subject: str
    events: Sequence[Event]
    received_at: str
    clock_skew_ms: int | None


@dataclass(frozen=True)
class Taken:
    """Every event of the batch is durable; one acknowledgement each, in the batch's order."""

    acknowledgements: Sequence[Acknowledgement]


@dataclass(frozen=True)
class Contradicted:
    """Events of the batch contradict the record or each other; nothing was stored."""

    faults: Sequence[EventFault]


Verdict = Taken | Contradicted


@dataclass(frozen=True)
class StoredRow:
    """An event as it is stored.

    ``body`` is its canonical JSON; the other fields are those of :class:`Arrival`, and ``late``
    tells whether an event with a higher sequence number had arrived in an earlier request.
    """

    body: str
    received_at: str
    late: bool
    clock_skew_ms: int | None


class Store:
    """The events of all subjects.

    Args:
        engine: From :func:`~.database.open_database`. The store closes it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def take(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """Store several batches in one transaction; each of them whole or not at all.

        When this returns, what was taken survives a crash of the process or of the machine.

        Raises:
            sqlalchemy.exc.DBAPIError: The database failed; nothing of any batch was stored.
        """
        with self._writing.begin() as connection:
            record = _Record(connection, arrivals)
            verdicts = [_judge(record, arrival) for arrival in arrivals]
            if record.rows:
                connection.execute(_INSERT, record.rows)
        return verdicts

    def events(self, subject: str, after: int, limit: int) -> list[StoredRow]:
        """Up to ``limit`` events with a sequence number above ``after``, in order."""
        wanted = (
            select(EVENTS.c.body, EVENTS.c.received_at, EVENTS.c.late, EVENTS.c.clock_skew_ms)
            .where(EVENTS.c.subject == subject, EVENTS.c.sequence > after)
            .order_by(EVENTS.c.sequence)
            .limit(limit)
        )
        with self._engine.begin() as connection:
            return [StoredRow(**row) for row in connection.execute(wanted).mappings()]

    def record(self, subject: str) -> Iterator[Event]:
        """All events of a subject in order, read a stretch at a time."""
        after = 0
        while rows := self.events(subject, after, _PAGE):
            for row in rows:
                event = Event.from_json(json.loads(row.body))
                yield event
                after = event.sequence

    def check(self) -> None:
        """Ask the database for nothing.

        Raises:
            sqlalchemy.exc.DBAPIError: It cannot be reached.
        """
        with self._engine.begin() as connection:
            connection.execute(text("SELECT count(*) FROM events WHERE subject = ''"))

    def close(self) -> None:
        """Close every connection. A later call opens new ones."""
        self._engine.dispose()


# Built once: building a statement takes longer than SQLite needs to run it.
_ANSWERED = select(
    EVENTS.c.event_id,
    EVENTS.c.sequence,
    EVENTS.c.hash,
    EVENTS.c.received_at,
    EVENTS.c.late,
    EVENTS.c.clock_skew_ms,
).where(EVENTS.c.subject == bindparam("subject"))
# Two look-ups, for one subject: given pairs of subject and id to look for, or an "or" between the
# two, SQLite reads the whole table or the whole record instead of going by the keys.
_KNOWN = union_all(
    _ANSWERED.where(EVENTS.c.event_id.in_(bindparam("ids", expanding=True))),
    _ANSWERED.where(EVENTS.c.sequence.in_(bindparam("sequences", expanding=True))),
)
_HIGHEST = select(func.max(EVENTS.c.sequence)).where(EVENTS.c.subject == bindparam("subject"))
_INSERT = insert(EVENTS)

Rows = list[Mapping[str, Any]]


class _Record:
    """What is stored, as far as some batches touch it, and what they add."""

    def __init__(self, connection: Connection, arrivals: Sequence[Arrival]) -> None:
        self._connection = connection
        self._highest: dict[str, int] = {}
        self.by_id: dict[tuple[str, str], Acknowledgement] = {}
        self.sequences: set[tuple[str, int]] = set()
        self.rows: Rows = []
        for arrival in arrivals:
            self._look_up(arrival)

    def _look_up(self, arrival: Arrival) -> None:
        found = self._connection.execute(
            _KNOWN,
            {
                "subject": arrival.subject,
                "ids": [event.event_id for event in arrival.events],
                "sequences": [event.sequence for event in arrival.events],
            },
        )
        for row in found.mappings():
            self.by_id[arrival.subject, row["event_id"]] = _answered(row)
            self.sequences.add((arrival.subject, row["sequence"]))

    def highest(self, subject: str) -> int:
        """The highest sequence number of a subject; 0 without events."""
        if subject not in self._highest:
            highest = self._connection.execute(_HIGHEST, {"subject": subject}).scalar_one()
            self._highest[subject] = highest or 0
        return self._highest[subject]

    def add(self, events: Sequence[tuple[Event, Acknowledgement]]) -> None:
        """Add events of one subject, none of them known."""
        for event, acknowledgement in events:
            self.by_id[event.subject, event.event_id] = _replayed(acknowledgement)
            self.sequences.add((event.subject, event.sequence))
            self._highest[event.subject] = max(self.highest(event.subject), event.sequence)
            self.rows.append(_row(event, acknowledgement))


def _judge(record: _Record, arrival: Arrival) -> Verdict:
    """Add a batch to the record if nothing in it contradicts the record or the batch itself."""
    faults: list[EventFault] = []
    acknowledgements: list[Acknowledgement] = []
    new: dict[str, tuple[Event, Acknowledgement]] = {}
    new_sequences: set[int] = set()
    for index, event in enumerate(arrival.events):
        known = record.by_id.get((event.subject, event.event_id))
        if known is None and event.event_id in new:
            # A second copy in the same batch is a replay of the first.
            known = _replayed(new[event.event_id][1])
        if known is not None and known.hash != event.hash:
            faults.append(_other_body(index, event))
        elif known is not None:
            acknowledgements.append(known)
        elif (event.subject, event.sequence) in record.sequences or event.sequence in new_sequences:
            faults.append(_forked(index, event))
        else:
            acknowledgement = Acknowledgement(
                event_id=event.event_id,
                hash=event.hash,
                received_at=arrival.received_at,
                outcome="stored",
                late=event.sequence < record.highest(event.subject),
                clock_skew_ms=arrival.clock_skew_ms,
            )
            acknowledgements.append(acknowledgement)
            new[event.event_id] = (event, acknowledgement)
            new_sequences.add(event.sequence)
    if faults:
        return Contradicted(faults)
    record.add(list(new.values()))
    return Taken(acknowledgements)


def _answered(row: RowMapping) -> Acknowledgement:
    return Acknowledgement(
        event_id=row["event_id"],
        hash=row["hash"],
        received_at=row["received_at"],
        outcome="replayed",
        late=row["late"],
        clock_skew_ms=row["clock_skew_ms"],
    )


def _replayed(first: Acknowledgement) -> Acknowledgement:
    return msgspec.structs.replace(first, outcome="replayed")


def _row(event: Event, acknowledgement: Acknowledgement) -> Mapping[str, Any]:
    return {
        "subject": event.subject,
        "sequence": event.sequence,
        "event_id": event.event_id,
        "hash": event.hash,
        "body": canonical(event.to_json()).decode(),
        "received_at": acknowledgement.received_at,
        "late": acknowledgement.late,
        "clock_skew_ms": acknowledgement.clock_skew_ms,
    }


def _other_body(index: int, event: Event) -> EventFault:
    return EventFault(
        index=index,
        event_id=event.event_id,
        code="other-body",
        reason="this id is known with another hash",
    )


def _forked(index: int, event: Event) -> EventFault:
    return EventFault(
        index=index,
        event_id=event.event_id,
        code="forked-record",
        reason=f"sequence number {event.sequence} belongs to another event of this subject",
    )


def utc_milliseconds(moment: datetime) -> str:
    """A moment as it is stored and answered, for example ``2021-11-01T08:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
