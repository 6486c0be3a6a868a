"""What is made of a batch: taken, or refused because it contradicts the record or itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from .additions import Row
from .entries import Entry
from .lookups import Stored, look_around, look_at_ends
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
    events: Sequence[Entry]
    received_at: str
    clock_skew_ms: int | None


@dataclass(frozen=True)
class Taken:
    """Every event of the batch is durable; one acknowledgement each, in the batch's order."""

    acknowledgements: list[Acknowledgement]


@dataclass(frozen=True)
class Contradicted:
    """Events of the batch contradict the record or each other; nothing was stored."""

    faults: Sequence[EventFault]


@dataclass(frozen=True)
class RecordErased:
    """The subject's record was erased, ``at`` that moment; nothing was stored."""

    at: str


Verdict = Taken | Contradicted | RecordErased


class Search(Enum):
    """What is looked for in the record before batches are judged."""

    UNCLEAR = "unclear"
    """What lies around the events of batches that do not simply go on where a record ends."""

    ALL = "all"
    """What lies around every event."""


_First = Stored | Acknowledgement
"""How an event was answered the first time: earlier, or in this transaction."""

_Link = Stored | Entry
"""One event as its neighbours see it: its hash, and the one before it."""


class Known:
    """What is stored, as far as some batches touch it, and what they add.

    Args:
        connection: In the transaction that is to store the batches.
        arrivals: The batches.
        search: Whether ids are looked for that have come before. Where they are not, a batch that
            goes on where its record ends is taken to have new ones; the table's key refuses those
            that are not.
    """

    def __init__(self, connection: Connection, arrivals: Sequence[Arrival], search: Search) -> None:
        self._by_id: dict[tuple[str, str], _First] = {}
        self._links: dict[tuple[str, int], _Link] = {}
        self.rows: list[Row] = []
        ends = look_at_ends(connection, {arrival.subject for arrival in arrivals})
        self._erased = ends.erased
        self._highest = {arrival.subject: 0 for arrival in arrivals}
        self._highest |= {subject: last.sequence for subject, last in ends.last.items()}
        self._know(ends.last.values())
        unclear = arrivals if search is Search.ALL else _not_at_the_end(arrivals, ends.last)
        if unclear:
            events = [entry for arrival in unclear for entry in arrival.events]
            self._know(look_around(connection, events))

    def _know(self, events: Iterable[Stored]) -> None:
        for stored in events:
            self._by_id[stored.subject, stored.event_id] = stored
            self._links[stored.subject, stored.sequence] = stored

    def judge(self, arrival: Arrival) -> Verdict:
        """Add a batch, if nothing in it contradicts the record or the batch itself."""
        if arrival.subject in self._erased:
            return RecordErased(self._erased[arrival.subject])
        batch = _Batch(self, arrival)
        if batch.faults:
            return Contradicted(sorted(batch.faults, key=lambda fault: fault.index))
        self._add(batch.new.values())
        return Taken(batch.acknowledgements)

    def answered(self, entry: Entry) -> _First | None:
        """How an id was answered; None for a new one."""
        return self._by_id.get((entry.subject, entry.event_id))

    def link(self, subject: str, sequence: int) -> _Link | None:
        """The event of a number; None if there is none."""
        return self._links.get((subject, sequence))

    def highest(self, subject: str) -> int:
        """The highest sequence number of a subject; 0 without events."""
        return self._highest[subject]

    def _add(self, events: Iterable[tuple[Entry, Acknowledgement]]) -> None:
        for entry, acknowledgement in events:
            self._by_id[entry.subject, entry.event_id] = acknowledgement
            self._links[entry.subject, entry.sequence] = entry
            if entry.sequence > self._highest[entry.subject]:
                self._highest[entry.subject] = entry.sequence
            self.rows.append(row_of(entry, acknowledgement))


def _not_at_the_end(arrivals: Iterable[Arrival], last: Mapping[str, _Link]) -> list[Arrival]:
    """The batches that are more than the next events of their record, each after the other."""
    unclear = []
    ends = dict(last)
    for arrival in arrivals:
        end = ends.get(arrival.subject)
        for entry in arrival.events:
            if not _follows(entry, end):
                unclear.append(arrival)
                break
            end = entry
        else:
            if end is not None:
                ends[arrival.subject] = end
    return unclear


def _follows(entry: Entry, end: _Link | None) -> bool:
    """Whether an event is the next of a record that ends so; None for one without events."""
    if end is None:
        return entry.sequence == 1
    return (entry.sequence, entry.previous_hash) == (end.sequence + 1, end.hash)


class _Batch:
    """One batch, event by event: those that are new, and what is wrong."""

    def __init__(self, known: Known, arrival: Arrival) -> None:
        self._known = known
        self._arrival = arrival
        self._highest = known.highest(arrival.subject)
        self._numbers: dict[int, Entry] = {}
        self.faults: list[EventFault] = []
        self.acknowledgements: list[Acknowledgement] = []
        self.new: dict[str, tuple[Entry, Acknowledgement]] = {}
        added = [index for index, entry in enumerate(arrival.events) if self._take(index, entry)]
        # Only now: the events of a batch may stand in any order.
        for index in added:
            self._hold_against_neighbours(index, arrival.events[index])

    def _take(self, index: int, entry: Entry) -> bool:
        """Whether an event is new, and may be added as far as it itself goes."""
        first = self._known.answered(entry)
        if first is None and entry.event_id in self.new:
            # A second copy in the same batch is a replay of the first.
            first = self.new[entry.event_id][1]
        if first is not None:
            if first.hash != entry.hash:
                self._refuse(index, entry, "other-body", "this id is known with another hash")
            self.acknowledgements.append(replayed(first))
            return False
        if self._link(entry.sequence) is not None:
            self._refuse(
                index,
                entry,
                "forked-record",
                f"sequence number {entry.sequence} belongs to another event of this subject",
            )
            return False
        acknowledgement = Acknowledgement(
            event_id=entry.event_id,
            hash=entry.hash,
            received_at=self._arrival.received_at,
            outcome="stored",
            late=entry.sequence < self._highest,
            clock_skew_ms=self._arrival.clock_skew_ms,
        )
        self.acknowledgements.append(acknowledgement)
        self.new[entry.event_id] = (entry, acknowledgement)
        self._numbers[entry.sequence] = entry
        return True

    def _hold_against_neighbours(self, index: int, entry: Entry) -> None:
        before = self._link(entry.sequence - 1)
        after = self._known.link(entry.subject, entry.sequence + 1)
        if before is not None and before.hash != entry.previous_hash:
            said = f"its previous_hash is not the hash of event {entry.sequence - 1}"
        elif after is not None and after.previous_hash != entry.hash:
            said = f"event {entry.sequence + 1} follows an event with another hash"
        else:
            return
        self._refuse(index, entry, "broken-chain", said)

    def _link(self, number: int) -> _Link | None:
        return self._numbers.get(number) or self._known.link(self._arrival.subject, number)

    def _refuse(self, index: int, entry: Entry, code: FaultCode, reason: str) -> None:
        self.faults.append(EventFault(index, entry.event_id, code, reason))


def replayed(first: _First) -> Acknowledgement:
    """The answer to what is sent again: the first one, but for the outcome."""
    return Acknowledgement(
        event_id=first.event_id,
        hash=first.hash,
        received_at=first.received_at,
        outcome="replayed",
        late=first.late,
        clock_skew_ms=first.clock_skew_ms,
    )


def row_of(entry: Entry, acknowledgement: Acknowledgement) -> Row:
    """An event and its answer as a row of the table."""
    return Row(
        subject=entry.subject,
        sequence=entry.sequence,
        event_id=entry.event_id,
        hash=entry.hash,
        previous_hash=entry.previous_hash,
        target=entry.target,
        status=entry.status,
        body=entry.body,
        received_at=acknowledgement.received_at,
        late=acknowledgement.late,
        clock_skew_ms=acknowledgement.clock_skew_ms,
    )
