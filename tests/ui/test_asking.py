"""From a gesture to the record, headless, with a host that has nothing but the kit."""

from __future__ import annotations

from pathlib import Path

import flet as ft
import pytest

from components.answers import NoticeOutcome, Outcome
from components.centre.live import LiveCentre
from components.consent.event import Cause
from components.consent.gate import NotPermitted, Verdict
from components.consent.opening import StoreCondition
from components.consent.permissions import SystemStatus
from components.kit import ConsentKit
from components.notices.prompt import PromptChoice
from components.surface.runtime import embed
from tests.pilot import running

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio

GRANTED = {"location": SystemStatus.GRANTED}


def story(visit: Visit) -> list[tuple[str, str]]:
    return [(str(event.target), event.status.value) for event in visit.kit.record.events]


async def ask(visit: Visit, key: str, permission: str = "location") -> Outcome:
    """Ask, press one thing in the prompt, and give the outcome."""
    asking = visit.pilot.start(lambda: visit.kit.ask(permission, gesture="city.locate"))
    await visit.pilot.settle()
    await visit.press(key)
    outcome: Outcome = (await asking).outcome
    return outcome


async def test_agreeing_here_and_in_the_system_grants(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    assert await ask(it, "prompt.accept") is Outcome.GRANTED
    assert it.permissions.requests == ["location"]
    with it.kit.using("nearby-cinema", "location"):
        pass
    # Once granted, the feature goes on without another question.
    again = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert again.granted
    assert not it.pilot.dialogs
    assert it.permissions.requests == ["location"]


async def test_refusing_here_leaves_the_systems_question_unspent(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    assert await ask(it, "prompt.refuse") is Outcome.REFUSED
    assert it.permissions.requests == []
    with pytest.raises(NotPermitted), it.kit.using("nearby-cinema", "location"):
        raise AssertionError("not reached")
    again = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert (again.outcome, again.verdict) == (Outcome.IN_PLACE, Verdict.EXPLAIN_IN_PLACE)
    assert not it.pilot.dialogs


async def test_the_systems_no_is_written_down_and_not_asked_about_again(visit: MakeVisit) -> None:
    it = await visit(answers={"location": SystemStatus.NOT_GRANTED})
    await it.accept_notice()
    assert await ask(it, "prompt.accept") is Outcome.DENIED_BY_SYSTEM
    assert story(it)[-1] == ("permission:location", "refused")
    again = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert (again.outcome, again.verdict) == (Outcome.NOT_ASKED, Verdict.SETTINGS)
    assert it.permissions.requests == ["location"]


@pytest.mark.parametrize("by", ["outside", "back"])
async def test_going_away_without_an_answer_grants_nothing(visit: MakeVisit, by: str) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    await it.pilot.dismiss_dialog(by=by)  # type: ignore[arg-type]
    assert (await asking).outcome is Outcome.DISMISSED
    assert story(it)[-1] == ("purpose:nearby-cinema", "deferred")
    assert it.kit.record.events[-1].cause is Cause.DISMISSED
    assert it.permissions.requests == []
    assert not it.kit.permits("nearby-cinema")


async def test_back_on_the_first_notice_is_no_choice_and_it_comes_again_next_time(
    visit: MakeVisit,
) -> None:
    it = await visit()
    showing = it.pilot.start(it.kit.start)
    await it.pilot.settle()
    await it.pilot.dismiss_dialog(by="back")
    assert await showing is NoticeOutcome.DISMISSED
    assert story(it) == []
    assert it.kit.gate.notice_due
    assert not it.kit.record.ledger.path.exists()


async def test_nothing_is_asked_before_the_notice(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    answer = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, Verdict.NOTICE_FIRST)
    assert not it.pilot.dialogs
    assert it.permissions.requests == []
    await it.kit.mirror_permissions()
    assert not it.kit.record.ledger.path.exists()
    assert it.kit.permits("browse-and-search")
    assert not it.kit.permits("ticket-order")


async def test_accepting_the_notice_gives_no_purpose_that_asks_for_consent(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    assert story(it) == [("notice:base", "given")]
    for purpose in it.kit.pack.purposes.values():
        assert it.kit.permits(purpose.id) is not purpose.asks_consent


async def test_what_the_pack_does_not_declare_is_not_asked(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    for permission, gesture, verdict in [
        ("camera", "scan", Verdict.NOT_DECLARED),
        ("location-background", "walk", Verdict.NOT_DECLARED),
        ("location", "", Verdict.NO_GESTURE),
    ]:
        answer = await it.pilot.call(lambda p=permission, g=gesture: it.kit.ask(p, gesture=g))
        assert (answer.outcome, answer.verdict) == (Outcome.NOT_ASKED, verdict)
    assert not it.pilot.dialogs


async def test_one_question_at_a_time(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    first = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    second = await it.pilot.call(lambda: it.kit.ask("photo-picker", gesture="me.avatar"))
    assert second.verdict is Verdict.BUSY
    assert len(it.pilot.dialogs) == 1
    await it.press("prompt.refuse")
    assert (await first).outcome is Outcome.REFUSED
    assert await ask(it, "prompt.accept", "photo-picker") is Outcome.GRANTED


async def test_an_in_place_yes_counts_and_is_told_apart_in_the_record(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    await ask(it, "prompt.refuse")
    # Said in the language of the moment, whatever stood on the screen before.
    it.kit.speak("en")
    answer = await it.pilot.call(
        lambda: it.kit.answer_in_place("location", PromptChoice.ACCEPT, gesture="city.locate")
    )
    assert answer.granted
    given = it.kit.record.events[2]
    assert given.notice is not None
    assert given.notice.layer.value == "in-place"
    assert (given.notice.locale, given.label) == ("en", "Agree to use location")


async def test_closing_the_session_answers_what_is_open_as_dismissed(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    await it.pilot.call(it.kit.abandon_questions)
    assert (await asking).outcome is Outcome.DISMISSED
    assert story(it)[-1] == ("purpose:nearby-cinema", "deferred")


async def test_what_cannot_be_saved_is_not_granted_and_said_so(
    visit: MakeVisit, tmp_path: Path
) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    connection = it.kit.record.ledger._file.reading()
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    answer = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert answer.outcome is Outcome.NOT_SAVED
    assert it.pilot.says("没能保存到这台设备上，一切照旧。")
    assert story(it) == [("notice:base", "given")]
    connection.execute("PRAGMA query_only = OFF")
    assert await ask(it, "prompt.accept") is Outcome.GRANTED


async def test_an_unreadable_store_permits_nothing_and_saves_nothing(
    visit: MakeVisit, tmp_path: Path
) -> None:
    store = tmp_path / "a-folder.sqlite"
    store.mkdir()
    it = await visit(store=store)
    assert it.kit.store_condition is StoreCondition.UNREADABLE
    showing = it.pilot.start(it.kit.start)
    await it.pilot.settle()
    await it.press("first-notice.accept")
    assert await showing is NoticeOutcome.NOT_SAVED
    assert it.pilot.says("没能保存到这台设备上，一切照旧。")
    assert not it.kit.permits("ticket-order")


async def test_a_damaged_store_is_set_aside_and_asked_anew(
    visit: MakeVisit, tmp_path: Path
) -> None:
    store = tmp_path / "record.sqlite"
    store.write_bytes(b"not a database at all" * 100)
    it = await visit(store=store)
    assert it.kit.store_condition is StoreCondition.SET_ASIDE
    assert it.kit.gate.notice_due
    await it.accept_notice()
    assert list(tmp_path.glob("record.sqlite.damaged-*"))


async def test_withdrawing_takes_effect_at_once_and_stops_the_sdk(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    calls: list[str] = []
    it.kit.register_sdk(
        "tencent-location",
        start=lambda: calls.append("start"),
        stop=lambda: calls.append("stop"),
    )
    await it.accept_notice()
    assert calls == []
    await ask(it, "prompt.accept")
    assert calls == ["start"]
    assert it.kit.withdraw("nearby-cinema") is not None
    assert calls == ["start", "stop"]
    assert not it.kit.permits("nearby-cinema")
    with pytest.raises(KeyError):
        it.kit.register_sdk("not-listed", start=calls.clear, stop=calls.clear)


async def test_taking_back_the_notice_leads_to_browsing(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    await ask(it, "prompt.accept")
    assert it.kit.withdraw_notice() is not None
    assert not it.kit.permits("nearby-cinema")
    assert not it.kit.permits("ticket-order")
    assert it.kit.permits("browse-and-search")
    # The withdrawal itself has to be able to travel.
    assert it.kit.gate.may_send
    assert not it.kit.gate.notice_due
    assert story(it)[-2:] == [("purpose:nearby-cinema", "withdrawn"), ("notice:base", "withdrawn")]
    # Agreeing again brings nothing back that was taken back with it.
    showing = it.pilot.start(it.kit.show_first_notice)
    await it.pilot.settle()
    await it.press("first-notice.accept")
    assert await showing is NoticeOutcome.ACCEPTED
    assert not it.kit.permits("nearby-cinema")
    assert it.kit.permits("ticket-order")


async def test_turning_it_off_in_the_system_is_mirrored_as_revoked(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    await ask(it, "prompt.accept")
    it.permissions.set_status("location", SystemStatus.DENIED_FOR_GOOD)
    await it.kit.mirror_permissions()
    assert story(it)[-1] == ("permission:location", "revoked")
    with pytest.raises(NotPermitted), it.kit.using("nearby-cinema", "location"):
        raise AssertionError("not reached")
    answer = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert answer.verdict is Verdict.SETTINGS


async def test_the_words_recorded_are_those_of_the_language_on_screen(visit: MakeVisit) -> None:
    it = await visit()
    showing = it.pilot.start(it.kit.start)
    await it.pilot.settle()
    await it.press("first-notice.language")
    await it.pilot.choose(it.pilot.by_key("language.group"), "en")
    await it.press("language.close")
    assert it.pilot.says("Welcome to Epiao Movies")
    await it.press("first-notice.refuse")
    assert await showing is NoticeOutcome.REFUSED
    notice = it.kit.record.events[0].notice
    assert notice is not None
    assert notice.locale == "en"
    assert it.kit.record.events[0].label == "Don’t agree, just browse"


async def test_the_policy_opens_over_a_prompt_and_the_prompt_is_still_there_after(
    visit: MakeVisit,
) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    await it.press("prompt.clause")
    assert len(it.pilot.dialogs) == 2
    assert it.pilot.says("（十一）查看附近影院")
    await it.press("page.close")
    assert len(it.pilot.dialogs) == 1
    await it.press("prompt.accept")
    assert (await asking).granted


async def test_the_centre_gives_withdraws_and_follows_the_record(visit: MakeVisit) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    it.pilot.start(it.kit.open_centre)
    await it.pilot.settle()
    await it.press("give.nearby-cinema")
    await it.press("prompt.accept")
    assert it.kit.permits("nearby-cinema")
    # The centre asks about the purpose; the system is asked where the feature is used.
    assert it.permissions.requests == []
    await it.press("withdraw.nearby-cinema")
    assert not it.kit.permits("nearby-cinema")
    assert it.pilot.has_key("give.nearby-cinema")
    await it.press("give.usage-analytics")
    await it.press("purpose.accept")
    assert it.kit.permits("usage-analytics")


async def test_the_centre_stands_in_an_imperative_page_too(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    closed: list[bool] = []

    def add_centre() -> None:
        it.kit.page.add(embed(LiveCentre, it.kit, on_close=lambda: closed.append(True)))

    await it.pilot.call(add_centre)
    await it.press("give.usage-analytics")
    await it.press("purpose.accept")
    assert it.pilot.has_key("withdraw.usage-analytics")
    await it.press("page.close")
    assert closed == [True]


async def test_an_unknown_language_is_an_error_and_changes_nothing(visit: MakeVisit) -> None:
    it = await visit()
    with pytest.raises(LookupError):
        it.kit.speak("tlh")
    assert it.kit.language.locale == "zh_Hans"


async def test_opening_with_a_broken_pack_says_where(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("id = ", encoding="utf-8")
    errors: list[Exception] = []

    async def main(page: ft.Page) -> None:
        try:
            await ConsentKit.open(page, pack=tmp_path, store=tmp_path / "record.sqlite")
        except Exception as error:
            errors.append(error)

    async with running(main):
        pass
    assert "pack.toml:1" in str(errors[0])
