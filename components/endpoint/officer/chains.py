"""The walk along every chain of events: is each body what its hash says, does each follow the last.

Subject by subject and by sequence number, a stretch at a time. A stretch begins with the last event
of the one before, so that the link across the border is looked at too. Erased events keep their
hashes, so the chain around them still holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, tuple_

from ...consent.event import GENESIS, Event, MalformedEvent, digest
from ..messages import Subject
from ..schema import ERASURES, EVENTS
from .messages import ChainFault, ChainFaultKind, ChainGap, CheckedChains, Sequence
from .paging import next_word

_LONGEST_REASON = 200


class ChainKey(NamedTuple):
    """The last event that was looked at."""

    subject: Subject
    sequence: Sequence


class _Stored(NamedTuple):
    """A row, as far as the walk looks at it."""

    subject: str
    sequence: int
    event_id: str
    hash: str
    previous_hash: str
    target: str | None
    status: str | None
    body: str | None
    erased_at: str | None


def check_chains(
    connection: Connection, subject: str | None, after: ChainKey | None, limit: int
) -> CheckedChains:
    """Look at up to ``limit`` events, in the order of subject and sequence number.

    Args:
        connection: In any transaction.
        subject: Only this subject; None for all.
        after: The last event of the stretch before.
        limit: Most events.
    """
    before = None if after is None else _row_at(connection, after)
    rows = _rows(connection, subject, after, limit)
    walk = _Walk(before, after)
    for row in rows:
        walk.look_at(row)
    last = rows[-1] if len(rows) == limit else None
    return CheckedChains(
        subjects=walk.subjects,
        events=len(rows),
        erased=walk.erased,
        faults=walk.faults,
        gaps=walk.gaps,
        next=None if last is None else next_word(ChainKey(last.subject, last.sequence)),
    )


_COLUMNS = select(
    EVENTS.c.subject,
    EVENTS.c.sequence,
    EVENTS.c.event_id,
    EVENTS.c.hash,
    EVENTS.c.previous_hash,
    EVENTS.c.target,
    EVENTS.c.status,
    EVENTS.c.body,
    ERASURES.c.erased_at,
).select_from(EVENTS.outerjoin(ERASURES, ERASURES.c.subject == EVENTS.c.subject))


def _rows(
    connection: Connection, subject: str | None, after: ChainKey | None, limit: int
) -> list[_Stored]:
    wanted = _COLUMNS.order_by(EVENTS.c.subject, EVENTS.c.sequence).limit(limit)
    if subject is not None:
        wanted = wanted.where(EVENTS.c.subject == subject)
    if after is not None:
        wanted = wanted.where(tuple_(EVENTS.c.subject, EVENTS.c.sequence) > tuple_(*after))
    return [_Stored(*row) for row in connection.execute(wanted)]


def _row_at(connection: Connection, key: ChainKey) -> _Stored | None:
    wanted = _COLUMNS.where(EVENTS.c.subject == key.subject, EVENTS.c.sequence == key.sequence)
    found = connection.execute(wanted).one_or_none()
    return None if found is None else _Stored(*found)


class _Walk:
    """Goes from event to event and remembers the last one."""

    def __init__(self, before: _Stored | None, after: ChainKey | None) -> None:
        self._before = before
        self._known = None if after is None else after.subject
        self.subjects = 0
        self.erased = 0
        self.faults: list[ChainFault] = []
        self.gaps: list[ChainGap] = []

    def look_at(self, row: _Stored) -> None:
        """The next event."""
        if row.subject != self._known:
            self._known, self._before = row.subject, None
            self.subjects += 1
        self.erased += row.body is None
        for kind, reason in (*self._link_faults(row), *_body_faults(row)):
            self.faults.append(
                ChainFault(row.subject, row.sequence, kind, reason[:_LONGEST_REASON])
            )
        self._before = row

    def _link_faults(self, row: _Stored) -> Iterator[tuple[ChainFaultKind, str]]:
        expected = 1 if self._before is None else self._before.sequence + 1
        if row.sequence != expected:
            self.gaps.append(ChainGap(row.subject, expected, row.sequence - 1))
            if row.previous_hash == GENESIS:
                yield ChainFaultKind.BROKEN_LINK, "it claims to be the first event"
            return
        previous = GENESIS if self._before is None else self._before.hash
        if row.previous_hash != previous:
            yield (
                ChainFaultKind.BROKEN_LINK,
                "previous_hash is not the hash of the event before it"
                if row.sequence > 1
                else "a first event follows 64 zeros",
            )


def _body_faults(row: _Stored) -> Iterator[tuple[ChainFaultKind, str]]:
    if row.body is None:
        if row.erased_at is None:
            yield ChainFaultKind.BODY_MISSING, "the subject's record was never erased"
        return
    if row.erased_at is not None:
        yield ChainFaultKind.BODY_KEPT, f"the subject's record was erased at {row.erased_at}"
    try:
        body = json.loads(row.body)
        if not isinstance(body, dict):
            raise MalformedEvent("an event is a JSON object")
        if digest(body) != row.hash:
            yield ChainFaultKind.OTHER_HASH, "the body does not have the hash that was acknowledged"
            return
        event = Event.from_json(body)
    except MalformedEvent as error:
        yield ChainFaultKind.BODY_UNREADABLE, str(error)
        return
    except (ValueError, RecursionError):
        yield ChainFaultKind.BODY_UNREADABLE, "the body is no JSON"
        return
    differing = [name for name, value in _columns_of(event) if getattr(row, name) != value]
    if differing:
        yield ChainFaultKind.OTHER_COLUMNS, f"differs from the body: {', '.join(differing)}"


def _columns_of(event: Event) -> Iterator[tuple[str, Any]]:
    yield "subject", event.subject
    yield "sequence", event.sequence
    yield "event_id", event.event_id
    yield "previous_hash", event.previous_hash
    yield "target", str(event.target)
    yield "status", event.status.value
