"""Devices whose records the tests send: real secrets, real hashes, real chains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid6

from components.consent.event import (
    GENESIS,
    Cause,
    Event,
    Layer,
    NoticeReference,
    Target,
    digest,
)
from components.consent.identity import new_secret, subject_of
from components.consent.status import ConsentStatus
from components.endpoint.entries import Entry
from components.endpoint.judgement import Arrival

PURPOSE = Target.parse("purpose:nearby-cinema")
START = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)
NOTICE = NoticeReference(
    notice="epiao/location",
    version="2021-11-01",
    locale="zh_Hans",
    layer=Layer.JUST_IN_TIME,
    digest="ab" * 32,
)
RECEIVED_AT = "2021-11-01T08:00:00.000Z"


class Device:
    """One installation that makes events one after the other."""

    def __init__(self) -> None:
        self.secret = new_secret()
        self.subject = subject_of(self.secret)
        self.made: list[Event] = []

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret}"}

    @property
    def events_path(self) -> str:
        return f"/v1/subjects/{self.subject}/events"

    @property
    def state_path(self) -> str:
        return f"/v1/subjects/{self.subject}/state"

    def fork(self) -> Device:
        """A copy of this installation that begins its record again."""
        fork = Device()
        fork.secret, fork.subject = self.secret, self.subject
        return fork

    def choose(
        self,
        status: ConsentStatus = ConsentStatus.GIVEN,
        target: Target = PURPOSE,
        label: str = "同意",
    ) -> Event:
        sequence = len(self.made) + 1
        event = Event.create(
            event_id=str(uuid6.uuid7()),
            subject=self.subject,
            sequence=sequence,
            target=target,
            status=status,
            cause=Cause.PRESSED,
            gesture="city.locate",
            notice=NOTICE,
            label=label,
            occurred_at=START + timedelta(seconds=sequence),
            monotonic_ms=sequence,
            previous_hash=self.made[-1].hash if self.made else GENESIS,
        )
        self.made.append(event)
        return event

    def choose_many(self, number: int) -> list[Event]:
        return [self.choose() for _ in range(number)]


def altered(event: Event, **changes: Any) -> dict[str, Any]:
    """An event's JSON with other values, and the hash that goes with them."""
    body = {**event.to_json(), **changes}
    return {**body, "hash": digest(body)}


def entries(events: Iterable[Event]) -> list[Entry]:
    """Events as the endpoint's tables take them."""
    return [Entry.of(event) for event in events]


def arrival(events: Sequence[Event], received_at: str = RECEIVED_AT) -> Arrival:
    """A batch as the endpoint takes it once it was read."""
    return Arrival(events[0].subject, entries(events), received_at, None)


def batch(events: Sequence[Event]) -> dict[str, Any]:
    return {"events": [event.to_json() for event in events]}
