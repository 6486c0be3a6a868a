"""Reading, languages, keyboard and a wide dark screen, in Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from .person import Demo, assert_provable, demo, story

pytestmark = pytest.mark.anyio

FILMS, CINEMAS, ME = "影片", "影院", "我的"


@pytest.fixture
async def running(chromium: Browser, tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo(chromium, tmp_path) as it:
        yield it


async def test_the_policy_is_read_and_jumped_about_in(running: Demo) -> None:
    person = await running.visit()
    await person.tap("first-notice.policy")
    await person.page.see("2021年10月20日发布，2021年11月1日起生效")
    await person.page.screenshot("reader-zh")
    await person.tap("reader.contents")
    await person.page.screenshot("contents-zh")
    await person.tap("reader.to.location")
    await person.page.find("（十一）查看附近影院", role="heading").first.wait_for(state="attached")
    await person.page.screenshot("reader-location-zh")
    await person.tap("reader.earlier")
    await person.no_longer_sees("reader.to.location")
    await person.tap("page.close")
    await person.waits_for("first-notice.accept")
    # Reading is not agreeing.
    assert running.kits[0].record.events == ()


async def test_the_language_changes_in_place_and_the_record_names_the_words_shown(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.tap("first-notice.language")
    await person.tap("language.en")
    await person.page.see("Follow the device")
    await person.tap("language.close")
    await person.page.see("Welcome to Epiao Movies")
    await person.page.screenshot("first-notice-en")
    await person.tap("first-notice.accept")
    await person.page.see("Now showing")
    events = await running.has_received(1)
    assert events[0].label == "Agree"
    assert events[0].notice is not None
    assert events[0].notice.locale == "en"
    assert_provable(events, running.pack)

    again = await running.visit()
    await again.page.see("Now showing")


async def test_with_the_keyboard_alone(running: Demo) -> None:
    person = await running.visit()
    await person.waits_for("first-notice.refuse")
    keyboard = person.page.page.keyboard

    async def focused() -> str:
        answer: str = await person.page.page.evaluate(
            "document.activeElement ? document.activeElement.textContent : ''"
        )
        return answer

    # Nothing is preselected: neither choice has the focus.
    assert await focused() not in ("同意", "不同意，仅浏览")
    for _ in range(30):
        before = await focused()
        await keyboard.press("Tab")
        while (now := await focused()) == before:
            await person.page.page.wait_for_timeout(20)
        if now == "不同意，仅浏览":
            break
    else:
        raise AssertionError("the choice cannot be reached with the Tab key")
    await keyboard.press("Enter")
    await person.waits_for("home.notice")
    assert story(list(running.kits[0].record.events)) == [("notice:base", "refused")]


async def test_escape_does_not_decide_anything(running: Demo) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.go(CINEMAS)
    await person.tap("city.locate")
    await person.waits_for("prompt.accept")
    await person.page.page.keyboard.press("Escape")
    await person.no_longer_sees("prompt.accept")
    events = await running.has_received(2)
    assert story(events)[1] == ("purpose:nearby-cinema", "deferred")
    assert not running.kits[0].permits("nearby-cinema")


async def test_in_english_in_the_dark_on_a_wide_screen(chromium: Browser, tmp_path: Path) -> None:
    wide = {"width": 1280, "height": 800}
    async with demo(
        chromium, tmp_path, locale="en-GB", color_scheme="dark", viewport=wide
    ) as running:
        person = await running.visit()
        await person.page.see("Welcome to Epiao Movies")
        await person.tap("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")
        await person.go("Cinemas")
        await person.tap("city.locate")
        await person.page.see("Use your location to find nearby cinemas?")
        await person.page.screenshot("prompt-dark-en")
        await person.tap("prompt.accept")
        await person.tap("system.allow")
        await person.page.see("Nearest first")
        await person.page.see("3.4 km")
        await person.page.screenshot("city-dark-en")
        assert_provable(await running.has_received(3), running.pack)


async def test_a_phones_screen_reader_finds_the_words_by_itself(
    chromium: Browser, tmp_path: Path
) -> None:
    phone = (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/130.0.0.0 Mobile Safari/537.36"
    )
    async with demo(
        chromium, tmp_path, user_agent=phone, is_mobile=True, has_touch=True
    ) as running:
        person = await running.visit()
        await person.page.see("欢迎使用E票电影")
        await person.tap("first-notice.refuse")
        await person.page.see("正在热映")
        assert running.kits[0].record.events
