"""The gate's rules as a host meets them: guardians, updates, gestures, time, and the app asking."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from components.answers import Answer, NoticeOutcome, Outcome
from components.consent.clock import SystemClock
from components.consent.event import Cause, IndicatedBy
from components.consent.gate import AgeBand, NotPermitted, Verdict
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.policy.pack import Pack

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio

GRANTED = {"location": SystemStatus.GRANTED}
GUARDIAN = IndicatedBy.GUARDIAN
CHILD, ADULT = date(2016, 3, 2), date(1980, 3, 2)
NEARBY, PUSH = "nearby-cinema", "push-delivery"


async def locate(visit: Visit, key: str, by: IndicatedBy = IndicatedBy.SUBJECT) -> Answer:
    """Ask for the location and press one thing."""
    kit = visit.kit
    asking = visit.pilot.start(lambda: kit.ask("location", gesture="city.locate", indicated_by=by))
    await visit.pilot.settle()
    await visit.press(key)
    answer: Answer = await asking
    return answer


async def press_in_notice(visit: Visit, key: str, by: IndicatedBy) -> NoticeOutcome:
    showing = visit.pilot.start(lambda: visit.kit.show_first_notice(indicated_by=by))
    await visit.pilot.settle()
    await visit.press(key)
    outcome: NoticeOutcome = await showing
    return outcome


def with_purpose(pack: Pack, **changes: object) -> Pack:
    purpose = replace(pack.purposes[PUSH], **changes)  # type: ignore[arg-type]
    return replace(pack, purposes={**pack.purposes, PUSH: purpose})


# ---


async def test_r077_each_gesture_allows_one_fix(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    assert (await locate(it, "prompt.accept")).granted
    with it.kit.using(NEARBY, "location"):
        pass
    with pytest.raises(NotPermitted, match="one use"), it.kit.using(NEARBY, "location"):
        raise AssertionError("not reached")
    again = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert again.granted
    with it.kit.using(NEARBY, "location"):
        pass


# ---


async def test_r060_a_guardian_decides_for_a_child(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    assert it.kit.permits("ticket-order")
    assert it.kit.declare_birth_date(CHILD)
    # What the child had agreed to alone is over, and is recorded so.
    assert not it.kit.permits("ticket-order")
    assert it.kit.permits("browse-and-search")
    last = it.kit.record.events[-1]
    assert (last.status, last.cause) == (ConsentStatus.INVALIDATED, Cause.RULE)
    assert await it.pilot.call(it.kit.start) is NoticeOutcome.GUARDIAN_FIRST
    assert not it.pilot.dialogs

    outcome = await press_in_notice(it, "first-notice.accept", GUARDIAN)
    assert outcome is NoticeOutcome.ACCEPTED
    assert it.kit.permits("ticket-order")
    answer = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, Verdict.GUARDIAN_FIRST)
    assert (await locate(it, "prompt.accept", GUARDIAN)).granted
    given = it.kit.record.holding(it.kit.record.events[-2].target)
    assert given is not None and given.indicated_by is GUARDIAN
    assert it.kit.withdraw(NEARBY, indicated_by=GUARDIAN) is not None
    assert it.kit.status(NEARBY) is ConsentStatus.REVOKED
    assert it.kit.withdraw_notice() is not None
    assert not it.kit.permits("ticket-order")


async def test_r060_a_notice_that_is_open_when_it_turns_out_that_they_are_a_child(
    visit: MakeVisit,
) -> None:
    it = await visit()
    showing = it.pilot.start(it.kit.start)
    await it.pilot.settle()
    assert it.kit.declare_birth_date(CHILD)
    await it.press("first-notice.accept")
    assert await showing is NoticeOutcome.GUARDIAN_FIRST
    assert it.kit.record.events == ()


async def test_a_guardian_refuses_for_a_child(visit: MakeVisit) -> None:
    it = await visit()
    it.kit.declare_birth_date(CHILD)
    outcome = await press_in_notice(it, "first-notice.refuse", GUARDIAN)
    assert outcome is NoticeOutcome.REFUSED
    assert not it.kit.gate.notice_due


async def test_a_birth_date_is_a_day_that_was_and_that_can_be_saved(
    visit: MakeVisit, tmp_path: Path
) -> None:
    store = tmp_path / "a-folder.sqlite"
    store.mkdir()
    it = await visit(store=store)
    with pytest.raises(ValueError, match="nobody was born on 2026-03-03 yet"):
        it.kit.declare_birth_date(date(2026, 3, 3))
    assert it.kit.declare_birth_date(CHILD) is False
    assert it.kit.gate.age is AgeBand.UNKNOWN


# --- the app asks


async def app_asks(visit: Visit, key: str | None = None) -> Answer:
    asking = visit.pilot.start(lambda: visit.kit.ask_for(PUSH, gesture=None))
    await visit.pilot.settle()
    if key is not None:
        await visit.press(key)
    answer: Answer = await asking
    return answer


async def test_r011_r078_the_app_asks_now_and_then_and_not_for_ever(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    for _ in range(it.kit.pack.rules.max_asks):
        assert (await app_asks(it, "prompt.refuse")).outcome is Outcome.REFUSED
        for _ in range(5):
            quiet = await app_asks(it)
            assert quiet.outcome is Outcome.NOT_ASKED
            assert quiet.verdict in (Verdict.COOLING_DOWN, Verdict.ASKED_ENOUGH)
            assert not it.pilot.dialogs
        it.clock.advance(it.kit.pack.rules.cool_down)
    assert (await app_asks(it)).verdict is Verdict.ASKED_ENOUGH


async def test_what_the_person_calls_for_is_asked_and_in_place_after_a_no(
    visit: MakeVisit,
) -> None:
    it = await visit()
    assert (await app_asks(it)).verdict is Verdict.NOTICE_FIRST
    await it.accept_notice()
    await app_asks(it, "prompt.refuse")
    answer = await it.pilot.call(lambda: it.kit.ask_for(PUSH, gesture="settings.push"))
    assert (answer.outcome, answer.verdict) == (Outcome.IN_PLACE, Verdict.EXPLAIN_IN_PLACE)
    it.clock.advance(it.kit.pack.rules.cool_down)
    asking = it.pilot.start(lambda: it.kit.ask_for(PUSH, gesture="settings.push"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    assert (await asking).granted
    assert it.kit.record.events[-1].gesture == "settings.push"
    assert (await app_asks(it)).verdict is Verdict.PERMITTED


async def test_r006_what_takes_necessity_and_impact_is_not_asked_without_them(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    answer = await it.pilot.call(lambda: it.kit.ask_for("public-disclosure", gesture="settings"))
    assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
    # Where a prompt says them, its words are shown.
    asking = it.pilot.start(lambda: it.kit.ask_for(NEARBY, gesture="settings"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    assert (await asking).granted
    assert it.permissions.requests == []


# --- two windows


async def test_a_question_that_another_window_answered_ends_nothing(
    visit: MakeVisit, tmp_path: Path
) -> None:
    it = await visit()
    await it.accept_notice()
    second = await visit()
    asking = it.pilot.start(lambda: it.kit.ask_for(PUSH, gesture="settings.push"))
    await it.pilot.settle()
    elsewhere = second.pilot.start(lambda: second.kit.ask_for(PUSH, gesture="settings.push"))
    await second.pilot.settle()
    await second.press("prompt.accept")
    assert (await elsewhere).granted
    await it.pilot.dismiss_dialog(by="back")
    answer = await asking
    assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, Verdict.PERMITTED)
    assert it.kit.permits(PUSH)


async def test_a_yes_to_a_question_whose_notice_was_taken_back_does_not_count(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    second = await visit()
    asking = it.pilot.start(lambda: it.kit.ask_for(PUSH, gesture="settings.push"))
    await it.pilot.settle()
    assert second.kit.withdraw_notice() is not None
    it.kit.refresh()
    await it.press("prompt.accept")
    answer = await asking
    assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, Verdict.NOTICE_FIRST)
    assert not it.kit.permits(PUSH)


# --- versions and time


async def test_r007_an_update_is_shown_and_what_it_touches_is_suspended(
    visit: MakeVisit, pack: Pack
) -> None:
    it = await visit()
    await it.accept_notice()
    for purpose_id in ("marketing-push", PUSH):
        asking = it.pilot.start(lambda p=purpose_id: it.kit.give(p))
        await it.pilot.settle()
        await it.press("prompt.accept" if purpose_id == PUSH else "purpose.accept")
        assert (await asking).granted
    old, example = pack.versions
    newest = replace(example, example=False)
    newer = await visit(policy=replace(pack, versions=(old, newest)).at(newest.id))
    assert newer.kit.status("marketing-push") is ConsentStatus.REQUESTED
    assert newer.kit.permits(PUSH)
    assert newer.kit.permits("ticket-order")
    # Closing it is no answer; it comes again.
    showing = newer.pilot.start(newer.kit.start)
    await newer.pilot.settle()
    await newer.pilot.dismiss_dialog(by="back")
    assert await showing is NoticeOutcome.DISMISSED
    assert newer.kit.gate.update_due
    showing = newer.pilot.start(newer.kit.start)
    await newer.pilot.settle()
    await newer.press("update.accept")
    # Only what is touched is asked again, by itself; closed, it stays off.
    await newer.pilot.dismiss_dialog(by="back")
    assert await showing is NoticeOutcome.ACCEPTED
    assert await newer.pilot.call(newer.kit.start) is NoticeOutcome.NOT_DUE
    assert not newer.kit.permits("marketing-push")
    assert newer.kit.permits(PUSH)


async def test_r015_what_time_ended_is_written_down_on_resume(visit: MakeVisit, pack: Pack) -> None:
    it = await visit(policy=with_purpose(pack, valid_for=timedelta(days=30)))
    calls: list[str] = []
    it.kit.register_sdk(
        "jpush", start=lambda: calls.append("start"), stop=lambda: calls.append("stop")
    )
    await it.accept_notice()
    await app_asks(it, "prompt.accept")
    it.clock.advance(timedelta(days=30))
    assert not it.kit.permits(PUSH)
    await it.kit.mirror_permissions()
    assert it.kit.status(PUSH) is ConsentStatus.EXPIRED
    assert calls == ["start", "stop"]


async def test_r015_sdks_stop_although_it_cannot_be_written_down(
    visit: MakeVisit, pack: Pack
) -> None:
    it = await visit(policy=with_purpose(pack, valid_for=timedelta(days=30)))
    calls: list[str] = []
    it.kit.register_sdk(
        "jpush", start=lambda: calls.append("start"), stop=lambda: calls.append("stop")
    )
    await it.accept_notice()
    await app_asks(it, "prompt.accept")
    it.clock.advance(timedelta(days=30))
    connection = it.kit.record.ledger._file.reading()
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    it.kit.refresh()
    assert calls == ["start", "stop"]
    connection.execute("PRAGMA query_only = OFF")
    it.kit.refresh()
    assert it.kit.status(PUSH) is ConsentStatus.EXPIRED


async def test_r015_a_consent_ends_while_nobody_does_anything(visit: MakeVisit, pack: Pack) -> None:
    clock = SystemClock()
    it = await visit(policy=with_purpose(pack, valid_for=timedelta(seconds=1)), clock=clock)
    stopped = asyncio.Event()
    it.kit.register_sdk("jpush", start=stopped.clear, stop=stopped.set)
    await it.accept_notice()
    assert (await app_asks(it, "prompt.accept")).granted
    await asyncio.wait_for(stopped.wait(), timeout=30)
    assert it.kit.status(PUSH) is ConsentStatus.EXPIRED
