"""Events and drafts that the tests of the consent room are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid6

from components.consent.event import (
    GENESIS,
    Cause,
    Event,
    Layer,
    MalformedEvent,
    NoticeReference,
    Target,
    TargetKind,
    digest,
)
from components.consent.ledger import Draft
from components.consent.status import ConsentStatus

START = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)
NEARBY = Target(TargetKind.PURPOSE, "nearby-cinema")
AVATAR = Target(TargetKind.PURPOSE, "avatar-upload")
LOCATION = Target(TargetKind.PERMISSION, "location")
WORDS = NoticeReference(
    notice="epiao/location",
    version="2021-11-01",
    locale="zh_Hans",
    layer=Layer.JUST_IN_TIME,
    digest="ab" * 32,
)
SUBJECTS = tuple(letter * 43 for letter in "ABC")


def draft(
    status: ConsentStatus = ConsentStatus.REFUSED, target: Target = NEARBY, label: str = "不同意"
) -> Draft:
    """What pressing a label asks the ledger to record."""
    return Draft(
        target=target,
        status=status,
        cause=Cause.PRESSED,
        gesture="city.locate",
        notice=WORDS,
        label=label,
    )


def event(
    number: int = 1,
    *,
    status: ConsentStatus = ConsentStatus.GIVEN,
    target: Target = NEARBY,
    subject: str = SUBJECTS[0],
    after: timedelta = timedelta(),
    unique: int | None = None,
) -> Event:
    """An event by its sequence number; ``unique`` tells two of one number apart."""
    serial = number if unique is None else unique
    return Event.create(
        event_id=f"01a203cb-5f55-7000-8000-{SUBJECTS.index(subject):04x}{serial:08x}",
        subject=subject,
        sequence=number,
        target=target,
        status=status,
        cause=Cause.PRESSED,
        gesture="city.locate",
        notice=WORDS,
        label="同意",
        occurred_at=START + after,
        monotonic_ms=number,
        previous_hash=GENESIS if number == 1 else "cd" * 32,
    )


def altered(body: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """An event's JSON with other values and the hash that goes with them, if there is one."""
    changed = {**body, **changes}
    if "hash" in changes:
        return changed
    try:
        return {**changed, "hash": digest(changed)}
    except MalformedEvent:
        return changed


def chained(
    subject: str,
    *steps: tuple[Target, ConsentStatus, timedelta],
) -> list[Event]:
    """A sound chain of one installation: what was chosen, and how long after the start."""
    events: list[Event] = []
    for number, (target, status, after) in enumerate(steps, 1):
        events.append(
            Event.create(
                event_id=str(uuid6.uuid7()),
                subject=subject,
                sequence=number,
                target=target,
                status=status,
                cause=Cause.PRESSED,
                gesture="city.locate",
                notice=WORDS,
                label="同意",
                occurred_at=START + after,
                monotonic_ms=number,
                previous_hash=events[-1].hash if events else GENESIS,
            )
        )
    return events
