"""Somebody who goes through the app under test, and writes down where each press leads.

A place is a screen together with how the consents stand: what can be pressed there, and where it
leads, hangs on both. Nothing is inferred: every step is a press that was made in the running app.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

import flet as ft

from ...consent.permissions import SimulatedPermissions, SystemStatus
from ...consent.status import ConsentStatus
from ...kit import ConsentKit
from ...policy.pack import Pack, Permission
from ...study.builds import NOTICE, Stand
from ...study.model import Condition
from ...surface.appearance import Appearance
from ...surface.runtime import on_page
from ...surface.watching import Screen, ScreenName, TextPosition, watch
from ...surroundings import Surroundings
from ...sync.connectivity import SimulatedConnectivity
from ..preferences import UnkeptPreferences
from ..scenarios import hands
from ..session import Settings, begin
from ..session import Stand as Device
from ..shell import Shell, Tab
from ..system_dialog import ask_as_system
from .conditions import put_on

TABS = frozenset(it.name.lower() for it in Tab)
"""The main screens, by name."""

_STORE = "consent-record.sqlite"
_POLL_SECONDS = 0.01
_STANDS = {
    ConsentStatus.GIVEN: Stand.GRANT,
    ConsentStatus.RENEWED: Stand.GRANT,
    ConsentStatus.REFUSED: Stand.DECLINE,
    ConsentStatus.DEFERRED: Stand.DECLINE,
    ConsentStatus.WITHDRAWN: Stand.DECLINE,
}


@dataclass(frozen=True)
class Place:
    """Where somebody is.

    Attributes:
        screen: A main screen by its name, or what lies over it: ``first-notice``, ``summary``,
            ``policy``, ``centre``, ``question:<subject>``, ``in-place``, ``system``.
        stands: How each consent stands, by the target of its decisions.
    """

    screen: str
    stands: tuple[tuple[str, Stand], ...]

    def stand(self, target: str) -> Stand:
        """How a consent stands."""
        return dict(self.stands).get(target, Stand.UNASKED)


@dataclass(frozen=True)
class Step:
    """From one place to another by one press."""

    start: Place
    press: str
    goal: Place


@dataclass
class Notebook:
    """What was met so far.

    Attributes:
        start: Where a new app begins.
        steps: Every step once.
    """

    start: Place | None = None
    steps: dict[Step, None] = field(default_factory=dict)


class Walker:
    """Somebody in a newly opened app.

    Args:
        page: The app's page.
        kit: The app's kit.
        purposes: The purposes whose consents are told apart.
        notebook: What is written down.
        arrived: Called at each place, before anything is pressed there.
    """

    def __init__(
        self,
        page: ft.Page,
        kit: ConsentKit,
        purposes: Collection[str],
        notebook: Notebook,
        arrived: Callable[[Place], Awaitable[None]] | None = None,
    ) -> None:
        self._page = page
        self._kit = kit
        self._purposes = sorted(purposes)
        self._notebook = notebook
        self._arrived = arrived
        self._open: list[Screen] = []
        self._tab = Tab.HOME
        self._notice = Stand.UNASKED
        watch(page, self)

    # --- what is done

    async def begins(self, first: str) -> None:
        """Wait for the screen on which the app begins."""
        await hands.wait_for(self._page, first)
        if self._notebook.start is None:
            self._notebook.start = self.place
        await self._arrive()

    async def press(self, identifier: str, *then: str) -> str:
        """Press something, and wait for one of several things to come up; which it is.

        Raises:
            NotOnScreen: It cannot be pressed, or nothing of that came up.
        """
        before = self.place
        await hands.press(self._page, identifier)
        return await self._after(before, identifier, then)

    async def jump_to(self, clause: str) -> None:
        """In the open policy, jump to a clause; it is no other place, and can be looked at.

        Raises:
            NotOnScreen: The contents do not lead there.
        """
        await hands.press(self._page, "reader.contents")
        await hands.press(self._page, f"reader.to.{clause}")
        await hands.wait_for(self._page, "reader.contents")
        if self._arrived is not None:
            await self._arrived(Place(f"{self._screen()}:{clause}", self.place.stands))

    async def go_to(self, tab: Tab, *then: str) -> str:
        """Choose a main screen; see :meth:`press`."""
        before, self._tab = self.place, tab
        await hands.go_to(self._page, int(tab))
        return await self._after(before, f"tab.{tab.name.lower()}", then)

    def sees(self, identifier: str) -> bool:
        """Whether something can be pressed here."""
        return hands.on_screen(self._page, identifier)

    def first(self, family: str) -> str | None:
        """The first of several alike that can be pressed here; None if none can."""

        def is_one(control: ft.BaseControl) -> bool:
            return isinstance(control, ft.Semantics) and (control.identifier or "").startswith(
                family
            )

        found = (it for _, it in hands.controls_on_screen(self._page, is_one))
        return next((str(it.identifier) for it in found if isinstance(it, ft.Semantics)), None)

    @property
    def place(self) -> Place:
        """Where the walker is."""
        stands = {f"purpose:{it}": self._stand(it) for it in self._purposes}
        return Place(self._screen(), ((NOTICE, self._notice), *stands.items()))

    # --- who looks on: see surface/watching

    def opened(self, screen: Screen) -> None:
        """A screen is before the person."""
        self._open.append(screen)

    def closed(self, screen: Screen, *, answered: bool) -> None:
        """It went away."""
        if screen in self._open:
            self._open.remove(screen)

    def text_at(self, position: TextPosition) -> None:
        """Where a text lies changes no place."""

    def text_hidden(self) -> None:
        """Nor does that it is out of sight."""

    # --- bookkeeping

    def _screen(self) -> str:
        if self.sees("system.allow"):
            return "system"
        if self._open:
            top = self._open[-1]
            asks = top.name is ScreenName.QUESTION
            return f"{top.name}:{top.subject}" if asks else str(top.name)
        return "in-place" if self.sees("in-place.accept") else self._tab.name.lower()

    def _stand(self, purpose: str) -> Stand:
        return _STANDS.get(self._kit.status(purpose), Stand.UNASKED)

    async def _after(self, before: Place, pressed: str, then: tuple[str, ...]) -> str:
        deadline = time.monotonic() + hands.WAIT_SECONDS
        while True:
            if pressed == "first-notice.refuse" and not self._open:
                self._notice = Stand.DECLINE
            elif self._kit.gate.notice_accepted:
                self._notice = Stand.GRANT
            elif self._notice is Stand.GRANT:
                self._notice = Stand.DECLINE
            there = next(filter(self.sees, then), None)
            if there is not None and self.place != before:
                break
            if time.monotonic() > deadline:
                raise hands.NotOnScreen(f"{' or '.join(then)} after {pressed}")
            await asyncio.sleep(_POLL_SECONDS)
        self._notebook.steps.setdefault(Step(before, pressed, self.place))
        await self._arrive()
        return there

    async def _arrive(self) -> None:
        if self._arrived is not None:
            await self._arrived(self.place)


class Opened:
    """The app as a study opens it: new, on a device whose system asks what a person allows.

    Args:
        folder: Where it keeps its record.
        pack: The policy.
        condition: What it is to be like.
        locale: Its language.
    """

    def __init__(self, folder: Path, pack: Pack, condition: Condition, locale: str) -> None:
        self._folder = folder
        self._pack = pack
        self._condition = condition
        self._locale = locale
        self._kit: ConsentKit | None = None
        self._page: ft.Page | None = None

    @property
    def kit(self) -> ConsentKit:
        """The app's kit.

        Raises:
            RuntimeError: It has not been opened.
        """
        if self._kit is None:
            raise RuntimeError("the app was not opened")
        return self._kit

    async def show_on(self, page: ft.Page) -> None:
        """Open it on a page."""
        self._page = page
        stand = Device(
            self._folder / _STORE,
            UnkeptPreferences(self._locale, Appearance()),
            SimulatedPermissions(dialog=self._ask),
        )
        settings = Settings(
            data=self._folder,
            pack=self._pack,
            endpoint=None,
            stand=stand,
            surroundings=Surroundings(connectivity=SimulatedConnectivity()),
        )
        with on_page(page):
            visit = await begin(page, settings)
        self._kit = visit.kit
        put_on(visit.kit, self._condition)
        page.render(Shell, visit.kit, visit.host)
        page.run_task(visit.kit.start)

    async def _ask(self, permission: Permission) -> SystemStatus:
        if self._page is None:
            return SystemStatus.NOT_GRANTED
        return await ask_as_system(self._page, self._pack, permission, self.kit.language)
