"""What an officer's calls answer, from which the OpenAPI document is made."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ...consent.status import ConsentStatus
from ..messages import Digest, EventId, EventMessage, Late, Moment, Skew, Subject, TargetText

Next = Annotated[
    str | None,
    Meta(description="`after` of the next call; null if there is nothing more"),
]
Sequence = Annotated[int, Meta(ge=1, le=2**53 - 1)]
StoredMoment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z$")]
Count = Annotated[int, Meta(ge=0)]


class FoundEvent(Struct, frozen=True):
    """An event of any subject, and what the endpoint knows about its arrival."""

    subject: Subject
    sequence: Sequence
    event_id: EventId
    previous_hash: Digest
    hash: Digest
    body: Annotated[
        Literal["kept", "erased", "damaged"],
        Meta(
            description="Whether the event is still as it was sent, was erased, or cannot be read "
            "any more"
        ),
    ]
    event: Annotated[EventMessage | None, Meta(description="null unless its body is kept")]
    received_at: Moment
    late: Late
    clock_skew_ms: Skew


class FoundEvents(Struct, frozen=True):
    """Some of the events that were looked for, in the order in which they arrived."""

    events: list[FoundEvent]
    next: Next


class ChainFaultKind(StrEnum):
    """What is wrong with a stored event.

    ``BODY_UNREADABLE``: the body is no event at all. ``OTHER_HASH``: its hash is not that of the
    body. ``OTHER_COLUMNS``: what it is searched and counted by is not what the body says.
    ``BROKEN_LINK``: it does not follow the event numbered one below. ``BODY_MISSING``: the body is
    gone, and the subject was never erased. ``BODY_KEPT``: the subject was erased, and the body is
    still there.
    """

    BODY_UNREADABLE = "body-unreadable"
    OTHER_HASH = "other-hash"
    OTHER_COLUMNS = "other-columns"
    BROKEN_LINK = "broken-link"
    BODY_MISSING = "body-missing"
    BODY_KEPT = "body-kept"


class ChainFault(Struct, frozen=True):
    """One fault, and the event that has it."""

    subject: Subject
    sequence: Sequence
    kind: ChainFaultKind
    reason: str


class ChainGap(Struct, frozen=True):
    """Sequence numbers that no event has: it may still arrive, or was taken out."""

    subject: Subject
    first: Sequence
    last: Sequence


class CheckedChains(Struct, frozen=True):
    """What was found on a stretch of the walk; add up the stretches until `next` is null."""

    subjects: Annotated[Count, Meta(description="Whose first stored event lies on this stretch")]
    events: Count
    erased: Annotated[Count, Meta(description="Of them, events whose body was erased")]
    faults: list[ChainFault]
    gaps: list[ChainGap]
    next: Next


class Period(StrEnum):
    """What is counted together: the events of one day, or of one month, in UTC."""

    DAY = "day"
    MONTH = "month"


class CountOf(Struct, frozen=True):
    """How many events of one period, target and status arrived."""

    period: Annotated[str, Meta(description="Day or month in UTC: 2021-11-01, or 2021-11")]
    target: Annotated[TargetText | None, Meta(description="null for what was erased since")]
    status: Annotated[ConsentStatus | None, Meta(description="null for what was erased since")]
    events: Count
    subjects: Annotated[Count, Meta(description="Of how many subjects")]


class Counts(Struct, frozen=True):
    """Events by the time of their arrival; a period, target or status without any is left out."""

    by: Period
    since: Moment
    until: Moment
    counts: list[CountOf]


class AuditEntry(Struct, frozen=True):
    """Something an officer did: what was asked for, never what was answered."""

    entry_id: EventId
    at: Moment
    officer: str
    action: str
    subject: Annotated[Subject | None, Meta(description="null if about no one in particular")]
    detail: dict[str, Any]


class AuditEntries(Struct, frozen=True):
    """Some of the audit, oldest first."""

    entries: list[AuditEntry]
    next: Next
