"""Decisions of every kind about the E票 pack, on the words that it really shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import uuid6

from components.consent.event import (
    GENESIS,
    Cause,
    Event,
    IndicatedBy,
    Layer,
    NoticeReference,
    Target,
)
from components.consent.identity import new_secret, subject_of
from components.consent.status import ConsentStatus
from components.policy import load_pack
from components.policy.notice import notice_for
from components.policy.pack import Pack

EPIAO_FOLDER = Path(__file__).resolve().parents[2] / "policy_content" / "epiao"
EPIAO = load_pack(EPIAO_FOLDER)
START = datetime(2021, 11, 1, 16, 0, 5, tzinfo=timezone(timedelta(hours=8)))
NEARBY = "purpose:nearby-cinema"
LOCATION = "permission:location"


class Decisions:
    """One installation that decides, one event after the other."""

    def __init__(self, pack: Pack = EPIAO, locale: str = "zh_Hans") -> None:
        self.pack = pack
        self.locale = locale
        self.secret = new_secret()
        self.subject = subject_of(self.secret)
        self.made: list[Event] = []

    def shown(self, notice: str, layer: Layer, version: str | None = None) -> NoticeReference:
        """The words of a notice, as they are in the pack."""
        words = notice_for(self.pack, f"{self.pack.id}/{notice}", self.locale, version)
        return NoticeReference(words.notice, words.version, words.locale, layer, words.digest)

    def pressed(
        self,
        target: str,
        status: ConsentStatus,
        label: str,
        notice: NoticeReference,
        *,
        by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Event:
        """The person pressed a label."""
        return self.add(target, status, Cause.PRESSED, label=label, notice=notice, by=by)

    def add(
        self,
        target: str,
        status: ConsentStatus,
        cause: Cause,
        *,
        label: str | None = None,
        notice: NoticeReference | None = None,
        gesture: str | None = "city.locate",
        by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Event:
        """The next event."""
        number = len(self.made) + 1
        event = Event.create(
            event_id=str(uuid6.uuid7()),
            subject=self.subject,
            sequence=number,
            target=Target.parse(target),
            status=status,
            cause=cause,
            gesture=gesture,
            notice=notice,
            label=label,
            occurred_at=START + timedelta(seconds=number),
            monotonic_ms=number,
            previous_hash=self.made[-1].hash if self.made else GENESIS,
            indicated_by=by,
        )
        self.made.append(event)
        return event

    def given(self) -> Event:
        words = self.shown("location", Layer.JUST_IN_TIME)
        return self.pressed(NEARBY, ConsentStatus.GIVEN, "同意使用位置", words)

    def refused(self) -> Event:
        words = self.shown("location", Layer.JUST_IN_TIME)
        return self.pressed(NEARBY, ConsentStatus.REFUSED, "暂不使用位置", words)

    def withdrawn(self) -> Event:
        words = self.shown("withdrawal-nearby-cinema", Layer.CONSENT_CENTRE)
        return self.pressed(NEARBY, ConsentStatus.WITHDRAWN, "撤回同意", words)

    def by_guardian(self) -> Event:
        words = self.shown("location", Layer.JUST_IN_TIME)
        return self.pressed(
            NEARBY, ConsentStatus.GIVEN, "同意使用位置", words, by=IndicatedBy.GUARDIAN
        )

    def renewed(self) -> Event:
        words = self.shown("purpose-usage-analytics", Layer.UPDATE_NOTICE)
        return self.pressed("purpose:usage-analytics", ConsentStatus.RENEWED, "同意", words)

    def dismissed(self) -> Event:
        words = self.shown("location", Layer.JUST_IN_TIME)
        return self.add(NEARBY, ConsentStatus.DEFERRED, Cause.DISMISSED, notice=words)

    def accepted_notice(self) -> Event:
        words = self.shown("first-notice", Layer.FIRST_NOTICE)
        return self.pressed("notice:base", ConsentStatus.GIVEN, "同意", words)

    def refused_notice(self) -> Event:
        words = self.shown("first-notice", Layer.FIRST_NOTICE)
        return self.pressed("notice:base", ConsentStatus.REFUSED, "不同意，仅浏览", words)

    def published(self) -> Event:
        words = self.shown("purpose-public-disclosure", Layer.IN_PLACE)
        return self.pressed("purpose:public-disclosure", ConsentStatus.REFUSED, "不同意", words)

    def pushed(self) -> Event:
        words = self.shown("purpose-push-delivery", Layer.CONSENT_CENTRE)
        return self.pressed("purpose:push-delivery", ConsentStatus.GIVEN, "同意", words)

    def system_allowed(self) -> Event:
        return self.add(LOCATION, ConsentStatus.GIVEN, Cause.OPERATING_SYSTEM)

    def system_denied(self) -> Event:
        return self.add(LOCATION, ConsentStatus.REFUSED, Cause.OPERATING_SYSTEM)

    def switched_off(self) -> Event:
        return self.add(LOCATION, ConsentStatus.REVOKED, Cause.OPERATING_SYSTEM, gesture=None)

    def asked_again(self) -> Event:
        return self.add(NEARBY, ConsentStatus.REQUESTED, Cause.RULE, gesture=None)

    def expired(self) -> Event:
        return self.add(NEARBY, ConsentStatus.EXPIRED, Cause.RULE, gesture=None)

    def invalidated(self) -> Event:
        return self.add(NEARBY, ConsentStatus.INVALIDATED, Cause.RULE, gesture=None)


EVERY_KIND: Mapping[str, Callable[[Decisions], Event]] = {
    "given": Decisions.given,
    "refused": Decisions.refused,
    "withdrawn": Decisions.withdrawn,
    "guardian": Decisions.by_guardian,
    "renewed": Decisions.renewed,
    "dismissed": Decisions.dismissed,
    "accepted-notice": Decisions.accepted_notice,
    "refused-notice": Decisions.refused_notice,
    "published": Decisions.published,
    "pushed": Decisions.pushed,
    "system-allowed": Decisions.system_allowed,
    "system-denied": Decisions.system_denied,
    "switched-off": Decisions.switched_off,
    "asked-again": Decisions.asked_again,
    "expired": Decisions.expired,
    "invalidated": Decisions.invalidated,
}
"""A decision of every kind that the kit can write, by name."""
