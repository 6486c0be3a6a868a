"""A checked event as the tables take it."""

from __future__ import annotations

import msgspec

from ..consent.event import Event


class Entry(msgspec.Struct, frozen=True):
    """One event that can be true, and its canonical JSON.

    Attributes:
        subject: Whose record it belongs to.
        sequence: Its number there.
        event_id: Its own id.
        hash: See :class:`~components.consent.event.Event`, as for the others.
        previous_hash: The hash of the event before it.
        target: What was decided about, as ``purpose:nearby-cinema``.
        status: The value of the status it leaves.
        body: RFC 8785 JSON of the whole event, its hash included.
    """

    subject: str
    sequence: int
    event_id: str
    hash: str
    previous_hash: str
    target: str
    status: str
    body: str

    @classmethod
    def of(cls, event: Event) -> Entry:
        """The entry of an event that :meth:`Event.from_json` let through."""
        return cls(
            subject=event.subject,
            sequence=event.sequence,
            event_id=event.event_id,
            hash=event.hash,
            previous_hash=event.previous_hash,
            target=str(event.target),
            status=event.status.value,
            # RFC 8785 for what an event consists of: texts and whole numbers under ASCII names.
            body=msgspec.json.encode(event.to_json(), order="sorted").decode(),
        )
