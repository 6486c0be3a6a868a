"""Somebody types or chooses, and presses the button at once: what came last counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.consent.age import AgeBand
from components.endpoint import EmbeddedEndpoint, Settings
from components.i18n import Language
from components.policy import Pack
from components.study.running.questions import Asked, Choice
from components.study_room.code_entry import CodeEntry
from components.study_room.debrief import Debrief
from components.study_room.research_consent import ResearchConsent
from components.study_room.study_question import StudyQuestion
from tests.pilot import Pilot, running
from tests.prototype.test_host import App, press, to_checkout

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio

ENGLISH = Language.of("en")


async def test_a_phone_number(pack: Pack, tmp_path: Path) -> None:
    app = App(pack, tmp_path)
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        field, button = pilot.by_key("order.phone"), pilot.by_key("order.place")
        await pilot.type_and_tap(field, "13800138000", button)
        assert pilot.says("138 •••• 8000")


async def test_a_day_of_birth(visit: MakeVisit) -> None:
    it = await visit()
    asking = it.pilot.start(it.kit.screens.age)
    await it.pilot.settle()
    for key, value in (("age.year", "2015"), ("age.month", "6")):
        await it.pilot.type(it.pilot.by_key(key), value)
    await it.pilot.type_and_tap(it.pilot.by_key("age.day"), "21", it.pilot.by_key("age.accept"))
    await it.press("hand-over.accept")
    assert it.kit.record.birth_date == date(2015, 6, 21)
    words = next(text for text in it.pilot.texts() if "乘以" in text)
    first, second = (int(part) for part in words.rstrip("等于多少？").split("乘以"))
    await it.pilot.type_and_tap(
        it.pilot.by_key("guardian.result"),
        str(first * second),
        it.pilot.by_key("guardian.accept"),
    )
    await it.press("first-notice.accept")
    await it.press("separate.accept")
    await it.press("guardian.done")
    assert await asking is AgeBand.CHILD


async def test_a_request(visit: MakeVisit, tmp_path: Path) -> None:
    async with EmbeddedEndpoint(Settings(f"sqlite:///{tmp_path}/endpoint.sqlite")) as endpoint:
        it = await visit(endpoint=endpoint.url)
        await it.accept_notice()
        it.pilot.start(it.kit.screens.rights)
        await it.pilot.until(lambda: it.pilot.has_key("ask.copy"))
        await it.press("ask.copy")
        await it.pilot.type_and_tap(
            it.pilot.by_key("rights.message"), "只要订单记录", it.pilot.by_key("rights.review")
        )
        await it.press("rights.send")
        assert it.kit.travelling.requests.all()[0].request.message == "只要订单记录"


def showing(
    component: Callable[..., ft.Control], **given: Any
) -> AbstractAsyncContextManager[Pilot]:
    """A screen of a study in English, alone on a page."""
    return running(lambda page: page.render(component, ENGLISH, **given))


async def test_a_participants_code() -> None:
    begun: list[str] = []
    screen = showing(
        CodeEntry,
        title="A study",
        locales=["en"],
        chosen="en",
        on_locale=begun.append,
        on_begin=begun.append,
    )
    async with screen as pilot:
        await pilot.type_and_tap(pilot.by_key("code.field"), "K4X", pilot.by_key("code.begin"))
    assert begun == ["K4X"]


async def test_what_a_participant_agrees_to() -> None:
    agreed: list[frozenset[str]] = []
    ticked = frozenset({"behaviour", "answers", "quote"})
    screen = showing(
        ResearchConsent,
        paragraphs=[],
        scopes=ticked,
        code="",
        ticked=ticked,
        on_agree=agreed.append,
        on_refuse=agreed.clear,
    )
    async with screen as pilot:
        box = pilot.by_key("research.scope.quote.box")
        await pilot.type_and_tap(box, False, pilot.by_key("research.accept"))
    assert agreed == [{"behaviour", "answers"}]


async def test_a_participants_answer() -> None:
    answers: list[tuple[str, str, int]] = []
    asked = Asked("sus", "1", 1, 10, "", "Well?", (Choice("1", "No"), Choice("5", "Yes")))
    screen = showing(
        StudyQuestion,
        asked=asked,
        code="",
        done=0.5,
        on_answer=lambda *given: answers.append(given),
        on_skip=answers.clear,
        on_stop=answers.clear,
    )
    async with screen as pilot:
        group = pilot.by_key("question.answer.group")
        await pilot.type_and_tap(group, "5", pilot.by_key("question.next"))
    assert answers == [("5", "", 0)]


async def test_a_participants_last_word() -> None:
    written: list[str] = []
    screen = showing(
        Debrief,
        paragraphs=[],
        writes=True,
        code="",
        done=1.0,
        on_end=written.append,
        on_stop=written.clear,
    )
    async with screen as pilot:
        await pilot.type_and_tap(pilot.by_key("debrief.text"), "fine", pilot.by_key("debrief.end"))
    assert written == ["fine"]
