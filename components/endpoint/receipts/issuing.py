"""From a stored event to its receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from ...consent.event import Event, NoticeReference
from ...consent.receipts import NotOfThisPolicy, receipt, record
from ...policy.pack import Pack
from ..erasure import refuse_erased
from ..problems import Problem, ProblemKind
from ..schema import EVENTS

_PAGE = 100


@dataclass(frozen=True)
class Stored:
    """What the endpoint has of one event.

    Attributes:
        event: The event.
        received_at: When it arrived.
        words: The notice it stands on; for an event without one, the last that was shown before.
    """

    event: Event
    received_at: str
    words: NoticeReference


def find(connection: Connection, subject: str, event_id: str) -> Stored:
    """Find an event that a receipt is wanted of.

    Raises:
        Problem: 410 if the record was erased, 404 if there is no such event, or nothing tells
            which version of a policy it is about.
    """
    refuse_erased(connection, subject)
    row = connection.execute(
        select(EVENTS.c.body, EVENTS.c.received_at).where(
            EVENTS.c.subject == subject, EVENTS.c.event_id == event_id
        )
    ).one_or_none()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, "This record has no such event.")
    event = Event.from_json(json.loads(row.body))
    words = event.notice or _shown_before(connection, event)
    if words is None:
        raise Problem(
            ProblemKind.NOT_FOUND,
            "No receipt can be made: nothing was shown with this event or before it, so the "
            "version of the policy is not known.",
        )
    return Stored(event, row.received_at, words)


def _shown_before(connection: Connection, event: Event) -> NoticeReference | None:
    """The words that were last shown about the same thing before an event, or about anything."""
    for narrowed in (EVENTS.c.target == str(event.target), true()):
        for earlier in _backwards(connection, event, narrowed):
            if earlier.notice is not None:
                return earlier.notice
    return None


def _backwards(
    connection: Connection, event: Event, narrowed: ColumnElement[bool]
) -> Iterator[Event]:
    before = event.sequence
    while True:
        bodies = connection.execute(
            select(EVENTS.c.body)
            .where(EVENTS.c.subject == event.subject, EVENTS.c.sequence < before, narrowed)
            .order_by(EVENTS.c.sequence.desc())
            .limit(_PAGE)
        ).scalars()
        earlier = [Event.from_json(json.loads(body)) for body in bodies]
        yield from earlier
        if len(earlier) < _PAGE:
            return
        before = earlier[-1].sequence


def receipt_of(stored: Stored, packs: Mapping[str, Pack]) -> dict[str, Any]:
    """The receipt of a stored event.

    Raises:
        CannotRecord: The endpoint's packs do not say what a receipt has to say.
    """
    pack_id = stored.words.notice.partition("/")[0]
    try:
        pack = packs[pack_id].at(stored.words.version)
    except KeyError:
        raise NotOfThisPolicy(
            f"there is no version {stored.words.version} of a policy {pack_id} here"
        ) from None
    return receipt(record(stored.event, pack), stored.received_at)
