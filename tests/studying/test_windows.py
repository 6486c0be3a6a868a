"""A study in windows of a desktop: which are open, and which can be seen. Headless."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import flet as ft
import pytest

from components.prototype.session import before_main
from components.prototype.studying.station import Station
from components.prototype.studying.windows import show_windows
from components.prototype.window import DemoWindow
from components.study.running.moments import Part
from tests.pilot import Pilot, running

from .stations import FIRST_LOOK, begun, station_for

pytestmark = pytest.mark.anyio


class Desktop:
    """Windows as a client shows them, each with the person who uses it.

    A window that the app closes goes with :meth:`let_go`: two pilots cannot come to rest at once.
    """

    def __init__(self) -> None:
        self.open: list[Pilot] = []
        self._going: dict[Pilot, asyncio.Event] = {}
        self._changed = asyncio.Event()

    async def show(self, window: DemoWindow, main: Callable[[ft.Page], Awaitable[None]]) -> None:
        """Show one until it is let go."""

        def prepare(page: ft.Page) -> None:
            before_main(page)
            window.prepare(page)

        going = asyncio.Event()
        async with running(main, before_main=prepare, platform="linux") as pilot:
            self._going[pilot] = going
            self.open.append(pilot)
            self._changed.set()
            await going.wait()
        self.open.remove(pilot)
        self._changed.set()

    async def windows(self, number: int) -> list[Pilot]:
        """The open windows, as soon as they are so many."""
        while len(self.open) != number:
            self._changed.clear()
            await self._changed.wait()
        await self.open[0].settle()
        return self.open

    async def let_go(self, pilot: Pilot) -> None:
        """Let a window go that the app has closed."""
        assert pilot.calls("Window", "destroy")
        self._going[pilot].set()
        while pilot in self.open:
            self._changed.clear()
            await self._changed.wait()


def sees(pilot: Pilot) -> bool:
    """Whether a window can be seen."""
    return not pilot.calls("Window", "destroy") and pilot.app_page.window.visible is not False


async def press_close(pilot: Pilot) -> None:
    """Press a window's own button."""
    await pilot.fire(pilot.one("Window"), "event", {"type": "close"})


@asynccontextmanager
async def in_windows(tmp_path: Path) -> AsyncIterator[tuple[Station, Desktop]]:
    station, desktop = station_for(FIRST_LOOK, tmp_path), Desktop()
    shown = asyncio.create_task(show_windows(station, tmp_path / "places", desktop.show))
    [study] = await desktop.windows(1)
    yield station, desktop
    await press_close(study)
    await desktop.let_go(study)
    if desktop.open:
        [app] = await desktop.windows(1)
        await desktop.let_go(app)
    await shown
    await station.close()


async def test_the_app_is_seen_during_the_tasks_alone(tmp_path: Path) -> None:
    async with in_windows(tmp_path) as (station, desktop):
        sitting = await begun(station, tmp_path)
        study, app = await desktop.windows(2)
        assert sees(study) and sees(app)
        sitting.give_up()
        assert sitting.moment.part is not Part.TASK
        await study.settle()
        assert sees(study) and not sees(app)
        while sitting.moment.part is Part.SURENESS:
            sitting.task_rated(None)
        sitting.start_task()
        await study.settle()
        assert sees(app)
        # Whoever closes it in the middle of a task gets it again, as it was.
        await press_close(app)
        await desktop.let_go(app)
        study, again = await desktop.windows(2)
        assert sees(again) and station.over_the_app
        await station.stop(delete=False)
        await study.settle()
        assert station.sitting is None and sees(study)
        await desktop.let_go(again)
        assert await desktop.windows(1) == [study]


async def test_the_apps_window_closes_with_the_studys(tmp_path: Path) -> None:
    async with in_windows(tmp_path) as (station, desktop):
        sitting = await begun(station, tmp_path)
        assert len(await desktop.windows(2)) == 2
    assert sitting.moment.part is Part.TASK
