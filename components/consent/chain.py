"""Stored events read back, each held against itself and against the one before it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from .event import Event, MalformedEvent
from .ledger_errors import LedgerDamaged

Gap = tuple[int, int]
"""The first and the last of some numbers that a record never had."""

ANY_GAP: Collection[Gap] | None = None
"""For the copy of another installation's record: what was never sent is not missed."""

# Of the canonical JSON of an event. No text in it can look like this: its quotes are escaped.
_HASH = re.compile(r'"hash":"([0-9a-f]{64})",')
_END = re.compile(
    r'"previous_hash":"([0-9a-f]{64})","sequence":([1-9][0-9]{0,15}),"status":"([a-z]+)"'
    r',"subject":"([A-Za-z0-9_-]{43})","target":"([a-z0-9:-]+)"\}\Z'
)


class Link(NamedTuple):
    """What a chain is made of, and what a fold needs to know: one event without its words.

    ``target`` and ``status`` are as they stand in its JSON.
    """

    subject: str
    sequence: int
    hash: str
    previous_hash: str
    target: str
    status: str


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


def link_of(event: Event) -> Link:
    """An event as a link of its chain."""
    return Link(
        event.subject,
        event.sequence,
        event.hash,
        event.previous_hash,
        str(event.target),
        event.status.value,
    )


def read_link(sequence: int, body: str) -> Link:
    """Read one stored event as a link; a tenth of the work of :func:`read_event`.

    A body whose bytes without the hash have that hash is, to the byte, what was hashed when the
    event was made and checked. Anything else is read in full.

    Raises:
        LedgerDamaged: As :func:`read_event`.
    """
    found = _HASH.search(body) if isinstance(body, str) else None
    end = _END.search(body, body.rfind('"previous_hash"')) if found else None
    if found is None or end is None or int(end[2]) != sequence:
        return link_of(read_event(sequence, body))
    rest = body[: found.start()] + body[found.end() :]
    if hashlib.sha256(rest.encode()).hexdigest() != found[1]:
        return link_of(read_event(sequence, body))
    return Link(end[4], sequence, found[1], end[1], end[5], end[3])


def check_follows(before: Link, link: Link, gaps: Collection[Gap] | None = ()) -> None:
    """Raise unless a link is the next one of the same chain.

    Args:
        before: The link that is stored before it.
        link: The link.
        gaps: Where numbers may be missing; None for anywhere.

    Raises:
        LedgerDamaged: A number is missing, the hash is not the one before's, or it is another
            installation's.
    """
    if link.subject == before.subject:
        if link.sequence == before.sequence + 1 and link.previous_hash == before.hash:
            return
        missing = (before.sequence + 1, link.sequence - 1)
        if missing[0] <= missing[1] and (gaps is None or missing in gaps):
            return
    raise LedgerDamaged(f"event {link.sequence} does not follow event {before.sequence}")


def check_beginning(link: Link, gaps: Collection[Gap] | None) -> None:
    """Raise LedgerDamaged if there must be an event before the first one that is stored."""
    if link.sequence > 1 and gaps is not None and (1, link.sequence - 1) not in gaps:
        raise LedgerDamaged("event 1 is missing")


def links(rows: Iterable[tuple[int, str]], gaps: Collection[Gap] | None = ()) -> Iterator[Link]:
    """Read stored events that must follow one another as links; see :func:`read_chain`."""
    before: Link | None = None
    for sequence, body in rows:
        link = read_link(sequence, body)
        if before is not None:
            check_follows(before, link, gaps)
        before = link
        yield link


def read_chain(
    rows: Iterable[tuple[int, str]],
    gaps: Collection[Gap] | None = (),
    before: Link | None = None,
) -> list[Event]:
    """Read stored events that must follow one another: ``(sequence, body)``, in order.

    Args:
        rows: The events.
        gaps: Where numbers may be missing; None for anywhere.
        before: What the first of them must follow, if that is known.

    Raises:
        LedgerDamaged: As :func:`read_event`; also for a gap, a hash that is not the one before's,
            and another installation's event.
    """
    events: list[Event] = []
    for sequence, body in rows:
        event = read_event(sequence, body)
        link = link_of(event)
        if before is not None:
            check_follows(before, link, gaps)
        before = link
        events.append(event)
    return events
