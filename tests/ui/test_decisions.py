"""The decisions beside the first notice: their words, their forms, and what they record."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.answers import NoticeOutcome, Outcome
from components.consent.age import AgeBand
from components.consent.event import Cause, IndicatedBy, Layer
from components.consent.gate import Verdict
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.notices.guardian import read_birth_date
from components.policy import Pack, recompute
from components.policy.notice import PromptForm, first_notice, prompt_notice
from components.policy.pack import ChangeKind, ConsentKind
from components.prototype.gallery import gallery
from tests.pilot import running

from .conftest import MakeVisit, Visit
from .test_examples import drawn, in_order

pytestmark = pytest.mark.anyio

LOCALES = ("zh_Hans", "en")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("address", "prompt", "form"),
    [
        ("/prompt/notifications", "notifications", PromptForm.CHOICE),
        ("/prompt/clipboard-read", "clipboard-read", PromptForm.CHOICE),
        ("/prompt/system-asks", "location", PromptForm.CHOICE),
        ("/prompt/ios", "location", PromptForm.NEUTRAL),
        ("/separate-consent/push-region", "push-region", PromptForm.CHOICE),
        ("/separate-consent/login", "third-party-login", PromptForm.CHOICE),
        ("/separate-consent/offline", "offline-positioning", PromptForm.CHOICE),
        ("/separate-consent/child", "child-data", PromptForm.CHOICE),
    ],
)
async def test_it_shows_exactly_the_words_that_are_hashed(
    pack: Pack, address: str, prompt: str, form: PromptForm, locale: str
) -> None:
    lines = prompt_notice(pack, prompt, locale, form=form).lines
    if form is PromptForm.CHOICE:
        *words, accept, refuse = lines
        lines = (*words, refuse, accept)
    async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
        assert in_order(lines, pilot.texts())


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_update_shows_exactly_the_words_that_are_hashed(pack: Pack, locale: str) -> None:
    *words, accept, refuse = first_notice(pack, locale, pack.versions[-1].id).lines
    route = f"/update/several-touched?locale={locale}"
    async with running(gallery(pack), route=route) as pilot:
        assert in_order((*words, refuse, accept), pilot.texts())
        before = len(pilot.texts())
        await pilot.tap(pilot.by_key("update.changes"))
        assert len(pilot.texts()) > before


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/prompt/notifications", "prompt"),
        ("/separate-consent/login", "separate"),
        ("/update/one-touched", "update"),
        ("/guardian/age", "age"),
        ("/guardian/hand-over", "hand-over"),
        ("/guardian/check", "guardian"),
    ],
)
async def test_the_two_ways_are_drawn_the_same(pack: Pack, address: str, name: str) -> None:
    seconds = {
        "age": ("age.accept", "age.refuse"),
        "hand-over": ("hand-over.accept", "hand-over.refuse"),
    }
    yes_key, no_key = seconds.get(name, (f"{name}.accept", f"{name}.refuse"))
    async with running(gallery(pack), route=address) as pilot:
        yes, no = pilot.by_key(yes_key), pilot.by_key(no_key)
        assert drawn(yes) == drawn(no)
        assert not yes.get("autofocus")


def test_every_separate_consent_of_the_pack_has_words_or_is_not_asked(pack: Pack) -> None:
    without = {
        it.id
        for it in pack.purposes.values()
        if it.consent is ConsentKind.SEPARATE and pack.prompt_of(it.id) is None
    }
    # Whose particulars are known only case by case; see pack.toml.
    assert without == {"cross-border-transfer", "public-disclosure"}


async def put(it: Visit, asking: Any, key: str) -> Any:
    task = it.pilot.start(asking)
    await it.pilot.settle()
    await it.press(key)
    return await task


@pytest.mark.parametrize("purpose", ["push-region", "third-party-login", "offline-positioning"])
async def test_a_separate_consent_is_recorded_on_its_own_words(
    visit: MakeVisit, pack: Pack, purpose: str
) -> None:
    it = await visit()
    await it.accept_notice()
    answer = await put(
        it, lambda: it.kit.ask_for(purpose, gesture="settings.tap"), "separate.accept"
    )
    assert answer.granted
    event = it.kit.record.events[-1]
    assert event.notice is not None
    assert event.notice.notice == f"epiao/{purpose}"
    assert event.notice.digest == recompute(pack, f"epiao/{purpose}", "zh_Hans", pack.version.id)
    assert event.label == it.kit.texts.prompts[purpose].accept


# --- iOS, and what the system bars


async def test_on_ios_the_system_takes_the_answer_and_the_record_names_the_form(
    visit: MakeVisit,
) -> None:
    it = await visit(answers={"location": SystemStatus.GRANTED}, platform="ios")
    await it.accept_notice()
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    assert not it.pilot.has_key("prompt.refuse")
    await it.press("prompt.continue")
    assert (await asking).granted
    event = it.kit.record.events[-1]
    assert (str(event.target), event.status) == ("purpose:nearby-cinema", ConsentStatus.GIVEN)
    assert event.notice is not None
    assert event.notice.notice == "epiao/location-neutral"
    assert event.label == it.kit.texts.prompts["location"].neutral


async def test_on_ios_a_no_to_the_system_agrees_to_nothing_and_leads_to_the_settings(
    visit: MakeVisit,
) -> None:
    it = await visit(answers={"location": SystemStatus.DENIED_FOR_GOOD}, platform="ios")
    await it.accept_notice()
    answer = await put(it, lambda: it.kit.ask("location", gesture="city.locate"), "prompt.continue")
    assert answer.outcome is Outcome.DENIED_BY_SYSTEM
    assert not it.kit.permits("nearby-cinema")
    assert it.kit.status("nearby-cinema") is ConsentStatus.DEFERRED
    again = await it.pilot.call(lambda: it.kit.ask("location", gesture="city.locate"))
    assert (again.outcome, again.verdict) == (Outcome.NOT_ASKED, Verdict.SETTINGS)
    assert it.permissions.requests == ["location"]


async def test_the_prompt_stays_while_the_system_asks(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    said: asyncio.Future[SystemStatus] = asyncio.get_running_loop().create_future()
    it.permissions._dialog = lambda _permission: said
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    assert it.pilot.says("系统正在询问您，以您在那里的回答为准。")
    assert not it.pilot.enabled(it.pilot.by_key("prompt.accept"))
    said.set_result(SystemStatus.GRANTED)
    assert (await asking).granted
    await it.pilot.settle()
    assert not it.pilot.dialogs


async def test_help_with_the_system_says_what_to_do_and_is_no_question(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    it.permissions.set_status("location", SystemStatus.DENIED_FOR_GOOD)
    before = len(it.kit.record.events)
    showing = it.pilot.start(lambda: it.kit.screens.system_help("location"))
    await it.pilot.settle()
    await it.press("system.settings")
    # A pretended system has no settings: words take their place.
    assert any("系统设置" in text for text in it.pilot.texts())
    await it.press("system.close")
    await showing
    assert len(it.kit.record.events) == before
    assert it.permissions.requests == []


# --- a child and their guardian


def test_a_day_is_read_or_said_to_be_wrong_in_words(pack: Pack) -> None:
    from components.i18n import Language

    today, language = date(2026, 3, 2), Language.of("en")
    assert read_birth_date(" 2015", "6", "1 ", today, language) == date(2015, 6, 1)
    for wrong in (("", "6", "1"), ("15", "6", "1"), ("2015", "2", "30"), ("2027", "1", "1")):
        problem = read_birth_date(*wrong, today, language)
        assert isinstance(problem, str)
        assert problem


async def test_a_childs_guardian_agrees_and_the_record_says_so(visit: MakeVisit) -> None:
    it = await visit()
    asking = it.pilot.start(it.kit.screens.age)
    await it.pilot.settle()
    await it.press("age.accept")
    assert any("1990" in text for text in it.pilot.texts()), "what is wrong is said"
    for key, value in (("age.year", "2015"), ("age.month", "6"), ("age.day", "1")):
        await it.pilot.type(it.pilot.by_key(key), value)
    await it.press("age.accept")
    await it.press("hand-over.accept")
    await it.pilot.type(it.pilot.by_key("guardian.result"), "1")
    await it.press("guardian.accept")
    assert it.pilot.says("不对，换一道题。")
    words = next(text for text in it.pilot.texts() if "乘以" in text)
    first, second = (int(part) for part in words.rstrip("等于多少？").split("乘以"))
    await it.pilot.type(it.pilot.by_key("guardian.result"), str(first * second))
    await it.press("guardian.accept")
    await it.press("first-notice.accept")
    await it.press("separate.accept")
    await it.press("guardian.done")
    assert await asking is AgeBand.CHILD
    pressed = [event for event in it.kit.record.events if event.cause is Cause.PRESSED]
    assert [str(event.target) for event in pressed] == ["notice:base", "purpose:child-data"]
    assert all(event.indicated_by is IndicatedBy.GUARDIAN for event in pressed)
    # What was agreed to for a child, the child takes back alone.
    assert it.kit.withdraw("child-data") is not None


async def test_a_child_goes_on_browsing_without_a_guardian(visit: MakeVisit) -> None:
    it = await visit()
    it.kit.declare_birth_date(date(2015, 6, 1))
    outcome = await put(it, it.kit.screens.guardian, "hand-over.refuse")
    assert outcome is NoticeOutcome.GUARDIAN_FIRST
    assert it.kit.permits("browse-and-search")
    assert it.kit.record.events == ()


# --- a new version


async def newer(visit: MakeVisit, pack: Pack, newest: Pack | None = None) -> Visit:
    """Somebody who agreed to the old version and to its promotional messages, at the new one."""
    it = await visit()
    await it.accept_notice()
    assert (await put(it, lambda: it.kit.give("marketing-push"), "purpose.accept")).granted
    assert (await put(it, lambda: it.kit.give("crash-diagnostics"), "purpose.accept")).granted
    old, example = pack.versions
    real = replace(example, example=False)
    policy = newest or replace(pack, versions=(old, real)).at(real.id)
    return await visit(policy=policy, clock=it.clock)


def reworded(pack: Pack) -> Pack:
    """The pack with an editorial version that declares the same and says it in the same words."""
    old = pack.version
    new = replace(old, id="2022-01-01", change=ChangeKind.EDITORIAL)
    texts = {(new.id, locale): pack.texts[(old.id, locale)] for locale in pack.locales}
    return replace(
        pack,
        versions=(old, new),
        declared={**pack.declared, new.id: pack.declared[old.id]},
        texts={**pack.texts, **texts},
    ).at(new.id)


async def test_an_update_asks_only_for_what_it_touches_and_records_its_layer(
    visit: MakeVisit, pack: Pack
) -> None:
    it = await newer(visit, pack)
    showing = it.pilot.start(it.kit.start)
    await it.pilot.settle()
    await it.press("update.accept")
    await it.press("purpose.accept")
    assert await showing is NoticeOutcome.ACCEPTED
    assert not it.pilot.dialogs
    pressed = [event for event in it.kit.record.events if event.cause is Cause.PRESSED][-2:]
    assert [str(event.target) for event in pressed] == ["notice:base", "purpose:marketing-push"]
    for event in pressed:
        assert event.notice is not None
        assert event.notice.layer is Layer.UPDATE_NOTICE
        assert event.notice.digest == recompute(
            it.kit.pack, event.notice.notice, event.notice.locale, event.notice.version
        )
    assert it.kit.permits("marketing-push")
    assert it.kit.permits("crash-diagnostics")


async def test_not_agreeing_to_an_update_leads_to_browsing(visit: MakeVisit, pack: Pack) -> None:
    it = await newer(visit, pack)
    assert await put(it, it.kit.start, "update.refuse") is NoticeOutcome.REFUSED
    assert not it.kit.permits("marketing-push")
    assert it.kit.permits("browse-and-search")


async def test_a_rewording_is_told_once_and_asks_nothing(visit: MakeVisit, pack: Pack) -> None:
    it = await newer(visit, pack, reworded(pack))
    before = it.kit.record.events
    assert await it.pilot.call(it.kit.start) is NoticeOutcome.NOT_DUE
    assert it.pilot.says("隐私政策有文字调整，您的选择不变。")
    await it.pilot.dismiss_dialog(by="back")
    assert await it.pilot.call(it.kit.start) is NoticeOutcome.NOT_DUE
    assert not it.pilot.says("隐私政策有文字调整，您的选择不变。")
    assert it.kit.record.events == before
