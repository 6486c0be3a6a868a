"""A scenario played in Chromium, with a picture of every step: the phone, the console beside it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...fairness.adapters.chromium import NothingShown
from ...fairness.adapters.launching import chromium
from ...policy.pack import Pack
from ..console.serving import console_app
from ..server import serve
from .headless import Played
from .model import Scenario
from .states import PlayerState
from .world import World

if TYPE_CHECKING:
    from playwright.async_api import Page

WIDTH, HEIGHT = 1360, 900
"""Of the browser's window, in logical pixels."""
_WAIT_SECONDS = 60.0
_STILL_SECONDS = 6.0
_PAUSE_SECONDS = 0.25


async def play_for_pictures(
    scenarios: Sequence[Scenario], data: Path, pack: Pack, folder: Path, *, locale: str = "zh_Hans"
) -> list[Played]:
    """Play scenarios where a browser shows them, and keep a picture of the beginning and each step.

    Args:
        scenarios: Which.
        data: A folder for their files; nothing is left there.
        pack: The policy.
        folder: Where the pictures go, as ``refuse-all-02.png``; made if it is not there.
        locale: Language of the app and the console.

    Raises:
        ExtraMissing: There is nothing to take them with; says how to get it.
        NothingShown: The browser does not start, or does not show the phone.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    played: list[Played] = []
    async with (
        console_app(data, pack, locale=locale, pause_seconds=0.0) as (app, desk),
        serve(app) as url,
        chromium() as browser,
    ):
        page = await browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        await page.goto(url)
        await _until_phone(desk.world)
        for scenario in scenarios:
            await desk.player.choose(scenario.name)
            await _picture(page, folder / f"{scenario.name}-00.png")
            state = desk.player.state
            while state is PlayerState.READY:
                await desk.player.step()
                state = desk.player.state
                await _picture(page, folder / f"{scenario.name}-{desk.player.done:02}.png")
            heads = desk.world.heads()
            played.append(Played(state, desk.player.done, heads, desk.player.difference))
    return played


async def _until_phone(world: World) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while world.visit is None:
        if time.monotonic() > deadline:
            raise NothingShown("the browser did not show the phone")
        await asyncio.sleep(_PAUSE_SECONDS)


async def still_picture(page: Page) -> bytes:
    """What is painted once it holds still, as PNG."""
    deadline = time.monotonic() + _STILL_SECONDS
    before = b""
    while True:
        await asyncio.sleep(_PAUSE_SECONDS)
        now = await page.screenshot()
        if now == before or time.monotonic() > deadline:
            return now
        before = now


async def _picture(page: Page, path: Path) -> None:
    await asyncio.to_thread(path.write_bytes, await still_picture(page))
