"""This installation's own events in the store: added, read in order, read page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from .chain import ANY_GAP, Gap, link_of, read_chain, read_event, read_link
from .checkpoint import OWN, Checkpoint
from .event import Event, MalformedEvent, Target, canonical
from .fold import Witnesses
from .identity import subject_of
from .ledger_errors import LedgerDamaged, LedgerError, NotInChain
from .others import written
from .outbox import Delivery, enqueue

_PAGE = "SELECT sequence, body FROM events WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"
_ABOUT = (
    # Bodies are canonical JSON, in which a quotation mark inside a text is written otherwise.
    "SELECT sequence, body FROM events WHERE sequence < ? AND instr(body, ?) > 0"
    " ORDER BY sequence DESC LIMIT ?"
)
_USED = (
    "SELECT EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM identity)"
    " OR EXISTS (SELECT 1 FROM others)"
)


def insert(connection: sqlite3.Connection, event: Event, delivery: Delivery) -> None:
    """Add an event and its place in the outbox; called inside a writing transaction."""
    connection.execute(
        "INSERT INTO events (sequence, event_id, body) VALUES (?, ?, ?)",
        (event.sequence, event.event_id, canonical(event.to_json()).decode()),
    )
    enqueue(connection, event, delivery)


def gaps_of(connection: sqlite3.Connection) -> frozenset[Gap]:
    """Numbers that the record never had, because it was restored without them."""
    return frozenset(connection.execute("SELECT first, last FROM gaps").fetchall())


def since(connection: sqlite3.Connection, after: int) -> list[Event]:
    """The events with a number above ``after``, in order.

    Raises:
        LedgerDamaged: An event does not read back as one, or does not follow the one before.
    """
    # The one at ``after`` is read too, as a link: the next has to follow it.
    rows = connection.execute(OWN.since, {"sequence": after}).fetchall()
    gaps = gaps_of(connection)
    before = None
    if rows:
        number = rows[0][0]
        if number == after:
            before = read_link(*rows.pop(0))
        elif number > 1 and not any(
            first <= max(after, 1) and last == number - 1 for first, last in gaps
        ):
            raise LedgerDamaged(f"event {max(after, 1)} is missing")
    return read_chain(rows, gaps, before)


def page(connection: sqlite3.Connection, before: int | None, limit: int) -> list[Event]:
    """Up to ``limit`` events with a number below ``before``, the newest first.

    Raises:
        LedgerDamaged: As :func:`since`.
    """
    rows = connection.execute(_PAGE, (2**62 if before is None else before, limit)).fetchall()
    return read_chain(rows[::-1], gaps_of(connection))[::-1]


def page_about(
    connection: sqlite3.Connection, target: Target, before: int | None, limit: int
) -> list[Event]:
    """Up to ``limit`` events on one target with a number below ``before``, the newest first.

    Each is held against its own hash; that none is missing between them cannot be told.

    Raises:
        LedgerDamaged: One does not read back as the event that was written.
    """
    written_as = f'"target":"{target}"'
    rows = connection.execute(_ABOUT, (2**62 if before is None else before, written_as, limit))
    return [read_event(sequence, body) for sequence, body in rows]


def event_by_id(connection: sqlite3.Connection, event_id: str) -> Event | None:
    """The event with an id; None if there is none.

    Raises:
        LedgerDamaged: It does not read back as the event that was written.
    """
    row = connection.execute(
        "SELECT sequence, body FROM events WHERE event_id = ?", (event_id,)
    ).fetchone()
    return None if row is None else read_event(*row)


def begin_as(
    connection: sqlite3.Connection, secret: str, events: Sequence[Event], witnesses: Witnesses
) -> None:
    """Begin a record as an installation that exists; called inside a writing transaction.

    Raises:
        LedgerError: There is something already.
        NotInChain: The events are not this installation's, or contradict one another.
        ValueError: That is no secret.
    """
    if connection.execute(_USED).fetchone()[0]:
        raise LedgerError("something was recorded here before")
    subject = subject_of(secret)
    connection.execute(
        "INSERT INTO identity (only, secret, subject) VALUES (1, ?, ?)", (secret, subject)
    )
    checkpoint = Checkpoint(subject)
    ordered = sorted(events, key=lambda event: event.sequence)
    try:
        read_chain(
            ((event.sequence, canonical(event.to_json()).decode()) for event in ordered), ANY_GAP
        )
    except (LedgerDamaged, MalformedEvent) as error:
        raise NotInChain(str(error)) from error
    for event in ordered:
        if event.subject != subject:
            raise NotInChain(f"event {event.sequence} is another installation's")
        if event.sequence > checkpoint.sequence + 1:
            # What was never sent, or was refused, is not at the endpoint.
            connection.execute(
                "INSERT INTO gaps (first, last) VALUES (?, ?)",
                (checkpoint.sequence + 1, event.sequence - 1),
            )
        insert(connection, event, Delivery.ACKNOWLEDGED)
        connection.execute(
            "UPDATE outbox SET received_at = ?, clock_skew_ms = ? WHERE sequence = ?",
            (*written(witnesses.get(event.event_id)), event.sequence),
        )
        checkpoint.add(link_of(event))
    if ordered:
        checkpoint.write(connection)
