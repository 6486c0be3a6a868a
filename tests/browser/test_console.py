"""The stakeholder console in Chromium: phone and console side by side, as a sheet, by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from playwright.async_api import Browser, Frame, Locator, ViewportSize

from components.consent.permissions import SystemStatus
from components.policy import Pack
from components.prototype.console.desk import Desk
from components.prototype.console.serving import console_app
from components.prototype.scenarios.states import PlayerState
from components.prototype.server import serve

from .harness import AppPage
from .settled import wait_until

pytestmark = pytest.mark.anyio

DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)


@dataclass
class Watcher:
    """Somebody at the console."""

    app: AppPage
    desk: Desk

    def frame(self, name: str) -> Frame:
        """``phone`` or ``console``."""
        [found] = [it for it in self.app.page.frames if it.url.endswith(f"/{name}")]
        return found

    async def press(self, identifier: str) -> None:
        """Press a control of the console."""
        place = self.frame("console").locator(f'[flt-semantics-identifier="{identifier}"]').first
        await self._turned_up(place)
        button = place.locator("[role=button]")
        await (button.first if await button.count() else place).dispatch_event("click")

    async def _turned_up(self, place: Locator) -> None:
        """Turn the wheel over the console, down and then up, until something is there."""
        box = await self.size_of("#console")
        await self.app.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        turns = cycle([*[400] * 12, *[-400] * 24])

        async def there() -> bool:
            if await place.count():
                return True
            await self.app.page.mouse.wheel(0, next(turns))
            return False

        await wait_until(there, str(place))

    async def sees(self, *words: str, on: str = "console") -> None:
        """Wait until something is said on one side."""
        for it in words:
            frame = self.frame(on)
            found = frame.get_by_text(it).or_(frame.get_by_label(it))
            await found.first.wait_for(state="attached")

    async def has_taken(self, steps: int) -> None:
        """Wait until so many steps are taken."""

        async def taken() -> bool:
            player = self.desk.player
            return player.done == steps and player.state is PlayerState.READY

        await wait_until(taken, f"step {steps}")

    async def is_at(self, side: str) -> None:
        """Wait until one side has the keyboard."""

        async def there() -> bool:
            return (await self.focus())[0] == side

        await wait_until(there, f"the keyboard: {side}")

    async def finds(self, words: str) -> None:
        """Look for something in the console, with the wheel if it is not in sight."""
        await self._turned_up(self.frame("console").get_by_text(words).first)

    async def is_(self, *states: PlayerState) -> None:
        """Wait until the player is in one of some states."""

        async def there() -> bool:
            return self.desk.player.state in states

        await wait_until(there, f"the player: {', '.join(states)}")

    async def size_of(self, selector: str) -> dict[str, float]:
        """Where something of the framing page is, in logical pixels."""
        box: dict[str, float] = await self.app.page.evaluate(
            "(it) => document.querySelector(it).getBoundingClientRect().toJSON()", selector
        )
        return box

    async def at_the_document(self, name: str, value: str) -> None:
        """Wait until the framing page has an attribute."""
        await self.app.page.locator(f'html[{name}="{value}"]').wait_for(state="attached")

    async def focus(self) -> tuple[str, str]:
        """Which side has the keyboard, and which control there."""
        side = await self.app.page.evaluate("() => document.activeElement.id")
        if side not in ("phone", "console"):
            return side, ""
        on = await self.frame(side).evaluate(
            "() => document.activeElement.closest('[flt-semantics-identifier]')"
            "?.getAttribute('flt-semantics-identifier') ?? ''"
        )
        return side, on

    async def tab_to(self, identifier: str) -> None:
        """Go on with Tab until a control has the focus."""
        for _ in range(60):
            before = await self.focus()
            if before[1] == identifier:
                return
            await self.app.page.keyboard.press("Tab")

            async def moved(before: tuple[str, str] = before) -> bool:
                return await self.focus() != before

            # Somebody looks where they are before they go on; a stop may have no name to see.
            with suppress(AssertionError):
                await wait_until(moved, "the next stop", seconds=3.0)
        raise AssertionError(f"Tab does not lead to {identifier}; it is on {await self.focus()}")


@asynccontextmanager
async def watching(
    chromium: Browser, pack: Pack, folder: Path, window: ViewportSize
) -> AsyncIterator[Watcher]:
    """The demo in English, playing without pauses, in a window of some size."""
    async with (
        console_app(folder, pack, locale="en", pause_seconds=0.0) as (app, desk),
        serve(app) as url,
    ):
        context = await chromium.new_context(viewport=window, reduced_motion="reduce")
        page = AppPage(await context.new_page(), url)
        try:
            await page.page.goto(url)
            watcher = Watcher(page, desk)
            await watcher.is_(PlayerState.READY)
            yield watcher
            await page.close()
        finally:
            await context.close()


async def test_a_scenario_is_chosen_stepped_played_and_begun_anew(
    chromium: Browser, pack: Pack, tmp_path: Path
) -> None:
    async with watching(chromium, pack, tmp_path, DESK) as it:
        await it.sees("Nothing has been recorded yet.", "Nothing has arrived yet.")
        await it.press("console.scenario.fresh-install")
        await it.is_(PlayerState.READY)
        for done in range(1, 5):
            await it.press("console.step")
            await it.has_taken(done)
        # Agreed: written on the device, arrived, and the gate says why it permits what it permits.
        await it.sees("1. Privacy notice", "Kept; hash", "Nothing waits to be sent.")
        await it.sees("It rests on the contract or the law, not on a choice.")
        await it.press("console.play")
        await it.is_(PlayerState.ENDED)
        await it.sees("The scenario is over.", "It was agreed to, and that still counts.")
        await it.sees("2. ", "3. ")
        await it.app.screenshot("console-played")

        await it.press("console.scenario.refuse-all")
        await it.sees("Nothing has been recorded yet.")
        await it.is_(PlayerState.READY)
        await it.press("console.step")
        await it.sees("1 choice waits to be sent.", "This device has made no request.")
        await it.sees("The notice comes first, and nobody who decides has agreed to it.")
        await it.press("console.reset")
        await it.sees("Nothing has been recorded yet.", "Nothing waits to be sent.")
        await it.is_(PlayerState.READY)
        assert it.desk.world.events() == ()


async def test_what_is_around_the_app_changes_both_sides(
    chromium: Browser, pack: Pack, tmp_path: Path
) -> None:
    async with watching(chromium, pack, tmp_path, DESK) as it:
        await it.press("console.size.320x568")
        await it.app.page.locator('#phone[width="320"][height="568"]').wait_for()
        await it.press("console.held.sideways")
        await it.app.page.locator('#phone[width="568"][height="320"]').wait_for()
        phone, stage = await it.size_of("#device"), await it.size_of("#stage")
        assert stage["left"] <= phone["left"] and phone["right"] <= stage["right"]
        await it.press("console.theme.dark")
        await it.at_the_document("data-theme", "dark")
        await it.press("console.system.denied-for-good")
        await it.press("console.hour")
        await it.sees("10:00")
        assert it.desk.world.device.system_answer() is SystemStatus.DENIED_FOR_GOOD
        await it.press("console.text.largest")
        await it.press("console.locale.ar")
        await it.at_the_document("dir", "rtl")
        await it.finds("عرض للمعنيين")
        await it.app.screenshot("console-ar-dark-sideways")
        await it.sees("欢迎使用E票电影", on="phone")


async def test_in_a_narrow_window_the_console_is_a_sheet_with_the_phone_in_sight(
    chromium: Browser, pack: Pack, tmp_path: Path
) -> None:
    async with watching(chromium, pack, tmp_path, PHONE) as it:
        page = it.app.page
        assert not await page.locator("#console").is_visible()
        await page.get_by_role("button", name="Console").click()
        assert await page.locator("#console").is_visible()
        assert await it.focus() == ("close", "")
        await it.press("console.step")
        await it.sees("Ready for the next step.")
        phone, panel = await it.size_of("#device"), await it.size_of("#panel")
        assert phone["top"] >= 0 and phone["bottom"] <= panel["top"]
        await it.app.screenshot("console-sheet")
        await page.get_by_role("button", name="Close").first.click()
        assert not await page.locator("#console").is_visible()
        assert await it.focus() == ("open", "")


async def test_the_keyboard_alone_steps_plays_and_begins_anew(
    chromium: Browser, pack: Pack, tmp_path: Path
) -> None:
    async with watching(chromium, pack, tmp_path, DESK) as it:
        keys = it.app.page.keyboard
        await it.sees("Ready for the next step.")
        await keys.press("F6")
        await it.is_at("console")
        await it.tab_to("console.step")
        await keys.press("Enter")
        await it.has_taken(1)
        await it.tab_to("console.play")
        await keys.press("Space")
        await it.is_(PlayerState.ENDED)
        # What came up on the phone may have taken the keyboard; F6 leads back.
        await keys.press("F6")
        if (await it.focus())[0] == "phone":
            await keys.press("F6")
        await it.is_at("console")
        await it.tab_to("console.reset")
        await keys.press("Enter")
        await it.sees("Nothing has been recorded yet.")
        await it.is_(PlayerState.READY)
