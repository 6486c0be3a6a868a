"""Phone and console as two windows of a desktop, of one process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import flet as ft

from ...policy.pack import Pack
from ..scenarios.phone import phone
from ..window import DemoWindow
from ..window.place import Place
from ..window.showing import show_in
from .desk import Desk
from .live import panel
from .serving import open_desk
from .view import PhoneSize

_TITLE_BAR = 40
"""About as high as a title bar is; the size of a window counts it in, that of a phone does not."""
_GAP = 24
_SMALLEST_PHONE = (320.0, 320.0)


async def show_windows(data: Path, pack: Pack, places: Path, *, locale: str) -> None:
    """Show the demo in two windows; returns when one of them was closed, and the other with it.

    Args:
        data: A folder for the files of the runs; nothing is left there.
        pack: The policy.
        places: The folder that keeps where the windows stand.
        locale: Language of app and console at first.
    """
    width, height = PhoneSize.COMMON.upright
    beside = Place(1000, height + _TITLE_BAR, width + 2 * _GAP, _GAP)
    on_phone = DemoWindow(
        places / "phone-window.json",
        first=Place(width, height + _TITLE_BAR, _GAP, _GAP),
        least=_SMALLEST_PHONE,
    )
    on_panel = DemoWindow(places / "console-window.json", first=beside)
    async with open_desk(data, pack, locale=locale) as desk:

        async def main(page: ft.Page) -> None:
            _follow_size(page, desk)
            await phone(desk.world)(page)
            await desk.player.phone_came()

        windows = {
            asyncio.create_task(show_in(window, shown)): window
            for window, shown in ((on_phone, main), (on_panel, panel(desk)))
        }
        done, left = await asyncio.wait(windows, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            await windows[task].close()
        await asyncio.gather(*done, *left)


def _follow_size(page: ft.Page, desk: Desk) -> None:
    """Let a window be as large as the phone that is chosen in the console."""
    now = desk.phone_size

    def changed() -> None:
        nonlocal now
        if desk.phone_size != now and desk.world.page is page:
            now = desk.phone_size
            page.window.width, page.window.height = now[0], now[1] + _TITLE_BAR
            page.update()

    desk.world.subscribe(changed)
