"""What is made of a batch: taken, or refused because it contradicts the record or itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from ..consent.event import Event
from .lookups import erasures, look_up
from .messages import Acknowledgement, EventFault, FaultCode


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


@dataclass(frozen=True)
class RecordErased:
    """The subject's record was erased, ``at`` that moment; nothing was stored."""

    at: str


Verdict = Taken | Contradicted | RecordErased


@dataclass(frozen=True)
class _Link:
    """One event as its neighbours see it."""

    hash: str
    previous_hash: str


class Known:
    """What is stored, as far as some batches touch it, and what they add.

    Args:
        connection: In the transaction that is to store the batches.
        arrivals: The batches.
    """

    def __init__(self, connection: Connection, arrivals: Sequence[Arrival]) -> None:
        self._by_id: dict[tuple[str, str], Acknowledgement] = {}
        self._links: dict[tuple[str, int], _Link] = {}
        self._highest: dict[str, int] = {}
        self.rows: list[Mapping[str, Any]] = []
        self._erased = erasures(connection, (arrival.subject for arrival in arrivals))
        for row in look_up(connection, [event for one in arrivals for event in one.events]):
            self._by_id[row.subject, row.event_id] = _answered(row)
            self._remember(row.subject, row.sequence, row.hash, row.previous_hash)

    def judge(self, arrival: Arrival) -> Verdict:
        """Add a batch, if nothing in it contradicts the record or the batch itself."""
        if arrival.subject in self._erased:
            return RecordErased(self._erased[arrival.subject])
        batch = _Batch(self, arrival)
        if batch.faults:
            return Contradicted(sorted(batch.faults, key=lambda fault: fault.index))
        self._add(batch.new.values())
        return Taken(batch.acknowledgements)

    def acknowledged(self, event: Event) -> Acknowledgement | None:
        """How an id was answered; None for a new one."""
        return self._by_id.get((event.subject, event.event_id))

    def link(self, subject: str, sequence: int) -> _Link | None:
        """The event of a number; None if there is none."""
        return self._links.get((subject, sequence))

    def highest(self, subject: str) -> int:
        """The highest sequence number of a subject; 0 without events."""
        return self._highest.get(subject, 0)

    def _add(self, events: Iterable[tuple[Event, Acknowledgement]]) -> None:
        for event, acknowledgement in events:
            self._by_id[event.subject, event.event_id] = replayed(acknowledgement)
            self._remember(event.subject, event.sequence, event.hash, event.previous_hash)
            self.rows.append(row_of(event, acknowledgement))

    def _remember(self, subject: str, sequence: int, hash_: str, previous_hash: str) -> None:
        self._links[subject, sequence] = _Link(hash_, previous_hash)
        self._highest[subject] = max(self.highest(subject), sequence)


class _Batch:
    """One batch, event by event: those that are new, and what is wrong."""

    def __init__(self, known: Known, arrival: Arrival) -> None:
        self._known = known
        self._arrival = arrival
        self._numbers: dict[int, _Link] = {}
        self.faults: list[EventFault] = []
        self.acknowledgements: list[Acknowledgement] = []
        self.new: dict[str, tuple[Event, Acknowledgement]] = {}
        added = [index for index, event in enumerate(arrival.events) if self._take(index, event)]
        # Only now: the events of a batch may stand in any order.
        for index in added:
            self._hold_against_neighbours(index, arrival.events[index])

    def _take(self, index: int, event: Event) -> bool:
        """Whether an event is new, and may be added as far as it itself goes."""
        answered = self._known.acknowledged(event)
        if answered is None and event.event_id in self.new:
            # A second copy in the same batch is a replay of the first.
            answered = replayed(self.new[event.event_id][1])
        if answered is not None:
            if answered.hash != event.hash:
                self._refuse(index, event, "other-body", "this id is known with another hash")
            self.acknowledgements.append(answered)
            return False
        if self._link(event.sequence) is not None:
            self._refuse(
                index,
                event,
                "forked-record",
                f"sequence number {event.sequence} belongs to another event of this subject",
            )
            return False
        acknowledgement = Acknowledgement(
            event_id=event.event_id,
            hash=event.hash,
            received_at=self._arrival.received_at,
            outcome="stored",
            late=event.sequence < self._known.highest(event.subject),
            clock_skew_ms=self._arrival.clock_skew_ms,
        )
        self.acknowledgements.append(acknowledgement)
        self.new[event.event_id] = (event, acknowledgement)
        self._numbers[event.sequence] = _Link(event.hash, event.previous_hash)
        return True

    def _hold_against_neighbours(self, index: int, event: Event) -> None:
        before = self._link(event.sequence - 1)
        after = self._known.link(event.subject, event.sequence + 1)
        if before is not None and before.hash != event.previous_hash:
            said = f"its previous_hash is not the hash of event {event.sequence - 1}"
        elif after is not None and after.previous_hash != event.hash:
            said = f"event {event.sequence + 1} follows an event with another hash"
        else:
            return
        self._refuse(index, event, "broken-chain", said)

    def _link(self, number: int) -> _Link | None:
        return self._numbers.get(number) or self._known.link(self._arrival.subject, number)

    def _refuse(self, index: int, event: Event, code: FaultCode, reason: str) -> None:
        self.faults.append(EventFault(index, event.event_id, code, reason))


def replayed(first: Acknowledgement) -> Acknowledgement:
    """The answer to what is sent again: the first one, but for the outcome."""
    return msgspec.structs.replace(first, outcome="replayed")


def _answered(row: Row[Any]) -> Acknowledgement:
    return Acknowledgement(
        event_id=row.event_id,
        hash=row.hash,
        received_at=row.received_at,
        outcome="replayed",
        # SQLite has no truth values, but 0 and 1.
        late=bool(row.late),
        clock_skew_ms=row.clock_skew_ms,
    )


def row_of(event: Event, acknowledgement: Acknowledgement) -> Mapping[str, Any]:
    """An event and its answer as a row of the table."""
    return {
        "subject": event.subject,
        "sequence": event.sequence,
        "event_id": event.event_id,
        "hash": event.hash,
        "previous_hash": event.previous_hash,
        "target": str(event.target),
        "status": event.status.value,
        # RFC 8785 for what an event consists of: texts and whole numbers under ASCII names. The
        # pure-Python canonicalizer, which checked the hash, takes twenty times as long.
        "body": msgspec.json.encode(event.to_json(), order="sorted").decode(),
        "received_at": acknowledgement.received_at,
        "late": acknowledgement.late,
        "clock_skew_ms": acknowledgement.clock_skew_ms,
    }
