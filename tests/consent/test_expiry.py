"""What time ends, and what a clock that is set can do about it: consents, and refusals."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Cause
from components.consent.gate import (
    Gate,
    Initiative,
    Verdict,
    permission_target,
    purpose_target,
)
from components.consent.ledger import Draft
from components.consent.sdks import SdkRegistry
from components.consent.status import ConsentStatus
from components.policy.pack import Pack

from .hardships import files_end_at
from .someone import Someone

PURPOSE = "push-delivery"
VALID_FOR = timedelta(days=180)
COOL_DOWN = timedelta(hours=48)
INSTANT = timedelta(milliseconds=1)
APP = Initiative.APP
EXPIRED, RENEWED = ConsentStatus.EXPIRED, ConsentStatus.RENEWED
PUT_OFF = (ConsentStatus.DEFERRED, Cause.DISMISSED)


@pytest.fixture
def pack(pack: Pack) -> Pack:
    """The pack with one purpose whose consent runs out."""
    purpose = replace(pack.purposes[PURPOSE], valid_for=VALID_FOR)
    return replace(pack, purposes={**pack.purposes, PURPOSE: purpose})


@pytest.fixture
def agreed(someone: Someone) -> Someone:
    someone.accept_notice()
    someone.give(PURPOSE)
    someone.give("usage-analytics")
    return someone


def test_r015_a_consent_runs_out(agreed: Someone, clock: ManualClock) -> None:
    assert agreed.gate.until_next_change() == VALID_FOR
    clock.advance(VALID_FOR - INSTANT)
    assert agreed.gate.permits(PURPOSE)
    assert agreed.choices.settle() == ()
    clock.advance(INSTANT)
    # At once, whether written down or not.
    assert not agreed.gate.permits(PURPOSE)
    assert agreed.gate.permits("usage-analytics")
    assert agreed.gate.until_next_change() is None
    assert agreed.gate.standing(PURPOSE).id == "ran-out"
    (event,) = agreed.choices.settle()
    assert agreed.gate.standing(PURPOSE).id == "ran-out"
    assert (event.target, event.status) == (purpose_target(PURPOSE), EXPIRED)
    assert (event.cause, event.gesture, event.notice, event.label) == (Cause.RULE, *[None] * 3)
    assert not agreed.gate.permits(PURPOSE)


def test_a_consent_that_ran_out_is_renewed(agreed: Someone, clock: ManualClock) -> None:
    clock.advance(VALID_FOR)
    assert agreed.gate.judge_purpose(PURPOSE, initiative=APP) is Verdict.EXPLAIN
    assert agreed.give(PURPOSE).status is RENEWED
    assert agreed.record.events[-2].status is EXPIRED
    assert agreed.gate.permits(PURPOSE)
    clock.advance(VALID_FOR)
    assert not agreed.gate.permits(PURPOSE)


def test_what_ran_out_can_still_be_withdrawn_or_put_off(
    agreed: Someone, clock: ManualClock
) -> None:
    clock.advance(VALID_FOR)
    assert agreed.withdraw(PURPOSE).status is ConsentStatus.WITHDRAWN
    agreed.give(PURPOSE)
    clock.advance(VALID_FOR)
    assert agreed.defer(PURPOSE).status is ConsentStatus.DEFERRED


def test_it_is_written_down_once_by_however_many_windows(
    agreed: Someone, pack: Pack, clock: ManualClock
) -> None:
    second = Someone(agreed.record.ledger.path, pack, clock)
    clock.advance(VALID_FOR)
    assert second.gate.overdue() and agreed.gate.overdue()
    assert len(agreed.choices.settle()) == 1
    assert second.choices.settle() == ()
    assert [it.status for it in second.record.events].count(EXPIRED) == 1
    second.close()


def test_a_window_that_is_quicker_in_the_middle_of_it_is_seen(
    agreed: Someone, pack: Pack, clock: ManualClock
) -> None:
    second = Someone(agreed.record.ledger.path, pack, clock)
    child = clock.now().date().replace(year=clock.now().year - 9)
    agreed.record.declare_birth_date(child)
    number = len(agreed.gate.overdue())
    assert number == 3
    by_second: list[int] = []
    agreed.record.subscribe(
        lambda: by_second.append(len(second.choices.settle())) if not by_second else None
    )
    assert len(agreed.choices.settle()) == 1
    assert by_second == [number - 1]
    ended = [it for it in agreed.record.events if it.cause is Cause.RULE]
    assert len({it.target for it in ended}) == len(ended) == number
    second.close()


def test_what_this_device_gave_while_its_clock_was_ahead_is_ended_all_the_same(
    someone: Someone, clock: ManualClock
) -> None:
    right = clock.now()
    clock.set_wall_clock(right + timedelta(days=10))
    someone.accept_notice()
    clock.set_wall_clock(right)
    someone.record.declare_birth_date(right.date().replace(year=right.year - 9))
    assert len(someone.choices.settle()) == 1
    assert someone.choices.settle() == ()


def test_what_the_pack_does_not_declare_is_left_as_it_stands(someone: Someone) -> None:
    someone.record.declare_birth_date(someone.clock.now().date().replace(year=2012))
    # Of a newer kit beside this one, and a permission that is called as a purpose is.
    someone.put(purpose_target("unheard-of"), ConsentStatus.GIVEN)
    someone.put(permission_target("personalised-display"), ConsentStatus.GIVEN)
    assert someone.choices.settle() == ()


def test_it_permits_nothing_although_it_cannot_be_written_down(
    agreed: Someone, clock: ManualClock
) -> None:
    clock.advance(VALID_FOR)
    with files_end_at(0), pytest.raises(Exception, match="disk"):
        agreed.choices.settle()
    assert not agreed.gate.permits(PURPOSE)
    assert len(agreed.choices.settle()) == 1


def test_sdks_stop_when_a_consent_runs_out(
    agreed: Someone, pack: Pack, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[str] = []
    registry = SdkRegistry(pack, agreed.gate)
    registry.register("jpush", lambda: calls.append("start"), lambda: calls.append("stop"))
    agreed.record.subscribe(registry.reconcile)
    assert calls == ["start"]
    clock.advance(VALID_FOR)
    with caplog.at_level(logging.ERROR):
        agreed.choices.settle()
    assert calls == ["start", "stop"]
    assert not caplog.records


# --- a clock that is set


def test_setting_the_clock_back_does_not_give_time_back(
    agreed: Someone, clock: ManualClock
) -> None:
    clock.set_wall_clock(clock.now() - timedelta(days=1000))
    clock.advance(VALID_FOR - INSTANT)
    assert agreed.gate.permits(PURPOSE)
    clock.advance(INSTANT)
    # What this process has seen pass counts, whatever the clock on the wall says.
    assert not agreed.gate.permits(PURPOSE)


def test_after_a_restart_the_newest_entry_says_how_late_it_is_at_least(
    agreed: Someone, pack: Pack, clock: ManualClock
) -> None:
    began = clock.now()
    clock.advance(VALID_FOR)
    agreed.record.append(Draft(purpose_target("nearby-cinema"), *PUT_OFF))
    restarted = ManualClock(began)
    assert not Gate(pack, agreed.record, restarted).permits(PURPOSE)


def test_a_record_from_a_device_whose_clock_is_ahead_ends_nothing_here(
    agreed: Someone, pack: Pack, clock: ManualClock, tmp_path: Path
) -> None:
    ahead = ManualClock(clock.now() + VALID_FOR * 2)
    second = Someone(tmp_path / "second.sqlite3", pack, ahead)
    second.refuse("nearby-cinema")
    agreed.record.take_in(second.record.events)
    assert agreed.gate.permits(PURPOSE)
    second.close()


def test_what_another_device_gave_later_than_now_is_not_ended_again_and_again(
    agreed: Someone, pack: Pack, clock: ManualClock, tmp_path: Path
) -> None:
    ahead = ManualClock(clock.now() + timedelta(days=10))
    second = Someone(tmp_path / "second.sqlite3", pack, ahead)
    second.accept_notice()
    second.give("personalised-display")
    agreed.record.take_in(second.record.events)
    agreed.record.declare_birth_date(clock.now().date().replace(year=clock.now().year - 16))
    assert not agreed.gate.permits("personalised-display")
    assert agreed.choices.settle() == ()
    clock.advance(timedelta(days=11))
    (event,) = agreed.choices.settle()
    assert event.status is ConsentStatus.INVALIDATED
    assert agreed.choices.settle() == ()
    second.close()


def test_what_another_device_gave_at_this_very_moment_is_ended(
    agreed: Someone, pack: Pack, clock: ManualClock, tmp_path: Path
) -> None:
    # A word that does not permit holds over one of the same instant.
    clock.advance(timedelta(minutes=1))
    second = Someone(tmp_path / "second.sqlite3", pack, clock)
    second.accept_notice()
    second.give("personalised-display")
    agreed.record.take_in(second.record.events)
    agreed.record.declare_birth_date(clock.now().date().replace(year=clock.now().year - 16))
    (event,) = agreed.choices.settle()
    assert event.status is ConsentStatus.INVALIDATED
    assert agreed.choices.settle() == ()
    second.close()


def test_one_that_has_no_record_of_its_own_yet_ends_nothing_ahead_of_time(
    agreed: Someone, pack: Pack, clock: ManualClock, tmp_path: Path
) -> None:
    clock.advance(timedelta(days=1))
    agreed.give("personalised-display")
    behind = ManualClock(clock.now() - timedelta(days=1))
    fresh = Someone(tmp_path / "fresh.sqlite3", pack, behind)
    fresh.record.take_in(agreed.record.events)
    fresh.record.declare_birth_date(clock.now().date().replace(year=clock.now().year - 16))
    assert not fresh.gate.permits("personalised-display")
    assert fresh.choices.settle() == ()
    fresh.close()


@pytest.fixture
def refused(someone: Someone) -> Someone:
    someone.accept_notice()
    someone.refuse(PURPOSE)
    return someone


def judged(someone: Someone) -> Verdict:
    return someone.gate.judge_purpose(PURPOSE, initiative=APP)


def test_r012_the_app_keeps_quiet_for_48_hours(refused: Someone, clock: ManualClock) -> None:
    clock.advance(COOL_DOWN - INSTANT)
    assert judged(refused) is Verdict.COOLING_DOWN
    clock.advance(INSTANT)
    assert judged(refused) is Verdict.EXPLAIN


def test_r012_setting_the_clock_back_after_a_no_does_not_shorten_it(
    refused: Someone, clock: ManualClock
) -> None:
    clock.set_wall_clock(clock.now() - timedelta(days=400))
    assert judged(refused) is Verdict.COOLING_DOWN
    clock.advance(COOL_DOWN - INSTANT)
    assert judged(refused) is Verdict.COOLING_DOWN
    # This process has seen 48 hours pass.
    clock.advance(INSTANT)
    assert judged(refused) is Verdict.EXPLAIN


def test_r012_setting_the_clock_back_before_a_no_does_not_shorten_it(
    someone: Someone, clock: ManualClock
) -> None:
    someone.accept_notice()
    right = clock.now()
    clock.set_wall_clock(right - timedelta(days=400))
    someone.refuse(PURPOSE)
    clock.set_wall_clock(right)
    assert judged(someone) is Verdict.COOLING_DOWN
    clock.advance(COOL_DOWN)
    assert judged(someone) is Verdict.EXPLAIN


def test_r012_a_restart_with_the_clock_set_back_leaves_the_app_quiet(
    refused: Someone, pack: Pack, clock: ManualClock
) -> None:
    restarted = ManualClock(clock.now() - timedelta(days=400))
    restarted.advance(timedelta(hours=1))
    record = refused.record
    assert Gate(pack, record, restarted).judge_purpose(PURPOSE, initiative=APP) is (
        Verdict.COOLING_DOWN
    )


def test_r011_an_app_that_asked_and_was_killed_does_not_ask_again_at_once(
    someone: Someone, clock: ManualClock
) -> None:
    someone.accept_notice()
    someone.record.ledger.record_ask(purpose_target(PURPOSE), APP.value)
    assert judged(someone) is Verdict.COOLING_DOWN
    # The person may.
    by_person = someone.gate.judge_purpose(PURPOSE, initiative=Initiative.PERSON)
    assert by_person is Verdict.EXPLAIN
    clock.set_wall_clock(clock.now() - timedelta(days=1))
    assert judged(someone) is Verdict.COOLING_DOWN
    clock.advance(COOL_DOWN + timedelta(days=1))
    assert judged(someone) is Verdict.EXPLAIN


def test_asks_that_cannot_be_counted_are_not_put(someone: Someone) -> None:
    someone.accept_notice()
    store = someone.record.ledger.path
    someone.close()
    for file in store.parent.glob(f"{store.name}*"):
        file.write_bytes(b"no store" * 1000)
    assert judged(someone) is Verdict.ASKED_ENOUGH
