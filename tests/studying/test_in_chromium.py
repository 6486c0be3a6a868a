"""The study in a browser: its bar above the app, and neither in the way of the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from components.study.running.moments import Part
from tests.browser.harness import browser
from tests.browser.settled import wait_until

from .framed import participant
from .stations import FIRST_LOOK, Recorded, code_for, station_for

pytestmark = pytest.mark.anyio

LOW = ViewportSize(width=412, height=740)
"""So low that a long question for consent does not fit under the bar at once."""


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as running:
        yield running


async def test_a_participant_comes_by_a_link_and_does_a_task(
    tmp_path: Path, chromium: Browser
) -> None:
    station = station_for(FIRST_LOOK, tmp_path, locale="en")
    code = code_for(FIRST_LOOK, tmp_path, "en")
    async with participant(chromium, station, code=code, size=LOW) as person:
        await person.press(person.study, "code.begin")
        await person.press(person.study, "welcome.next")
        for scope in ("behaviour", "answers"):
            await person.press(person.study, f"research.scope.{scope}")
        await person.press(person.study, "research.accept")
        await person.press(person.study, "passage.read")
        await person.press(person.study, "question.skip")
        assert await person.page.locator("#app").count() == 0, "the app is open before its task"
        await person.press(person.study, "task.start")
        await person.press(person.app, "first-notice.accept")
        await person.find(person.app, "first-notice.accept").wait_for(state="detached")
        bar = await person.page.locator("#study").bounding_box()
        app = await person.page.locator("#app").bounding_box()
        assert bar is not None and app is not None
        assert bar["y"] == 0 and app["y"] == bar["y"] + bar["height"]
        assert app["y"] + app["height"] == LOW["height"]
        assert bar["height"] == pytest.approx(station.bar_height, abs=1)
        await person.go(1)
        await person.press(person.app, "city.locate")
        # Both answers are in sight, and the bar can be pressed while the question lies open.
        await person.waits_for(person.app, "prompt.refuse")
        await person.press(person.app, "prompt.accept")
        await person.press(person.app, "system.allow")
        await person.find(person.app, "system.allow").wait_for(state="detached")
        await person.press(person.study, "task.done")
        await person.press(person.study, "question.answer-4")
        await person.press(person.study, "question.next")
        await person.waits_for(person.study, "task.start")

        async def app_is_away() -> bool:
            return not await person.page.locator("#app").is_visible()

        await wait_until(app_is_away, "the app to be out of sight")
        assert station.sitting is not None and station.sitting.moment.part is Part.CARD
        await person.page.reload()
        await person.waits_for(person.study, "task.start")
    recorded = Recorded(tmp_path)
    (done,) = recorded.data("study.task.completed")
    assert done == {"task": "see_nearby", "outcome": "direct", "confidence": 4}
    assert recorded.session.ui["dev"] == "browser"
    assert (recorded.session.ui["w"], recorded.session.ui["h"]) == (LOW["width"], LOW["height"])
