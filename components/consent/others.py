"""Copies of other installations' events in the same file: the same person, another device."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from .chain import ANY_GAP, Link, check_follows, link_of, read_chain, read_link
from .checkpoint import OTHERS, Checkpoint, rebuild, stored
from .event import Event, canonical
from .fold import Witness, Witnesses
from .ledger_errors import LedgerDamaged, NotInChain

_SUBJECTS = """
    WITH RECURSIVE each (subject) AS (
        SELECT min(subject) FROM others
        UNION ALL
        SELECT (SELECT min(subject) FROM others WHERE subject > each.subject)
        FROM each WHERE subject IS NOT NULL
    )
    SELECT subject FROM each WHERE subject IS NOT NULL
"""

_MARK = "SELECT subject, digest FROM checkpoint WHERE subject NOT IN (SELECT subject FROM identity)"
_RECEIVED = "SELECT received_at, clock_skew_ms FROM others WHERE subject = ? AND sequence = ?"
_RECEIVED_OWN = (
    "SELECT received_at, clock_skew_ms FROM outbox WHERE sequence = ?"
    " AND ? IN (SELECT subject FROM identity)"
)
_KNOWN_ID = "SELECT 1 FROM others WHERE subject = ? AND event_id = ?"

OthersMark = tuple[tuple[str, str], ...]
"""What changes whenever copies are added or removed."""


def subjects(connection: sqlite3.Connection) -> list[str]:
    """Whose events there are copies of; found by leaps, not by reading every row."""
    return [subject for (subject,) in connection.execute(_SUBJECTS)]


def highest(connection: sqlite3.Connection, subject: str) -> int:
    """The highest number that is kept of an installation; 0 for none."""
    row = connection.execute(
        "SELECT max(sequence) FROM others WHERE subject = ?", (subject,)
    ).fetchone()
    return int(row[0] or 0)


def keep(connection: sqlite3.Connection, events: Sequence[Event], witnesses: Witnesses) -> int:
    """Keep events that are not kept yet; called inside a writing transaction.

    Returns:
        How many were new.

    Raises:
        NotInChain: One contradicts what is kept, or another of them.
    """
    checkpoints: dict[str, Checkpoint] = {}
    new = 0
    for event in events:
        if not _fits(connection, event):
            continue
        if event.subject not in checkpoints:
            checkpoints[event.subject] = stored(connection, OTHERS, event.subject) or rebuild(
                connection, OTHERS, event.subject, ANY_GAP
            )
        witness = witnesses.get(event.event_id)
        connection.execute(
            "INSERT INTO others (subject, sequence, event_id, body, received_at, clock_skew_ms)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                event.subject,
                event.sequence,
                event.event_id,
                canonical(event.to_json()).decode(),
                *written(witness),
            ),
        )
        checkpoints[event.subject].add(link_of(event))
        new += 1
    for checkpoint in checkpoints.values():
        checkpoint.write(connection)
    return new


def everything(connection: sqlite3.Connection) -> list[Event]:
    """Every copy, installation by installation, each in its order.

    Raises:
        LedgerDamaged: One is no event, or contradicts the one before.
    """
    events: list[Event] = []
    for subject in subjects(connection):
        rows = connection.execute(OTHERS.since, {"subject": subject, "sequence": 0})
        events.extend(read_chain(rows, ANY_GAP))
    return events


def forget(connection: sqlite3.Connection, installations: Iterable[str]) -> None:
    """Remove the copies of some installations' events; called inside a writing transaction."""
    gone = [(subject,) for subject in installations]
    connection.executemany("DELETE FROM others WHERE subject = ?", gone)
    connection.executemany(
        "DELETE FROM checkpoint WHERE subject = ?"
        " AND subject NOT IN (SELECT subject FROM identity)",
        gone,
    )


def mark(connection: sqlite3.Connection) -> OthersMark:
    """The mark of what is kept now."""
    return tuple(connection.execute(_MARK).fetchall())


def witnesses(connection: sqlite3.Connection, events: Iterable[Event]) -> dict[str, Witness]:
    """What the endpoint said about the times of some events, own or others', by event id."""
    found: dict[str, Witness] = {}
    for event in events:
        row = (
            connection.execute(_RECEIVED, (event.subject, event.sequence)).fetchone()
            or connection.execute(_RECEIVED_OWN, (event.sequence, event.subject)).fetchone()
        )
        witness = None if row is None else witness_of(*row)
        if witness is not None:
            found[event.event_id] = witness
    return found


def written(witness: Witness | None) -> tuple[str | None, int | None]:
    """A witness as two columns."""
    if witness is None:
        return None, None
    return witness.received_at.isoformat(timespec="milliseconds"), witness.clock_skew_ms


def witness_of(received_at: str | None, clock_skew_ms: int | None) -> Witness | None:
    """What :func:`written` wrote.

    Raises:
        LedgerDamaged: It is no time.
    """
    if received_at is None:
        return None
    try:
        moment = datetime.fromisoformat(received_at)
    except ValueError as error:
        raise LedgerDamaged(str(error)) from error
    return Witness(moment, clock_skew_ms)


def _fits(connection: sqlite3.Connection, event: Event) -> bool:
    """Whether an event is new; False if it is kept already."""
    link = link_of(event)
    kept = _at(connection, event.subject, event.sequence)
    if kept is not None and kept != link:
        raise NotInChain(f"event {event.sequence} of {event.subject} is kept with another content")
    if kept is not None:
        return False
    if connection.execute(_KNOWN_ID, (event.subject, event.event_id)).fetchone() is not None:
        raise NotInChain(f"event id {event.event_id} is kept under another number")
    below = _at(connection, event.subject, event.sequence - 1)
    above = _at(connection, event.subject, event.sequence + 1)
    try:
        if below is not None:
            check_follows(below, link)
        if above is not None:
            check_follows(link, above)
    except LedgerDamaged as error:
        # What is stored is as sound as it was: what came is the fault.
        raise NotInChain(f"{event.subject}: {error}") from error
    return True


def _at(connection: sqlite3.Connection, subject: str, sequence: int) -> Link | None:
    place = {"subject": subject, "sequence": sequence}
    row = connection.execute(OTHERS.at, place).fetchone()
    return None if row is None else read_link(*row)
