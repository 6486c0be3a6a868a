"""What travels: the shapes of requests and answers, from which the OpenAPI document is made.

Event bodies are judged by the record's own code (``consent.event``); the shape here says the same
to readers of the document, and reads back what was stored.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from ..consent.event import Cause, Layer
from ..consent.status import ConsentStatus

MAX_EVENTS = 500
"""Most events in one request or answer."""

_LARGEST = 2**53 - 1
EventId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Subject = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
TargetText = Annotated[str, Meta(pattern=r"^(notice|purpose|permission):[a-z0-9]+(-[a-z0-9]+)*$")]
Moment = Annotated[
    str,
    Meta(
        description="RFC 3339, UTC, to the millisecond", extra_json_schema={"format": "date-time"}
    ),
]
DeviceMoment = Annotated[
    str,
    Meta(
        description="RFC 3339 with the device's offset, by the device's clock",
        extra_json_schema={"format": "date-time"},
    ),
]
Skew = Annotated[
    int | None,
    Meta(
        description="By how many milliseconds the device's clock was ahead of the endpoint's "
        "(negative: behind, travel time included) when the event was sent; null if not known"
    ),
]
Late = Annotated[
    bool,
    Meta(
        description="Whether an event of this subject with a higher sequence number had arrived "
        "in an earlier request. Events of one request arrive together."
    ),
]


class NoticeMessage(Struct, frozen=True, forbid_unknown_fields=True):
    """Which words the person had before them."""

    notice: str
    version: str
    locale: str
    layer: Layer
    digest: Digest


class EventMessage(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a consent record; `hash` is SHA-256 over the RFC 8785 form of the rest."""

    event_id: EventId
    subject: Subject
    sequence: Annotated[int, Meta(ge=1, le=_LARGEST)]
    target: TargetText
    status: ConsentStatus
    cause: Cause
    gesture: Annotated[str, Meta(min_length=1, max_length=200)] | None
    notice: NoticeMessage | None
    label: Annotated[str, Meta(min_length=1, max_length=200)] | None
    occurred_at: DeviceMoment
    monotonic_ms: Annotated[int, Meta(ge=0, le=_LARGEST)]
    previous_hash: Digest
    hash: Digest
    indicated_by: Literal["guardian"] | UnsetType = UNSET


class Batch(Struct, frozen=True, forbid_unknown_fields=True):
    """What is read of a request: the events themselves are judged one by one afterwards."""

    events: Annotated[list[Any], Meta(min_length=1, max_length=MAX_EVENTS)]


class BatchMessage(Struct, frozen=True, forbid_unknown_fields=True):
    """Events to be stored: all of them or none."""

    events: Annotated[list[EventMessage], Meta(min_length=1, max_length=MAX_EVENTS)]


class Acknowledgement(Struct, frozen=True):
    """The endpoint has this event durably.

    For a replay, everything but `outcome` is what was answered the first time.
    """

    event_id: EventId
    hash: Digest
    received_at: Moment
    outcome: Literal["stored", "replayed"]
    late: Late
    clock_skew_ms: Skew


class Acknowledgements(Struct, frozen=True):
    """One for each event of the request, in its order."""

    acknowledged: list[Acknowledgement]


class StoredEvent(Struct, frozen=True):
    """An event and what the endpoint knows about its arrival."""

    event: EventMessage
    received_at: Moment
    late: Late
    clock_skew_ms: Skew


class StoredEvents(Struct, frozen=True):
    """A stretch of a record, by sequence number."""

    events: list[StoredEvent]
    next_after: Annotated[
        int | None, Meta(description="`after` of the next stretch; null if there is none")
    ]


class TargetState(Struct, frozen=True):
    """What holds for one target, and the event that says so."""

    status: ConsentStatus
    event_id: EventId
    occurred_at: DeviceMoment


class RecordState(Struct, frozen=True):
    """The state that all events of a subject leave behind; what is absent was never decided."""

    state: dict[TargetText, TargetState]


class Health(Struct, frozen=True):
    """Whether the endpoint runs (`alive`), or also reaches its database (`ready`)."""

    status: Literal["alive", "ready"]


FaultCode = Literal["malformed", "other-body", "forked-record", "broken-chain"]


class EventFault(Struct, frozen=True):
    """Why one event of a request was not taken."""

    index: Annotated[int, Meta(ge=0, description="Place in the request's `events`, from 0")]
    event_id: Annotated[str | None, Meta(description="As sent; null if there was no readable one")]
    code: Annotated[
        FaultCode,
        Meta(
            description="`malformed`: cannot be an event of this subject. `other-body`: its id is "
            "known with another hash. `forked-record`: its sequence number is another event's. "
            "`broken-chain`: it does not follow the event numbered one below, or the one numbered "
            "one above does not follow it."
        ),
    ]
    reason: str


class ProblemMessage(Struct, frozen=True):
    """RFC 9457 problem details."""

    type: Annotated[str, Meta(extra_json_schema={"format": "uri"})]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    events: list[EventFault] | UnsetType = UNSET


def encode(message: Struct) -> bytes:
    """A message as JSON."""
    return msgspec.json.encode(message)
