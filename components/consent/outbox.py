"""What is still to be sent, in the same file as the record and in the same transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .chain import read_event, read_link
from .event import Event
from .fold import Witnesses
from .ledger_errors import told_apart
from .others import witness_of, written
from .store_file import StoreFile

TRIMMED = "a later choice about the same thing waits too"
"""The reason of what :meth:`Outbox.trim` leaves out."""


class Delivery(StrEnum):
    """How far an event has come.

    ``PENDING``: saved here, not yet sent. ``SENT``: on its way, no answer yet. ``ACKNOWLEDGED``:
    the endpoint has it durably. ``REJECTED``: the endpoint will not take it, with its reason.
    ``SUPERSEDED``: it is not sent any more; it stays in the record here.
    """

    PENDING = "pending"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Rejection:
    """An event that the endpoint would not take, and why.

    Attributes:
        event: The event; it stays in the record.
        code: The endpoint's code for the fault, such as ``other-body``; empty if it gave none.
        reason: In the endpoint's words.
    """

    event: Event
    code: str
    reason: str


def enqueue(
    connection: sqlite3.Connection, event: Event, state: Delivery = Delivery.PENDING
) -> None:
    """Queue an event; called by the ledger inside the event's own transaction."""
    connection.execute(
        "INSERT INTO outbox (sequence, state) VALUES (?, ?)", (event.sequence, state.value)
    )


class Outbox:
    """The queue of one ledger. Made by the ledger.

    Every method raises LedgerError where the store cannot be read or written now.

    Args:
        file: The ledger's store.
    """

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def claim(self, limit: int) -> list[Event]:
        """The oldest unsettled events, in order, now marked as sent.

        Events that were sent without an answer (the process died, the network failed) are claimed
        again: the endpoint knows them by their id and answers a second time as it did the first.
        """
        rows = self._events(
            "SELECT e.sequence, e.body, o.state, NULL FROM outbox o JOIN events e USING (sequence)"
            " WHERE o.state IN ('pending', 'sent') ORDER BY o.sequence LIMIT ?",
            limit,
        )
        events = [event for event, *_ in rows]
        self._settle([event.sequence for event in events], Delivery.SENT)
        return events

    def acknowledge(self, events: Sequence[Event], witnesses: Witnesses | None = None) -> None:
        """The endpoint has these durably.

        Args:
            events: The events.
            witnesses: What it said about their times, by event id, as far as it did; it decides
                between installations whose clocks differ.
        """
        if not events or self._file.reading() is None:
            return
        known = witnesses or {}
        with self._file.writing() as connection:
            connection.executemany(
                "UPDATE outbox SET state = 'acknowledged', received_at = ?, clock_skew_ms = ?"
                " WHERE sequence = ? AND state IN ('pending', 'sent')",
                [(*written(known.get(event.event_id)), event.sequence) for event in events],
            )

    def reject(self, event: Event, reason: str, code: str = "") -> None:
        """The endpoint will not take this one; it is not sent again.

        Args:
            event: The event.
            reason: Why, in the endpoint's words.
            code: Why, as the endpoint's code for the fault.
        """
        self._settle([event.sequence], Delivery.REJECTED, reason, code)

    def supersede(self, events: Sequence[Event], reason: str) -> None:
        """These are not to be sent any more; they stay in the record."""
        self._settle([event.sequence for event in events], Delivery.SUPERSEDED, reason)

    def release(self, events: Sequence[Event]) -> None:
        """No answer came; these are to be sent again."""
        self._settle([event.sequence for event in events], Delivery.PENDING)

    def trim(self, limit: int) -> int:
        """Keep the queue bounded: of more than ``limit`` waiting events the oldest are left out.

        Left out (superseded) is only what was not sent yet and has a later event about the same
        target waiting behind it, so the last word on everything is always sent. The queue may
        therefore stay longer than the limit: by as many targets as there are.

        Returns:
            How many were left out.
        """
        if self.unsettled() <= limit:
            return 0
        with self._file.writing() as connection:
            rows = connection.execute(
                "SELECT e.sequence, e.body, o.state FROM outbox o JOIN events e USING (sequence)"
                " WHERE o.state IN ('pending', 'sent') ORDER BY o.sequence"
            ).fetchall()
            targets = [read_link(sequence, body).target for sequence, body, _ in rows]
            last = {target: place for place, target in enumerate(targets)}
            old = [
                sequence
                for place, (sequence, _, state) in enumerate(rows)
                if state == Delivery.PENDING and place < last[targets[place]]
            ][: len(rows) - limit]
            _mark(connection, old, Delivery.SUPERSEDED, TRIMMED, None)
        return len(old)

    def counts(self) -> dict[Delivery, int]:
        """How many events are in each state."""
        rows = self._rows(
            # Each is counted in an index that holds nothing else. What is acknowledged, nearly
            # everything in the end, is what remains of the numbers given so far.
            "SELECT"
            " (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sent')),"
            " (SELECT count(*) FROM outbox WHERE state = 'sent'),"
            " (SELECT count(*) FROM outbox WHERE state = 'rejected'),"
            " (SELECT count(*) FROM outbox WHERE state = 'superseded'),"
            " (SELECT coalesce(max(sequence), 0) FROM outbox)"
            " - (SELECT coalesce(sum(last - first + 1), 0) FROM gaps)"
        )
        unsettled, sent, rejected, superseded, all_ = rows[0] if rows else (0, 0, 0, 0, 0)
        return {
            Delivery.PENDING: unsettled - sent,
            Delivery.SENT: sent,
            Delivery.ACKNOWLEDGED: all_ - unsettled - rejected - superseded,
            Delivery.REJECTED: rejected,
            Delivery.SUPERSEDED: superseded,
        }

    def unsettled(self) -> int:
        """How many events the endpoint has not answered about and that are still to be sent."""
        rows = self._rows("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sent')")
        return int(rows[0][0]) if rows else 0

    def rejections(self) -> list[Rejection]:
        """Every event that was rejected, oldest first."""
        rows = self._events(
            "SELECT e.sequence, e.body, o.code, o.reason FROM outbox o JOIN events e"
            " USING (sequence) WHERE o.state = 'rejected' ORDER BY o.sequence"
        )
        return [Rejection(event, code or "", reason or "") for event, code, reason in rows]

    def superseded_for(self, reason: str) -> int:
        """How many events are not sent any more for a reason."""
        rows = self._rows(
            "SELECT count(*) FROM outbox WHERE state = 'superseded' AND reason = ?", reason
        )
        return int(rows[0][0]) if rows else 0

    def last_received_at(self) -> datetime | None:
        """When the endpoint took the newest event that it has, by its clock; None if it has none
        or never said.

        Raises:
            LedgerDamaged: What is stored is no time.
        """
        rows = self._rows(
            "SELECT received_at, clock_skew_ms FROM outbox"
            " WHERE state = 'acknowledged' ORDER BY sequence DESC LIMIT 1"
        )
        witness = witness_of(*rows[0]) if rows else None
        return None if witness is None else witness.received_at

    def deliveries(self, first: int = 1, last: int | None = None) -> dict[int, Delivery]:
        """How far each event has come, by sequence number.

        Args:
            first: The lowest number to tell about.
            last: The highest; None for all that there are.
        """
        return {
            sequence: Delivery(state)
            for sequence, state in self._rows(
                "SELECT sequence, state FROM outbox WHERE sequence BETWEEN ? AND ?",
                first,
                2**62 if last is None else last,
            )
        }

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = self._file.reading()
        if connection is None:
            return []
        with told_apart(self._file.path):
            return connection.execute(statement, values).fetchall()

    def _events(self, statement: str, *values: object) -> list[tuple[Event, Any, Any]]:
        """Rows of a number, a body and two more, the first two read as an event."""
        return [
            (read_event(sequence, body), one, other)
            for sequence, body, one, other in self._rows(statement, *values)
        ]

    def _settle(
        self,
        sequences: Sequence[int],
        state: Delivery,
        reason: str | None = None,
        code: str | None = None,
    ) -> None:
        if not sequences or self._file.reading() is None:
            return
        # One transaction for all: a batch costs one sync of the disk, not one an event.
        with self._file.writing() as connection:
            _mark(connection, sequences, state, reason, code)


def _mark(
    connection: sqlite3.Connection,
    sequences: Sequence[int],
    state: Delivery,
    reason: str | None,
    code: str | None,
) -> None:
    connection.executemany(
        # What is settled stays settled, whatever a late answer says.
        "UPDATE outbox SET state = ?, reason = ?, code = ?"
        " WHERE sequence = ? AND state IN ('pending', 'sent')",
        [(state.value, reason, code, sequence) for sequence in sequences],
    )
