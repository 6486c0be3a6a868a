"""What the rules go by: the facts about one person and one purpose, from pack, record and clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from ..policy.pack import MinorsRule, Pack
from .age import AgeBand, band_on, birthday
from .clock import Clock
from .elapsed import Elapsed
from .event import BASE_NOTICE, Event, IndicatedBy, Target, TargetKind
from .record import Record
from .standing import Basis, Holding, NoticeState, PurposeSituation
from .status import ConsentStatus
from .words import Words

_SAID_NO = frozenset(
    {
        ConsentStatus.REFUSED,
        ConsentStatus.WITHDRAWN,
        ConsentStatus.REVOKED,
        ConsentStatus.DEFERRED,
    }
)


def purpose_target(purpose_id: str) -> Target:
    """The target of a purpose."""
    return Target(TargetKind.PURPOSE, purpose_id)


def permission_target(permission_id: str) -> Target:
    """The target of a permission."""
    return Target(TargetKind.PERMISSION, permission_id)


class Facts:
    """Reads the pack and the record; decides nothing and writes nothing.

    Args:
        pack: What is declared.
        record: What was chosen.
        clock: What time it is.
    """

    def __init__(self, pack: Pack, record: Record, clock: Clock) -> None:
        self._pack = pack
        self._record = record
        self._clock = clock
        self.words = Words(pack)
        self.elapsed = Elapsed(record, clock)

    def age(self) -> AgeBand:
        """Who decides for this person today, by the date where the device is.

        Where no birth date was declared and a guardian's choice holds, the person was a child when
        it was made, and is one until a birth date says otherwise: a second device, which has the
        record but not the birth date, must not take a child for an adult.
        """
        today = self._clock.now().date()
        band = band_on(self._record.birth_date, today, self._pack.rules)
        if band is AgeBand.UNKNOWN and any(map(_by_guardian, self._record.state.values())):
            return AgeBand.CHILD
        return band

    def situation(self, purpose_id: str) -> PurposeSituation:
        """All that bears on whether a purpose is permitted."""
        purpose = self._pack.purposes.get(purpose_id)
        age = self.age()
        if purpose is None:
            basis = Basis.UNDECLARED
        elif purpose.asks_consent:
            basis = Basis.CONSENT
        else:
            basis = Basis.NO_CONSENT if purpose.notice_required else Basis.NO_DATA
        return PurposeSituation(
            basis=basis,
            notice=self.notice(age),
            age=age,
            minors=MinorsRule.ALLOWED if purpose is None else purpose.minors,
            consent=self.consent(purpose_id, age),
        )

    def notice(self, age: AgeBand) -> NoticeState:
        """What was answered to the base notice."""
        event = self._record.holding(BASE_NOTICE)
        since = None if event is None else self.words.since(event)
        if event is None or since is None:
            return NoticeState.OPEN
        if event.status.permits and giver(event, age) is Holding.HOLDS:
            return NoticeState.UPDATED if since.material else NoticeState.ACCEPTED
        # A new version is a new question, and whoever declined for a child decided for a child.
        if self.no(BASE_NOTICE, age) is None or since.material:
            return NoticeState.OPEN
        return NoticeState.DECLINED

    def consent(self, purpose_id: str, age: AgeBand) -> Holding:
        """What the record says of the consent to a purpose."""
        event = self._record.holding(purpose_target(purpose_id))
        purpose = self._pack.purposes.get(purpose_id)
        if event is None or purpose is None:
            return Holding.OPEN
        # A rule ended it, and that is written down.
        if event.status is ConsentStatus.REQUESTED:
            return Holding.CHANGED
        if event.status is ConsentStatus.EXPIRED:
            return Holding.OUTGROWN if purpose.valid_for is None else Holding.RAN_OUT
        if not event.status.permits:
            declined = self.no(event.target, age) is not None
            return Holding.DECLINED if declined else Holding.OPEN
        given_by = giver(event, age)
        if given_by is not Holding.HOLDS:
            return given_by
        since = self.words.since(event)
        if since is None:
            return Holding.UNKNOWN_WORDS
        if purpose_id in since.touched:
            return Holding.CHANGED
        if purpose.valid_for is not None and self.elapsed.at_most(event) >= purpose.valid_for:
            return Holding.RAN_OUT
        return Holding.HOLDS

    def no(self, target: Target, age: AgeBand) -> Event | None:
        """The event by which a target was last declined, by whoever decides now."""
        event = self._record.holding(target)
        if event is None or event.status not in _SAID_NO:
            return None
        outgrown = _by_guardian(event) and age is not AgeBand.CHILD
        return None if outgrown else event

    def until_next_change(self) -> timedelta | None:
        """How long until time alone ends a consent, by the wall clock; None if nothing will."""
        waits = (*self._until_run_out(), *self._until_birthdays())
        return min((wait for wait in waits if wait > timedelta()), default=None)

    def _until_run_out(self) -> Iterator[timedelta]:
        for purpose in self._pack.purposes.values():
            event = self._record.holding(purpose_target(purpose.id))
            if purpose.valid_for is not None and event is not None and event.status.permits:
                yield purpose.valid_for - self.elapsed.at_most(event)

    def _until_birthdays(self) -> Iterator[timedelta]:
        birth_date = self._record.birth_date
        now, rules = self._clock.now(), self._pack.rules
        for years in (rules.guardian_below, rules.minor_below):
            day = None if birth_date is None else birthday(birth_date, years)
            if day is not None:
                yield datetime(day.year, day.month, day.day, tzinfo=now.tzinfo) - now


def giver(event: Event, age: AgeBand) -> Holding:
    """Whether whoever agreed is who decides; ``HOLDS`` if so."""
    if _by_guardian(event):
        return Holding.HOLDS if age is AgeBand.CHILD else Holding.OUTGROWN
    return Holding.NOT_THEIRS if age is AgeBand.CHILD else Holding.HOLDS


def _by_guardian(event: Event) -> bool:
    return event.indicated_by is IndicatedBy.GUARDIAN
