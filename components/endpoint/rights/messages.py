"""The shapes of requests to exercise a right, as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ..messages import EventId, Moment, Subject
from .lifecycle import RequestStatus

LONGEST_TEXT = 2000
"""Most characters that a person or an officer may write."""

MOST_REQUESTS = 100
"""Most requests in one answer to an officer."""

_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Anything but NUL, which no database keeps as text.
_TEXT = r"^[^\u0000]*$"

RequestId = Annotated[str, Meta(pattern=_UUID, description="A UUIDv7 made by the device")]
Kind = Annotated[
    str,
    Meta(
        pattern=_KEBAB,
        max_length=32,
        description="A right of the pack, or one the law gives: access, copy, transfer, correct, "
        "supplement, delete, restrict, close-account, withdraw, explain",
    ),
]
PackId = Annotated[str, Meta(pattern=_KEBAB, max_length=64)]
ClauseId = Annotated[str, Meta(pattern=_KEBAB, max_length=100)]
LocaleId = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8}){0,3}$")]
Words = Annotated[str, Meta(pattern=_TEXT, min_length=1, max_length=LONGEST_TEXT)]
Day = Annotated[str, Meta(description="A day in China", extra_json_schema={"format": "date"})]
Standing = Literal[
    "received",
    "verifying",
    "accepted",
    "cascading",
    "isolated",
    "done",
    "refused",
    "cancelled",
]


class NewRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A person asks for something; nothing about them is asked for beyond it."""

    request_id: RequestId
    kind: Kind
    pack: PackId
    locale: LocaleId
    clause: ClauseId | None = None
    message: Words | None = None


class StepMessage(Struct, frozen=True):
    """One step of handling."""

    number: Annotated[int, Meta(ge=1)]
    status: RequestStatus
    at: Moment
    taken_by: Literal["subject", "endpoint", "officer"]
    reason: Annotated[
        str | None, Meta(description="Of a refusal or an extension: a DPV justification")
    ]
    note: str | None


class RequestMessage(Struct, frozen=True):
    """A request and what became of it."""

    request_id: EventId
    kind: str
    pack: str
    clause: str | None
    locale: str
    received_at: Moment
    due_on: Annotated[Day, Meta(description="The last day in time, in China")]
    due_is_provisional: Annotated[
        bool,
        Meta(
            description="The State Council's notice for that day was not known yet: the date "
            "may be early. It stays when the notice comes."
        ),
    ]
    status: Standing
    steps: list[StepMessage]
    remedies: Annotated[
        list[Literal["complain-to-authority", "sue-in-court"]],
        Meta(description="What is open to the person after a refusal (PIPL arts. 50, 65)"),
    ]


class Requests(Struct, frozen=True):
    """All requests of a subject, the newest last."""

    requests: list[RequestMessage]


class OfficerStep(Struct, frozen=True, forbid_unknown_fields=True):
    """The next step of a request."""

    status: Literal["verifying", "accepted", "cascading", "isolated", "done", "refused", "extended"]
    reason: Annotated[str, Meta(max_length=64)] | None = None
    note: Words | None = None


class OfficerRequest(RequestMessage, frozen=True):
    """A request as an officer sees it."""

    subject: Subject
    message: Annotated[str | None, Meta(description="What the person wrote; null once erased")]


class OfficerRequests(Struct, frozen=True):
    """A stretch of requests, the soonest due first."""

    requests: list[OfficerRequest]
    next_after: Annotated[
        str | None, Meta(description="`after` of the next stretch; null if there is none")
    ]
