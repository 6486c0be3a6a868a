"""What is still to be sent, in the same file as the record and in the same transactions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .event import Event

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


class Outbox:
    """The queue of one ledger. Made by the ledger, on its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def enqueue(self, event: Event) -> None:
        """Queue an event; called by the ledger inside the event's own transaction."""
        self._connection.execute(
            "INSERT INTO outbox (sequence, state) VALUES (?, ?)",
            (event.sequence, Delivery.PENDING.value),
        )

    def claim(self, limit: int) -> list[Event]:
        """The oldest unsettled events, in order, now marked as sent.

        Events that were sent without an answer (the process died, the network failed) are claimed
        again: the endpoint knows them by their id and answers a second time as it did the first.
        """
        rows = self._connection.execute(
            "SELECT o.sequence, e.body FROM outbox o JOIN events e USING (sequence)"
            " WHERE o.state IN ('pending', 'sent') ORDER BY o.sequence LIMIT ?",
            (limit,),
        ).fetchall()
        self._set([row[0] for row in rows], Delivery.SENT)
        return [Event.from_json(json.loads(body)) for _, body in rows]

    def acknowledge(self, events: Sequence[Event]) -> None:
        """The endpoint has these durably."""
        self._set([event.sequence for event in events], Delivery.ACKNOWLEDGED)

    def reject(self, event: Event, reason: str) -> None:
        """The endpoint will not take this one; it is not sent again."""
        self._set([event.sequence], Delivery.REJECTED, reason)

    def release(self, events: Sequence[Event]) -> None:
        """No answer came; these are to be sent again."""
        self._set([event.sequence for event in events], Delivery.PENDING)

    def counts(self) -> dict[Delivery, int]:
        """How many events are in each state."""
        rows = self._connection.execute("SELECT state, count(*) FROM outbox GROUP BY state")
        found = {Delivery(state): number for state, number in rows}
        return {delivery: found.get(delivery, 0) for delivery in Delivery}

    def unsettled(self) -> int:
        """How many events the endpoint has not answered about."""
        counts = self.counts()
        return counts[Delivery.PENDING] + counts[Delivery.SENT]

    def rejections(self) -> list[Rejection]:
        """Every event that was rejected, oldest first."""
        rows = self._connection.execute(
            "SELECT e.body, o.reason FROM outbox o JOIN events e USING (sequence)"
            " WHERE o.state = 'rejected' ORDER BY o.sequence"
        )
        return [Rejection(Event.from_json(json.loads(body)), reason) for body, reason in rows]

    def delivery(self, event: Event) -> Delivery:
        """How far one event has come."""
        row = self._connection.execute(
            "SELECT state FROM outbox WHERE sequence = ?", (event.sequence,)
        ).fetchone()
        return Delivery(row[0])

    def _set(self, sequences: list[int], state: Delivery, reason: str | None = None) -> None:
        with self._connection:
            # One transaction for all: a batch costs one sync of the disk, not one an event.
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                # What is settled stays settled, whatever a late answer says.
                "UPDATE outbox SET state = ?, reason = ?"
                " WHERE sequence = ? AND state IN ('pending', 'sent')",
                [(state.value, reason, sequence) for sequence in sequences],
            )
