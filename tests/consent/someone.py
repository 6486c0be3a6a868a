"""One person with one device: record, gate and choices over a real store."""

from __future__ import annotations

from pathlib import Path

from components.consent.choices import Choices
from components.consent.clock import ManualClock
from components.consent.event import (
    BASE_NOTICE,
    Cause,
    Event,
    IndicatedBy,
    Layer,
    NoticeReference,
    Target,
)
from components.consent.gate import Gate, permission_target, purpose_target
from components.consent.ledger import Draft, Ledger
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.policy.notice import first_notice, purpose_notice, withdrawal_notice
from components.policy.pack import Pack

GESTURE = "city.locate"


class Someone:
    """A person who presses what the tests say."""

    def __init__(self, store: Path, pack: Pack, clock: ManualClock) -> None:
        self.pack = pack
        self.clock = clock
        self.record = Record(Ledger(store, clock=clock))
        self.record.refresh()
        self.gate = Gate(pack, self.record, clock)
        self.choices = Choices(pack, self.record, self.gate)

    def close(self) -> None:
        self.record.ledger.close()

    def accept_notice(self, by: IndicatedBy = IndicatedBy.SUBJECT) -> Event:
        notice = first_notice(self.pack, "zh_Hans")
        return self.choices.accept_notice(notice, label="同意", indicated_by=by)

    def refuse_notice(self) -> Event:
        return self.choices.refuse_notice(first_notice(self.pack, "zh_Hans"), label="不同意")

    def give(self, purpose_id: str, by: IndicatedBy = IndicatedBy.SUBJECT) -> Event:
        return self.choices.give(
            purpose_id,
            purpose_notice(self.pack, purpose_id, "zh_Hans"),
            layer=Layer.JUST_IN_TIME,
            label="同意",
            gesture=GESTURE,
            indicated_by=by,
        )

    def refuse(self, purpose_id: str, by: IndicatedBy = IndicatedBy.SUBJECT) -> Event:
        return self.choices.refuse(
            purpose_id,
            purpose_notice(self.pack, purpose_id, "zh_Hans"),
            layer=Layer.JUST_IN_TIME,
            label="暂不",
            gesture=GESTURE,
            indicated_by=by,
        )

    def defer(self, purpose_id: str) -> Event:
        return self.choices.defer(
            purpose_id,
            purpose_notice(self.pack, purpose_id, "zh_Hans"),
            layer=Layer.JUST_IN_TIME,
            gesture=GESTURE,
        )

    def withdraw(self, purpose_id: str, by: IndicatedBy = IndicatedBy.SUBJECT) -> Event:
        return self.choices.withdraw(
            purpose_id,
            withdrawal_notice(self.pack, purpose_id, "zh_Hans"),
            label="撤回",
            gesture=f"centre.withdraw.{purpose_id}",
            indicated_by=by,
        )

    def bring_to(
        self,
        notice: ConsentStatus,
        purpose_id: str,
        purpose: ConsentStatus,
        location: ConsentStatus = ConsentStatus.UNKNOWN,
    ) -> None:
        """Bring the base notice, a purpose and the location permission to their statuses."""
        wanted = {
            purpose_target(purpose_id): purpose,
            permission_target("location"): location,
            BASE_NOTICE: notice,
        }
        for target, status in wanted.items():
            if status is not ConsentStatus.UNKNOWN:
                self.put(target, status)

    def put(self, target: Target, status: ConsentStatus) -> Event:
        """Bring a target to a status, whatever the rules of the choices say about the way."""
        pressed = status is not ConsentStatus.DEFERRED
        name = "first-notice" if target == BASE_NOTICE else target.id
        return self.record.append(
            Draft(
                target=target,
                status=status,
                cause=Cause.PRESSED if pressed else Cause.DISMISSED,
                gesture=GESTURE,
                notice=NoticeReference(
                    f"{self.pack.id}/{name}",
                    self.pack.version.id,
                    "zh_Hans",
                    Layer.JUST_IN_TIME,
                    "ab" * 32,
                ),
                label="同意" if pressed else None,
            )
        )
