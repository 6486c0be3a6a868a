"""Made-up installations whose records are sent: real secrets, real hashes, real chains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid6

from ..consent.event import GENESIS, Cause, Event, Layer, NoticeReference, Target, digest
from ..consent.identity import new_secret, subject_of
from ..consent.status import ConsentStatus

TARGET = Target.parse("purpose:conformance-check")
OTHER_TARGET = Target.parse("purpose:another-conformance-check")
_NOTICE = NoticeReference(
    notice="conformance/check",
    version="1",
    locale="en",
    layer=Layer.JUST_IN_TIME,
    digest="0" * 64,
)
_START = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)


class Device:
    """One installation that nobody uses."""

    def __init__(self) -> None:
        self.secret = new_secret()
        self.subject = subject_of(self.secret)
        self.made: list[Event] = []

    @property
    def headers(self) -> dict[str, str]:
        """What proves to be this installation."""
        return {"authorization": f"Bearer {self.secret}"}

    @property
    def path(self) -> str:
        """Under which the endpoint keeps what is this installation's."""
        return f"/v1/subjects/{self.subject}"

    def choose(
        self,
        status: ConsentStatus = ConsentStatus.GIVEN,
        target: Target = TARGET,
        *,
        minutes: int | None = None,
    ) -> Event:
        """The next event of the chain.

        Args:
            status: What it says.
            target: About what.
            minutes: What the device's clock shows; one minute later for each event otherwise.
        """
        event = self.after(self.made[-1] if self.made else None, status, target, minutes=minutes)
        self.made.append(event)
        return event

    def choose_many(self, number: int) -> list[Event]:
        """The next events of the chain."""
        return [self.choose() for _ in range(number)]

    def after(
        self,
        previous: Event | None,
        status: ConsentStatus = ConsentStatus.GIVEN,
        target: Target = TARGET,
        *,
        minutes: int | None = None,
    ) -> Event:
        """An event that follows another, without becoming part of what this device made."""
        sequence = 1 if previous is None else previous.sequence + 1
        return Event.create(
            event_id=str(uuid6.uuid7()),
            subject=self.subject,
            sequence=sequence,
            target=target,
            status=status,
            cause=Cause.PRESSED,
            gesture="conformance.check",
            notice=_NOTICE,
            label="Agree" if status.permits else "Refuse",
            occurred_at=_START + timedelta(minutes=sequence if minutes is None else minutes),
            monotonic_ms=sequence,
            previous_hash=GENESIS if previous is None else previous.hash,
        )


def altered(event: Event, **changes: Any) -> dict[str, Any]:
    """An event's JSON with other values, and the hash that goes with them."""
    body = {**event.to_json(), **changes}
    return {**body, "hash": digest(body)}


def batch(events: Sequence[Event | Mapping[str, Any]]) -> dict[str, Any]:
    """The body of a request that sends events."""
    return {
        "events": [event.to_json() if isinstance(event, Event) else dict(event) for event in events]
    }
