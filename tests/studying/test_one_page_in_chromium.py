"""A study on one page in a browser at the width of a phone: the bar stays above what the app lays
over its own page, neither is in the way of the other, and the records come out as one file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, FloatRect

from components.study.carrying import collect
from tests.browser.harness import browser
from tests.browser.settled import wait_until

from .one_page import OnePagePerson, on_one_page
from .stations import FIRST_LOOK, READY, Recorded, code_for, folder_for, station_for

pytestmark = pytest.mark.anyio


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as running:
        yield running


async def box(person: OnePagePerson, identifier: str) -> FloatRect:
    found = await person.find(person.page, identifier).bounding_box()
    assert found is not None
    return found


async def test_a_participant_does_a_task_under_the_bar(tmp_path: Path, chromium: Browser) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    station.folder.put_study(READY / "first-look.toml")
    code = code_for(FIRST_LOOK, tmp_path)
    async with on_one_page(chromium, station, code=code) as person:
        page = person.page
        assert await page.locator("iframe").count() == 0
        await person.press(page, "code.begin")
        await person.press(page, "welcome.next")
        for scope in ("behaviour", "answers"):
            await person.press(page, f"research.scope.{scope}")
        await person.press(page, "research.accept")
        await person.press(page, "passage.read")
        await person.press(page, "question.skip")
        await person.press(page, "task.start")
        await person.press(page, "first-notice.accept")
        await person.find(page, "first-notice.accept").wait_for(state="detached")
        await person.go(1)
        await person.press(page, "city.locate")
        await person.waits_for(page, "prompt.accept")
        # A real finger: what lies over the app does not lie over the bar.
        done, ask = await box(person, "task.done"), await box(person, "prompt.accept")
        assert done["y"] + done["height"] <= station.bar_height <= ask["y"]
        await page.mouse.click(done["x"] + done["width"] / 2, done["y"] + done["height"] / 2)
        await person.press(page, "question.skip")
        await person.waits_for(page, "task.start")
        # Nothing of the app is there to be reached, by finger, by key or by ear.
        assert await person.find(page, "prompt.accept").count() == 0
        assert await page.get_by_role("tab").count() == 0
        kit = station.stimulus.kit
        assert kit is not None and not kit.permits("location")
        await page.reload()
        await person.press(page, "task.start")
        await person.waits_for(page, "task.give-up")

        async def opened() -> bool:
            return await page.get_by_role("tab").count() == 3

        await wait_until(opened, "the app after the page was loaded again")
        assert await person.find(page, "first-notice.accept").count() == 0
        await person.press(page, "task.give-up")
        await person.waits_for(page, "task.start")
        await person.press(page, "study.stop")
        await person.press(page, "stop.keep")
        await person.press(page, "end.next")
        async with page.expect_download() as downloading:
            await person.press(page, "records.save")
        packed = Path(await (await downloading.value).path()).read_bytes()
    recorded = Recorded(tmp_path)
    (done_,) = recorded.data("study.task.completed")
    assert done_ == {"task": "see_nearby", "outcome": "fail"}
    assert recorded.data("study.session.ended") == [{"reason": "stopped"}]
    home = folder_for(FIRST_LOOK, tmp_path / "home", station.folder)
    assert len(collect(packed, home).new) == 1
    assert station.sitting is None
