"""One question on the screen: alone, and in the words that are recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from components.answers import Answer, Outcome
from components.consent.gate import Verdict, purpose_target
from components.consent.permissions import SystemStatus
from components.kit import ConsentKit
from components.policy import recompute

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio

GRANTED = {"location": SystemStatus.GRANTED}


async def test_of_two_asks_at_once_one_is_put_and_the_other_leaves_nothing_behind(
    visit: MakeVisit,
) -> None:
    it = await visit(answers=GRANTED)
    await it.accept_notice()
    asking = [
        it.pilot.start(lambda p=permission: it.kit.ask(p, gesture="two.at.once"))
        for permission in ("location", "photo-picker")
    ]
    await it.pilot.settle()
    assert len(it.pilot.dialogs) == 1
    second = await asking[1]
    assert (second.outcome, second.verdict) == (Outcome.NOT_ASKED, Verdict.BUSY)
    assert not it.kit.record.asks(purpose_target("avatar-upload"))
    await it.press("prompt.accept")
    assert (await asking[0]).granted
    # It does not come up behind the first: it takes another tap.
    await it.pilot.settle()
    assert not it.pilot.dialogs
    assert not it.kit.permits("avatar-upload")
    again = it.pilot.start(lambda: it.kit.ask("photo-picker", gesture="me.avatar"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    assert (await again).granted


@pytest.mark.parametrize(
    ("asks", "accept", "target"),
    [
        (lambda kit: kit.ask("location", gesture="go"), "prompt.accept", "nearby-cinema"),
        (
            lambda kit: kit.ask_for("usage-analytics", gesture="go"),
            "purpose.accept",
            "usage-analytics",
        ),
        (lambda kit: kit.ask_for("push-region", gesture="go"), "separate.accept", "push-region"),
    ],
)
async def test_a_question_stays_in_the_language_in_which_it_was_put(
    visit: MakeVisit, asks: Callable[[ConsentKit], Awaitable[Answer]], accept: str, target: str
) -> None:
    it = await visit(answers=GRANTED, locale="zh-CN")
    await it.accept_notice()
    asking = it.pilot.start(lambda: asks(it.kit))
    await it.pilot.settle()
    put = it.pilot.texts(it.pilot.front)
    await it.pilot.call(lambda: it.kit.speak("en"))
    await it.pilot.settle()
    assert it.pilot.texts(it.pilot.front) == put
    await it.press(accept)
    await asking
    event = it.kit.record.holding(purpose_target(target))
    assert event is not None and event.notice is not None
    assert event.label in put
    assert event.notice.locale == "zh_Hans"
    notice = event.notice
    assert notice.digest == recompute(it.kit.pack, notice.notice, "zh_Hans", notice.version)
