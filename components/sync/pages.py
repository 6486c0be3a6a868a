"""Records read back from the endpoint, a page at a time, believed only as far as they hold.

The endpoint may be wrong, or may not be the endpoint. So a page is taken only if every event on it
can be true, is the asked subject's, and follows the one before it; and only so many pages are.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..consent.chain import ANY_GAP, check_follows, link_of
from ..consent.event import Event
from ..consent.fold import Witness
from ..consent.ledger_errors import LedgerDamaged
from .answers import Failed, FailureKind
from .calls import Reply
from .reading import objects
from .transport import witness_of

PAGE_EVENTS = 200
"""How many events are asked for at a time."""

MOST_EVENTS = 200_000
"""Longest record that is believed in: sixty choices a day for nine years."""


@dataclass(frozen=True)
class Page:
    """A stretch of one record.

    Attributes:
        events: In order; numbers may be missing among them, for events that never arrived.
        witnesses: What the endpoint knows about their times, by event id.
        more: Whether the endpoint says that there are events after these.
    """

    events: tuple[Event, ...]
    witnesses: dict[str, Witness]
    more: bool


def read_page(reply: Reply, subject: str, before: Event | int) -> Page | Failed:
    """Read a page of stored events.

    Args:
        reply: A successful answer.
        subject: Whose events were asked for.
        before: The event that the page comes after, or the number it does if that is all that is
            known here.

    Returns:
        Failed with ``UNTRUE_RECORD`` if anything on it is not as it must be.
    """
    after = before if isinstance(before, int) else before.sequence
    last = None if isinstance(before, int) else link_of(before)
    events: list[Event] = []
    witnesses: dict[str, Witness] = {}
    try:
        for entry in objects(reply.body, "events"):
            event = Event.from_json(entry.get("event") or {})
            if event.subject != subject or event.sequence <= after:
                raise ValueError("an event of another subject, or out of order")
            if last is not None:
                check_follows(last, link_of(event), ANY_GAP)
            after, last = event.sequence, link_of(event)
            events.append(event)
            witness = witness_of(entry)
            if witness is not None:
                witnesses[event.event_id] = witness
    except (AttributeError, LedgerDamaged, TypeError, ValueError):
        return Failed(FailureKind.UNTRUE_RECORD)
    more = reply.body.get("next_after") is not None
    if len(events) > PAGE_EVENTS or (more and not events):
        return Failed(FailureKind.UNTRUE_RECORD)
    return Page(tuple(events), witnesses, more)
