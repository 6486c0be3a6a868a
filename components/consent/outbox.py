"""What is still to be sent, in the same file as the record and in the same transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .chain import read_event
from .event import Event
from .ledger_errors import told_apart

OUTBOX_SCHEMA = (
    """
    CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
        state TEXT NOT NULL,
        reason TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_unsettled ON outbox (sequence) WHERE state IN ('pending', 'sent')",
)


class Delivery(StrEnum):
    """How far an event has come.

    ``PENDING``: saved here, not yet sent. ``SENT``: on its way, no answer yet. ``ACKNOWLEDGED``:
    the endpoint has it durably. ``REJECTED``: the endpoint will not take it, with its reason.
    """

    PENDING = "pending"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Rejection:
    """An event that the endpoint would not take, and why, in its words."""

    event: Event
    reason: str


def enqueue(connection: sqlite3.Connection, event: Event) -> None:
    """Queue an event; called by the ledger inside the event's own transaction."""
    connection.execute(
        "INSERT INTO outbox (sequence, state) VALUES (?, ?)",
        (event.sequence, Delivery.PENDING.value),
    )


class Outbox:
    """The queue of one ledger. Made by the ledger.

    Every method raises LedgerError where the store cannot be read or written now.

    Args:
        path: The store's file, to name in errors.
        connection: Gives the ledger's connection, or None while there is nothing to send.
    """

    def __init__(self, path: Path, connection: Callable[[], sqlite3.Connection | None]) -> None:
        self._path = path
        self._connection = connection

    def claim(self, limit: int) -> list[Event]:
        """The oldest unsettled events, in order, now marked as sent.

        Events that were sent without an answer (the process died, the network failed) are claimed
        again: the endpoint knows them by their id and answers a second time as it did the first.
        """
        rows = self._events(
            "SELECT e.sequence, e.body, o.state FROM outbox o JOIN events e USING (sequence)"
            " WHERE o.state IN ('pending', 'sent') ORDER BY o.sequence LIMIT ?",
            limit,
        )
        events = [event for event, _ in rows]
        self._set(events, Delivery.SENT)
        return events

    def acknowledge(self, events: Sequence[Event]) -> None:
        """The endpoint has these durably."""
        self._set(events, Delivery.ACKNOWLEDGED)

    def reject(self, event: Event, reason: str) -> None:
        """The endpoint will not take this one; it is not sent again."""
        self._set([event], Delivery.REJECTED, reason)

    def release(self, events: Sequence[Event]) -> None:
        """No answer came; these are to be sent again."""
        self._set(events, Delivery.PENDING)

    def counts(self) -> dict[Delivery, int]:
        """How many events are in each state."""
        found = dict(self._rows("SELECT state, count(*) FROM outbox GROUP BY state"))
        return {delivery: found.get(delivery.value, 0) for delivery in Delivery}

    def unsettled(self) -> int:
        """How many events the endpoint has not answered about."""
        counts = self.counts()
        return counts[Delivery.PENDING] + counts[Delivery.SENT]

    def rejections(self) -> list[Rejection]:
        """Every event that was rejected, oldest first."""
        rows = self._events(
            "SELECT e.sequence, e.body, o.reason FROM outbox o JOIN events e USING (sequence)"
            " WHERE o.state = 'rejected' ORDER BY o.sequence"
        )
        return [Rejection(event, reason) for event, reason in rows]

    def deliveries(self) -> dict[int, Delivery]:
        """How far each event has come, by sequence number."""
        return {
            sequence: Delivery(state)
            for sequence, state in self._rows("SELECT sequence, state FROM outbox")
        }

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = self._connection()
        if connection is None:
            return []
        with told_apart(self._path):
            return connection.execute(statement, values).fetchall()

    def _events(self, statement: str, *values: object) -> list[tuple[Event, Any]]:
        """Rows of a number, a body and something else, the first two read as an event."""
        return [
            (read_event(sequence, body), rest)
            for sequence, body, rest in self._rows(statement, *values)
        ]

    def _set(self, events: Sequence[Event], state: Delivery, reason: str | None = None) -> None:
        connection = self._connection()
        if connection is None or not events:
            return
        with told_apart(self._path), connection:
            # One transaction for all: a batch costs one sync of the disk, not one an event.
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                # What is settled stays settled, whatever a late answer says.
                "UPDATE outbox SET state = ?, reason = ?"
                " WHERE sequence = ? AND state IN ('pending', 'sent')",
                [(state.value, reason, event.sequence) for event in events],
            )
