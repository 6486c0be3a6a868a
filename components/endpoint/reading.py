"""Reading the events of a batch: quickly where they are plainly right, in full where not.

What judges an event is the record's own code, :func:`~components.consent.event.check`. It is
written for a device, in plain Python, and takes most of the time of a request. So an event is first
held against the same conditions as msgspec sees them; whatever does not meet every one of them goes
to the record's code, which alone refuses and says why. The two are held against each other in the
tests: the quick way lets nothing through that the record's code would not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from ..consent.event import GENESIS, Cause, Event, Layer, MalformedEvent
from ..consent.status import ConsentStatus
from .body import decode
from .entries import Entry
from .messages import MAX_EVENTS, Batch, EventFault
from .problems import Problem, ProblemKind

_LONGEST_REASON = 300

_Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]
_Words = Annotated[str, Meta(min_length=1, max_length=200)]


class _Notice(Struct, frozen=True, forbid_unknown_fields=True):
    notice: str
    version: str
    locale: str
    layer: Layer
    digest: str


class _Plain(Struct, frozen=True, forbid_unknown_fields=True):
    """An event as its own fields allow it; what they must have to do with each other comes next."""

    event_id: str
    subject: str
    sequence: _Number
    target: str
    status: ConsentStatus
    cause: Cause
    gesture: _Words | None
    notice: _Notice | None
    label: _Words | None
    occurred_at: str
    monotonic_ms: _Number
    previous_hash: str
    hash: str
    indicated_by: Literal["guardian"] | UnsetType = UNSET


class _PlainBatch(Struct, frozen=True, forbid_unknown_fields=True):
    events: Annotated[list[_Plain], Meta(min_length=1, max_length=MAX_EVENTS)]


_PLAIN = msgspec.json.Decoder(_PlainBatch)
_CANONICAL = msgspec.json.Encoder(order="sorted")

# All texts of a form in one go, each on a line of its own; none of the forms has room for a line's
# end. The hash needs none: it is taken again.
_FORM = re.compile(
    r"""
    [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n
    (?:notice|purpose|(?P<permission>permission)):(?=.{1,64}\n)[a-z0-9]+(?:-[a-z0-9]+)*\n
    (?:19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d\n
    [0-9a-f]{64}
    """,
    re.VERBOSE | re.ASCII,
)
_NOTICE_FORM = re.compile(
    r"""
    [a-z0-9-]{1,64}/[a-z0-9-]{1,100}\n
    [0-9A-Za-z._-]{1,64}\n
    [A-Za-z]{2,3}(?:_[A-Za-z0-9]{2,8}){0,3}\n
    [0-9a-f]{64}
    """,
    re.VERBOSE,
)


class MalformedBatch(Problem):
    """Events of a batch cannot be events of its subject.

    Attributes:
        sent: How many events the batch has, the good ones included.
    """

    def __init__(self, faults: Sequence[EventFault], sent: int) -> None:
        super().__init__(
            ProblemKind.MALFORMED,
            f"{len(faults)} of {sent} events are malformed.",
            events=faults,
        )
        self.sent = sent


def read_batch(raw: bytes, subject: str) -> list[Entry]:
    """The events of a request's body, each of which can be true.

    Args:
        raw: The body.
        subject: Whose events they must be; a subject id.

    Raises:
        Problem: 400 if it is not JSON, 422 if it is of another shape, or with the name of every
            event in it that cannot be one of this subject (:class:`MalformedBatch`).
    """
    entries = read_plainly(raw, subject)
    return read_in_full(raw, subject) if entries is None else entries


def read_plainly(raw: bytes, subject: str) -> list[Entry] | None:
    """The events, if there is no doubt about any of them."""
    try:
        events = _PLAIN.decode(raw).events
    except (ValueError, RecursionError):
        return None
    entries: list[Entry] = []
    for event in events:
        entry = _entry(event) if event.subject == subject else None
        if entry is None:
            return None
        entries.append(entry)
    return entries


def _entry(event: _Plain) -> Entry | None:
    form = _FORM.fullmatch(
        f"{event.event_id}\n{event.target}\n{event.occurred_at}\n{event.previous_hash}"
    )
    notice = event.notice
    if form is None or not (notice is None or _is_notice(notice)) or not _is_time(event):
        return None
    pressed = event.cause is Cause.PRESSED
    if (
        event.cause is Cause.RULE
        or pressed is (event.label is None)
        or (event.indicated_by is not UNSET and not pressed)
        or (event.sequence == 1) is not (event.previous_hash == GENESIS)
        or event.sequence == 0
    ):
        return None
    if event.status.permits and (notice is None if pressed else form["permission"] is None):
        return None
    body = _CANONICAL.encode(event)
    # In a text the quotation marks would be escaped, so this stands in one place only.
    hashed = body.replace(b'"hash":"%s",' % event.hash.encode(), b"", 1)
    if hashlib.sha256(hashed).hexdigest() != event.hash:
        return None
    return Entry(
        event.subject,
        event.sequence,
        event.event_id,
        event.hash,
        event.previous_hash,
        event.target,
        event.status.value,
        body.decode(),
    )


def _is_notice(notice: _Notice) -> bool:
    texts = f"{notice.notice}\n{notice.version}\n{notice.locale}\n{notice.digest}"
    return _NOTICE_FORM.fullmatch(texts) is not None


def _is_time(event: _Plain) -> bool:
    try:
        datetime.fromisoformat(event.occurred_at)
    except ValueError:
        return False
    return True


def read_in_full(raw: bytes, subject: str) -> list[Entry]:
    """The events by the record's own code."""
    bodies = decode(raw, Batch).events
    entries: list[Entry] = []
    faults: list[EventFault] = []
    for index, body in enumerate(bodies):
        try:
            entries.append(Entry.of(_event(body, subject)))
        except ValueError as error:
            event_id = body.get("event_id") if isinstance(body, Mapping) else None
            faults.append(
                EventFault(
                    index=index,
                    event_id=event_id[:36] if isinstance(event_id, str) else None,
                    code="malformed",
                    reason=str(error)[:_LONGEST_REASON],
                )
            )
    if faults:
        raise MalformedBatch(faults, len(bodies))
    return entries


def _event(body: object, subject: str) -> Event:
    if not isinstance(body, Mapping):
        raise MalformedEvent("an event is a JSON object")
    event = Event.from_json(body)
    if event.subject != subject:
        raise MalformedEvent("the event is another subject's")
    return event
