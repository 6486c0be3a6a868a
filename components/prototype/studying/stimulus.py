"""The app under test, on a device that forgets: for one participant, then wiped for the next."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import flet as ft

from ...consent.gate import permission_target
from ...consent.permissions import SimulatedPermissions, SystemStatus
from ...kit import ConsentKit
from ...policy.pack import Pack, Permission
from ...study.model import Condition
from ...study.running.sitting import Sitting
from ...surface.appearance import Appearance
from ...surface.runtime import follow_events, on_page
from ...surface.watching import watch
from ..preferences import UnkeptPreferences
from ..session import Settings, Stand, Visit, begin
from ..shell import Shell
from ..system_dialog import ask_as_system
from .conditions import put_on
from .telling import Telling, ToldPermissions

Draw = Callable[[ft.Page, Visit], None]
"""Draws the app's screens on a page."""

_STORE = "consent-record.sqlite"
_KEPT_BY_BROWSERS = "cn.mingshi."


class Stimulus:
    """The app and its device. It has a folder of its own, with no name of study or participant.

    Args:
        folder: Where the app keeps its record; all of it is removed by :meth:`wipe`.
        pack: The policy.
        sitting: Gives the session that is told what happens; None while there is none.
        active: Called at everything that is done in the app.
    """

    def __init__(
        self,
        folder: Path,
        pack: Pack,
        sitting: Callable[[], Sitting | None],
        active: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._pack = pack
        self._sitting = sitting
        self._active = active
        self._visit: Visit | None = None
        self._page: ft.Page | None = None
        self._telling: Telling | None = None
        self._fresh = True
        self._system = SimulatedPermissions(dialog=self._ask)

    @property
    def kit(self) -> ConsentKit | None:
        """The app's kit; None while the app is not open."""
        return None if self._visit is None else self._visit.kit

    async def show_on(
        self, page: ft.Page, condition: Condition, locale: str, draw: Draw | None = None
    ) -> None:
        """Open the app on a page; what another page showed is closed.

        Args:
            page: The page, which is the app's alone.
            condition: The way in which it is to be.
            locale: Its language at first.
            draw: Draws its screens on the page; None does it as the app itself does.
        """
        await self.close()
        self._page = page
        if self._fresh:
            await _forget(page)
            self._fresh = False
        self._folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(
            data=self._folder,
            pack=self._pack,
            endpoint=None,
            stand=Stand(
                self._folder / _STORE,
                UnkeptPreferences(locale, Appearance()),
                ToldPermissions(self._system, lambda: self._telling),
            ),
        )
        with on_page(page):
            visit = await begin(page, settings)
        put_on(visit.kit, condition)
        # What the pretended system had allowed before a crash is in the app's record.
        for permission in self._pack.permissions.values():
            if visit.kit.record.status(permission_target(permission.id)).permits:
                self._system.set_status(permission.id, SystemStatus.GRANTED)
        telling = Telling(self._sitting, visit.kit, time.monotonic)
        watch(page, telling)
        visit.kit.record.subscribe(telling.recorded)
        # A crash may have come between what the app wrote down and what is told of it.
        telling.recorded()

        def heard(control: ft.BaseControl, event: str) -> None:
            self._active()
            telling.tapped(control, event)

        follow_events(page, heard)

        async def gone(_event: object) -> None:
            if self._page is page:
                await self.close()

        page.on_close = gone
        self._visit, self._telling = visit, telling
        (draw or _draw)(page, visit)
        page.run_task(visit.kit.start)

    def read(self) -> None:
        """Open the policy, in the way in which the app does that."""
        if self._page is not None and self._visit is not None:
            self._page.run_task(self._visit.kit.open_policy)

    def stop_reading(self) -> None:
        """Close what lies over the app; the system's pretended question too, which is refused."""
        if self._visit is not None:
            self._visit.kit.abandon_questions()
        if self._page is not None:
            with on_page(self._page):
                while self._page.pop_dialog() is not None:
                    pass

    async def close(self) -> None:
        """Close the app, as somebody does who swipes it away; what it kept stays."""
        visit, self._visit = self._visit, None
        self._page, self._telling = None, None
        if visit is not None:
            await visit.end()

    async def wipe(self) -> None:
        """Close the app, and forget everything that was done in it."""
        await self.close()
        # Not in a thread: a browser gives Python none, and the folder holds a few files.
        self.forget()

    def forget(self) -> None:
        """Forget everything that was done in the app, which is closed."""
        self._fresh = True
        self._system = SimulatedPermissions(dialog=self._ask)
        if self._folder.exists():
            shutil.rmtree(self._folder)

    async def _ask(self, permission: Permission) -> SystemStatus:
        if self._page is None or self._visit is None:
            return SystemStatus.NOT_GRANTED
        kit = self._visit.kit
        return await ask_as_system(self._page, kit.pack, permission, kit.language)


def _draw(page: ft.Page, visit: Visit) -> None:
    page.render(Shell, visit.kit, visit.host)


async def _forget(page: ft.Page) -> None:
    """What screens keep in a browser: where one was reading, how large the text is."""
    with on_page(page):
        kept = ft.SharedPreferences()
        for key in await kept.get_keys(_KEPT_BY_BROWSERS):
            await kept.remove(key)
