"""The console as a web application: the framing page, the phone's page and the console's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import flet as ft
from starlette.applications import Starlette

from ...policy.pack import Pack
from ..scenarios.catalogue import SCENARIOS
from ..scenarios.phone import phone
from ..scenarios.player import Player
from ..scenarios.world import World, demo_preferences
from ..server import web_app
from ..session import before_main
from .desk import Desk
from .frame import PHONE_PATH, desk_frame
from .live import panel

PLAY_PAUSE_SECONDS = 1.6
"""Between two steps while playing, so that somebody can follow."""


@asynccontextmanager
async def open_desk(
    data: Path, pack: Pack, *, locale: str = "zh_Hans", pause_seconds: float = PLAY_PAUSE_SECONDS
) -> AsyncIterator[Desk]:
    """The desk, with the first scenario begun; leaves nothing behind. See :func:`console_app`."""
    world = World(data, pack, demo_preferences(locale))
    player = Player(world, SCENARIOS, pause_seconds=pause_seconds)
    await player.choose(SCENARIOS[0].name)
    desk = Desk(world, player)
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def console_app(
    data: Path, pack: Pack, *, locale: str = "zh_Hans", pause_seconds: float = PLAY_PAUSE_SECONDS
) -> AsyncIterator[tuple[Starlette, Desk]]:
    """The application and its desk, with the first scenario begun; leaves nothing behind.

    There is one desk in a process: whoever opens the page sees the same phone.

    Args:
        data: A folder for the files of the runs.
        pack: The policy.
        locale: Language of app and console at first.
        pause_seconds: Between two steps while playing.
    """
    async with open_desk(data, pack, locale=locale, pause_seconds=pause_seconds) as desk:
        frame = desk_frame(desk)
        on_phone, on_panel = phone(desk.world), panel(desk)

        async def main(page: ft.Page) -> None:
            if (page.route or "").startswith(PHONE_PATH):
                await on_phone(page)
                await desk.player.phone_came()
            else:
                await on_panel(page)

        routes = frame.routes()
        app = web_app(main, before_main=before_main, routes=routes, frame_ancestors="'self'")
        try:
            yield app, desk
        finally:
            await frame.end()
