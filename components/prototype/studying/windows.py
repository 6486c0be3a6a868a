"""A study in windows of a desktop: the study's own, and beside it the app's while it is used.

What the app lays over its window does not reach the study's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import flet as ft

from ...surface.runtime import on_page
from ..window import DemoWindow
from ..window.place import Place
from ..window.showing import show_in
from .room import study_app
from .station import Station

Show = Callable[[DemoWindow, Callable[[ft.Page], Awaitable[None]]], Coroutine[Any, Any, None]]
"""Shows an app in a window until it is closed, as :func:`~..window.showing.show_in` does."""

_WIDTH, _HEIGHT, _GAP = 440, 860, 24


async def show_windows(station: Station, places: Path, show: Show = show_in) -> None:
    """Run a study in windows; returns when the study's was closed, and the app's with it.

    Args:
        station: The study's station.
        places: The folder that keeps where the windows stand.
        show: Shows a window.
    """
    window = DemoWindow(places / "study-window.json", first=Place(_WIDTH, _HEIGHT, _GAP, _GAP))
    app = asyncio.create_task(_show_app(station, places / "app-window.json", show))
    study = asyncio.create_task(show(window, study_app(station)))
    try:
        await asyncio.wait((app, study), return_when=asyncio.FIRST_COMPLETED)
        if app.done():  # It ends by an error alone.
            await window.close()
        await study
    finally:
        app.cancel()
        with suppress(asyncio.CancelledError):
            await app


async def _show_app(station: Station, place: Path, show: Show) -> None:
    """Open the app's window with the first task, and another whenever the app was wiped.

    Between the tasks it is out of sight. Whoever closes it during a task gets it again.
    """
    changed = asyncio.Event()
    unsubscribe = station.subscribe(changed.set)
    try:
        while True:
            while not station.over_the_app:
                changed.clear()
                await changed.wait()
            await _show_one_app(station, place, show, changed)
    finally:
        unsubscribe()


async def _show_one_app(station: Station, place: Path, show: Show, changed: asyncio.Event) -> None:
    number = station.stimulus_number
    window = DemoWindow(place, first=Place(_WIDTH, _HEIGHT, _WIDTH + 2 * _GAP, _GAP))
    opened: list[ft.Page] = []

    async def main(page: ft.Page) -> None:
        opened.append(page)
        await station.stimulus.show_on(page, station.condition, station.language.locale)

    shown = asyncio.create_task(show(window, main))
    try:
        while not shown.done() and station.stimulus_number == number:
            changed.clear()
            again = asyncio.create_task(changed.wait())
            await asyncio.wait((shown, again), return_when=asyncio.FIRST_COMPLETED)
            again.cancel()
            if opened and not shown.done():
                _let_be_seen(opened[0], station.over_the_app)
    finally:
        await window.close()
        await shown


def _let_be_seen(page: ft.Page, visible: bool) -> None:
    if page.window.visible is not visible:
        with on_page(page):
            page.window.visible = visible
            page.update()
