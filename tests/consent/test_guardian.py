"""Children and minors: who decides, what becomes of what a child agreed to, and growing up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Cause, IndicatedBy
from components.consent.gate import AgeBand, Gate, Initiative, NotPermitted, Standing, Verdict
from components.consent.gate import purpose_target as target
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.policy.notice import first_notice, notice_withdrawal
from components.policy.pack import ConsentKind, Pack

from .making import START
from .someone import GESTURE, Someone

GUARDIAN = IndicatedBy.GUARDIAN
TODAY = START.date()
CHILD = date(2011, 1, 1)
MINOR = date(2004, 1, 1)
ADULT = date(1990, 1, 1)
NEVER = "personalised-display"


@pytest.fixture
def child(someone: Someone) -> Someone:
    someone.record.declare_birth_date(CHILD)
    return someone


@pytest.fixture
def looked_after(child: Someone) -> Someone:
    child.accept_notice(GUARDIAN)
    return child


def locate(someone: Someone, by: IndicatedBy = IndicatedBy.SUBJECT) -> Verdict:
    return someone.gate.judge_permission(
        "location", gesture=GESTURE, system=SystemStatus.NOT_GRANTED, asked=by
    )


# --- a child


def test_r060_a_child_cannot_accept_the_base_notice(child: Someone) -> None:
    with pytest.raises(NotPermitted, match=r"^a child's guardian has to agree$"):
        child.accept_notice()
    assert child.record.events == ()
    assert child.gate.notice_due
    # And can browse meanwhile.
    assert child.gate.permits("browse-and-search")
    assert not child.gate.permits("ticket-order")


def test_r060_a_guardian_accepts_it_for_them(looked_after: Someone, pack: Pack) -> None:
    (event,) = looked_after.record.events
    assert (event.status, event.indicated_by) == (ConsentStatus.GIVEN, GUARDIAN)
    assert looked_after.gate.notice_accepted
    permitted = {it for it in pack.purposes if looked_after.gate.permits(it)}
    assert permitted == {it.id for it in pack.purposes.values() if it.consent is ConsentKind.NONE}


def test_r060_each_consent_is_the_guardians(looked_after: Someone) -> None:
    assert locate(looked_after) is Verdict.GUARDIAN_FIRST
    judge = looked_after.gate.judge_purpose
    assert judge("push-delivery", initiative=Initiative.PERSON) is Verdict.GUARDIAN_FIRST
    with pytest.raises(NotPermitted, match=r"^a child's guardian has to agree$"):
        looked_after.give("nearby-cinema")
    assert not looked_after.gate.permits("nearby-cinema")
    assert locate(looked_after, GUARDIAN) is Verdict.EXPLAIN
    event = looked_after.give("nearby-cinema", GUARDIAN)
    assert (event.status, event.indicated_by) == (ConsentStatus.GIVEN, GUARDIAN)
    assert looked_after.gate.permits("nearby-cinema")
    assert locate(looked_after) is Verdict.ASK_SYSTEM


def test_a_child_may_always_say_no(looked_after: Someone) -> None:
    assert looked_after.refuse("avatar-upload").status is ConsentStatus.REFUSED
    # A guardian's no is remembered for the child as well.
    refusal = looked_after.refuse("usage-analytics", GUARDIAN)
    assert looked_after.gate.last_no("usage-analytics") == refusal
    asked_again = looked_after.gate.judge_purpose(
        "usage-analytics", initiative=Initiative.PERSON, asked=GUARDIAN
    )
    assert asked_again is Verdict.EXPLAIN_IN_PLACE
    looked_after.give("nearby-cinema", GUARDIAN)
    assert looked_after.withdraw("nearby-cinema").status is ConsentStatus.WITHDRAWN
    assert not looked_after.gate.permits("nearby-cinema")
    assert locate(looked_after, GUARDIAN) is Verdict.EXPLAIN_IN_PLACE


def test_what_a_guardian_takes_back_is_revoked(looked_after: Someone) -> None:
    looked_after.give("nearby-cinema", GUARDIAN)
    event = looked_after.withdraw("nearby-cinema", GUARDIAN)
    assert (event.status, event.indicated_by) == (ConsentStatus.REVOKED, GUARDIAN)
    notice = notice_withdrawal(looked_after.pack, "zh_Hans")
    event = looked_after.choices.withdraw_notice(
        notice, label="撤回", gesture="x", indicated_by=GUARDIAN
    )
    assert (event.target, event.status) == (BASE_NOTICE, ConsentStatus.REVOKED)
    assert not looked_after.gate.notice_accepted
    assert not looked_after.gate.notice_due


@pytest.mark.parametrize("birth_date", [None, MINOR, ADULT])
def test_nobody_is_the_guardian_of_somebody_who_is_no_child(
    someone: Someone, birth_date: date | None
) -> None:
    if birth_date is not None:
        someone.record.declare_birth_date(birth_date)
    with pytest.raises(NotPermitted, match=r"^a guardian decides for a child only$"):
        someone.accept_notice(GUARDIAN)
    someone.accept_notice()
    assert locate(someone, GUARDIAN) is Verdict.NO_CHILD
    for verb in (someone.give, someone.refuse):
        with pytest.raises(NotPermitted, match=r"^a guardian decides for a child only$"):
            verb("nearby-cinema", GUARDIAN)
    someone.give("nearby-cinema")
    with pytest.raises(NotPermitted, match=r"^a guardian decides for a child only$"):
        someone.withdraw("nearby-cinema", GUARDIAN)
    with pytest.raises(NotPermitted, match=r"^a guardian decides for a child only$"):
        someone.choices.refuse_notice(
            first_notice(someone.pack, "zh_Hans"), label="不同意", indicated_by=GUARDIAN
        )


def test_r060_what_a_child_had_given_alone_is_invalidated(someone: Someone) -> None:
    someone.accept_notice()
    someone.give("nearby-cinema")
    someone.refuse("avatar-upload")
    someone.record.declare_birth_date(CHILD)
    # At once, before anything is written down.
    assert not someone.gate.notice_accepted
    assert someone.gate.notice_due
    assert not someone.gate.permits("nearby-cinema")
    assert not someone.gate.permits("ticket-order")
    events = someone.choices.settle()
    assert {(it.target, it.status) for it in events} == {
        (BASE_NOTICE, ConsentStatus.INVALIDATED),
        (target("nearby-cinema"), ConsentStatus.INVALIDATED),
    }
    assert {it.cause for it in events} == {Cause.RULE}
    assert someone.record.status(target("avatar-upload")) is ConsentStatus.REFUSED
    assert someone.choices.settle() == ()
    # A guardian's yes is a new one, not the child's renewed.
    assert someone.accept_notice(GUARDIAN).status is ConsentStatus.GIVEN
    assert someone.give("nearby-cinema", GUARDIAN).status is ConsentStatus.GIVEN
    assert someone.gate.permits("nearby-cinema")


def test_a_child_is_one_until_the_birthday_in_the_devices_own_zone(store: Path, pack: Pack) -> None:
    # 15 by the pack: on 6 May 2025, which begins in Shanghai while it is still the 5th in UTC.
    clock = ManualClock(datetime(2025, 5, 5, 23, 59, 59, tzinfo=timezone(timedelta(hours=8))))
    someone = Someone(store, pack, clock)
    someone.record.declare_birth_date(date(2010, 5, 6))
    ages = [someone.gate.age]
    assert someone.gate.until_next_change() == timedelta(seconds=1)
    clock.advance(timedelta(seconds=1))
    ages.append(someone.gate.age)
    clock.set_wall_clock(datetime(2025, 5, 5, 16, 30, tzinfo=timezone(timedelta())))
    ages.append(someone.gate.age)
    assert ages == [AgeBand.CHILD, AgeBand.MINOR, AgeBand.CHILD]
    someone.close()


@pytest.mark.parametrize(("guardian_below", "wanted"), [(14, AgeBand.MINOR), (15, AgeBand.CHILD)])
def test_r065_the_threshold_is_the_packs(
    someone: Someone, pack: Pack, guardian_below: int, wanted: AgeBand
) -> None:
    someone.record.declare_birth_date(TODAY.replace(year=TODAY.year - 14))
    rules = replace(pack.rules, guardian_below=guardian_below)
    assert Gate(replace(pack, rules=rules), someone.record, someone.clock).age is wanted


# --- growing up


def test_coming_of_age_ends_the_guardians_consents_and_the_person_is_asked(
    looked_after: Someone, clock: ManualClock
) -> None:
    looked_after.give("nearby-cinema", GUARDIAN)
    looked_after.refuse("avatar-upload", GUARDIAN)
    wait = looked_after.gate.until_next_change()
    assert wait is not None
    clock.advance(wait)
    gate = looked_after.gate
    assert gate.age is AgeBand.MINOR
    assert gate.notice_due
    assert not gate.permits("nearby-cinema")
    events = looked_after.choices.settle()
    assert {(it.target, it.status) for it in events} == {
        (BASE_NOTICE, ConsentStatus.EXPIRED),
        (target("nearby-cinema"), ConsentStatus.EXPIRED),
    }
    assert looked_after.accept_notice().status is ConsentStatus.RENEWED
    assert gate.standing("nearby-cinema").id == "outgrown"
    # The guardian's no was not theirs either.
    assert gate.last_no("avatar-upload") is None
    asked = gate.judge_purpose("avatar-upload", initiative=Initiative.PERSON)
    assert asked is Verdict.EXPLAIN
    assert looked_after.give("nearby-cinema").status is ConsentStatus.RENEWED
    assert gate.permits("nearby-cinema")


def test_a_guardians_no_to_the_notice_does_not_outlast_childhood(
    child: Someone, clock: ManualClock
) -> None:
    notice = first_notice(child.pack, "zh_Hans")
    child.choices.refuse_notice(notice, label="不同意", indicated_by=GUARDIAN)
    assert not child.gate.notice_due
    clock.advance(timedelta(days=366 * 5))
    assert child.gate.notice_due


# --- minors


@pytest.mark.parametrize("birth_date", [CHILD, MINOR])
def test_r063_a_minor_is_given_nothing_that_is_never_for_minors(
    someone: Someone, birth_date: date
) -> None:
    someone.record.declare_birth_date(birth_date)
    by = GUARDIAN if birth_date == CHILD else IndicatedBy.SUBJECT
    someone.accept_notice(by)
    judged = someone.gate.judge_purpose(NEVER, initiative=Initiative.PERSON, asked=by)
    assert judged is Verdict.NOT_FOR_MINORS
    with pytest.raises(NotPermitted, match="not for minors"):
        someone.give(NEVER, by)
    assert someone.gate.standing(NEVER).answer is Standing.NOT_FOR_MINORS
    # Everything else as for anybody.
    assert someone.gate.permits("ticket-order")
    someone.give("usage-analytics", by)
    assert someone.gate.permits("usage-analytics")


def test_r063_it_ends_when_it_turns_out_that_they_are_one(someone: Someone) -> None:
    someone.accept_notice()
    someone.give(NEVER)
    someone.give("usage-analytics")
    assert someone.gate.permits(NEVER)
    someone.record.declare_birth_date(MINOR)
    assert not someone.gate.permits(NEVER)
    (event,) = someone.choices.settle()
    assert (event.target, event.status) == (target(NEVER), ConsentStatus.INVALIDATED)
    assert someone.gate.permits("usage-analytics")


def test_r063_an_adult_may_be_given_it(someone: Someone, clock: ManualClock) -> None:
    someone.record.declare_birth_date(MINOR)
    someone.accept_notice()
    clock.advance(timedelta(days=366))
    assert someone.gate.age is AgeBand.ADULT
    someone.give(NEVER)
    assert someone.gate.permits(NEVER)


def test_r063_refusing_everything_leaves_a_minor_the_basic_functions(
    someone: Someone, pack: Pack
) -> None:
    someone.record.declare_birth_date(MINOR)
    someone.accept_notice()
    for purpose in pack.purposes.values():
        if purpose.asks_consent:
            someone.refuse(purpose.id)
    basic = {it.id for it in pack.purposes.values() if not it.asks_consent}
    assert {it for it in pack.purposes if someone.gate.permits(it)} == basic


# --- a birth date that is not known


def test_who_declared_no_birth_date_decides_alone(someone: Someone) -> None:
    assert someone.gate.age is AgeBand.UNKNOWN
    someone.accept_notice()
    someone.give(NEVER)
    assert someone.gate.permits(NEVER)
    assert someone.gate.until_next_change() is None


def test_a_second_device_without_the_birth_date_does_not_take_a_child_for_an_adult(
    looked_after: Someone, tmp_path: Path, pack: Pack, clock: ManualClock
) -> None:
    looked_after.give("nearby-cinema", GUARDIAN)
    second = Someone(tmp_path / "second.sqlite3", pack, clock)
    second.refuse("autostart")
    second.record.take_in(looked_after.record.events)
    assert second.record.birth_date is None
    ages = [second.gate.age]
    assert second.gate.permits("nearby-cinema")
    assert second.choices.settle() == ()
    with pytest.raises(NotPermitted, match=r"^a child's guardian has to agree$"):
        second.give("avatar-upload")
    second.record.declare_birth_date(ADULT)
    ages.append(second.gate.age)
    assert ages == [AgeBand.CHILD, AgeBand.ADULT]
    assert not second.gate.permits("nearby-cinema")
    second.close()
