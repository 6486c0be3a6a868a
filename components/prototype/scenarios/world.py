"""The world around the app of the demo: devices, network, time, the endpoint and its people."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import flet as ft

from ...consent.clock import ManualClock
from ...consent.event import Event
from ...consent.ledger import Ledger
from ...consent.permissions import SystemStatus
from ...endpoint.embedded import EmbeddedEndpoint
from ...endpoint.settings import Settings as EndpointSettings
from ...kit import ConsentKit
from ...listeners import Listeners
from ...policy.pack import ChangeKind, Pack, Permission
from ...surface.appearance import Appearance
from ...surface.runtime import on_page
from ..preferences import Preferences, UnkeptPreferences
from ..session import Settings, Visit, begin
from ..system_dialog import ask_as_system
from . import hands
from .devices import DemoDevice
from .model import DeviceName, NetworkCondition, OfficeAct
from .office import LoginService, Office
from .states import Arrived
from .versions import published

logger = logging.getLogger(__name__)

START = datetime(2025, 12, 1, 9, tzinfo=timezone(timedelta(hours=8)))
"""When every scenario begins."""
_LOGIN = "xiaoming"


class World:
    """Everything there is, for one run after another.

    Each run has a folder of its own, which is removed with it.

    Args:
        data: Where the runs' folders are made.
        pack: The policy as it is at the start of every run.
        preferences: How the app speaks and looks; outlives the runs, for it is the watcher's.
    """

    def __init__(self, data: Path, pack: Pack, preferences: Preferences) -> None:
        self.preferences = preferences
        self._first_pack = self.pack = pack
        self._data = data
        self._numbers = count(1)
        self._listeners = Listeners[[]]()
        self._app_listeners = Listeners[[]]()
        self._folder: Path | None = None
        self._endpoint: EmbeddedEndpoint | None = None
        self._closing = asyncio.Event()
        self.run = 0
        """Number of this run; another one means that everything began anew."""
        self.page: ft.Page | None = None
        """The page that the app is shown on, if there is one."""
        self.visit: Visit | None = None
        """The app, while it is open."""
        self.arrived: tuple[Arrived, ...] = ()
        """What the endpoint had when it was last looked at."""

    @property
    def first_version(self) -> str:
        """Id of the policy's version with which every run begins."""
        return self._first_pack.version.id

    # --- beginning and end

    async def begin(self, name: str) -> None:
        """Begin anew: nothing was ever chosen, and the app is opened for the first time.

        Args:
            name: The scenario; secrets and ids are drawn from it.
        """
        await self.end()
        self.run = next(self._numbers)
        self._folder = self._data / f"run-{self.run}"
        self._folder.mkdir(parents=True)
        self.clock = ManualClock(START)
        self.pack = self._first_pack
        self._office = Office(self._folder / "office")
        self._logins = LoginService(self._folder / "logins")
        self._endpoint = EmbeddedEndpoint(
            EndpointSettings(
                f"sqlite:///{self._folder / 'endpoint.sqlite'}",
                officers=self._office.officers,
                login_issuers=self._logins.issuers,
                signing_keys=self._folder / "keys",
            ),
            clock=self.clock,
        )
        await self._endpoint.start()
        self.devices = {
            it: DemoDevice(
                it, self._folder / it.value, name, self.clock, self.preferences, self._ask
            )
            for it in DeviceName
        }
        self.device = self.devices[DeviceName.FIRST]
        await self.open_app()

    async def end(self) -> None:
        """Close everything, and remove what the run has left on the disk."""
        await self.close_app()
        if self._endpoint is not None:
            await self._office.close()
            await self._endpoint.stop()
            self._endpoint = None
        self.arrived = ()
        if self._folder is not None:
            await asyncio.to_thread(shutil.rmtree, self._folder)
            self._folder = None

    async def show_on(self, page: ft.Page | None) -> None:
        """Show the app on this page from now on; the record stays as it is."""
        open_now = self.visit is not None
        await self.close_app()
        self.page = page
        if open_now or self._endpoint is not None:
            await self.open_app()

    # --- the app

    @property
    def kit(self) -> ConsentKit:
        """The kit of the open app.

        Raises:
            LookupError: It is not open.
        """
        if self.visit is None:
            raise LookupError("the app is not open")
        return self.visit.kit

    async def open_app(self) -> None:
        """Open the app on the device in hand, if there is a page to show it on."""
        page = self.page
        if page is None or self._endpoint is None:
            return
        self._closing = asyncio.Event()
        device = self.device
        settings = Settings(
            data=self._data,
            pack=self.pack,
            endpoint=self._endpoint.url,
            clock=self.clock,
            surroundings=device.surroundings,
            stand=device.stand,
        )
        with on_page(page):
            visit = await begin(page, settings)

        async def gone(_event: object) -> None:
            if self.page is page:
                await self.show_on(None)

        # The app's own handler closes its kit; here the page goes as well.
        page.on_close = gone
        self.visit = visit
        visit.kit.subscribe(self.tell)
        self._tell_of_app()
        page.run_task(visit.kit.start)

    async def close_app(self) -> None:
        """Close the app, as a person does who swipes it away."""
        visit, self.visit = self.visit, None
        if visit is None:
            return
        self._closing.set()
        await visit.end()
        if self.page is not None:
            with on_page(self.page):
                hands.close_all(self.page)
        self._tell_of_app()

    async def reopen_app(self) -> None:
        """Close the app and open it again."""
        await self.close_app()
        await self.open_app()

    async def pick_up(self, name: DeviceName) -> None:
        """Put the device in hand away, and open the app on another."""
        await self.close_app()
        self.device = self.devices[name]
        await self.open_app()

    async def publish(self, change: ChangeKind) -> None:
        """Let a new version of the policy take effect, and open the app with it."""
        await self.close_app()
        self.pack = published(self.pack, change)
        await self.open_app()

    # --- what happens around it

    def let_time_pass(self, by: timedelta) -> None:
        """Move every clock forward."""
        self.clock.advance(by)
        if self.visit is not None:
            self.visit.kit.refresh()
        self.tell()

    def set_network(self, condition: NetworkCondition) -> None:
        """Make the network of the device in hand better or worse."""
        self.device.network.set_condition(condition)
        self.tell()

    def system_will(self, permission: str, answer: SystemStatus | None) -> None:
        """What the device's system answers from now on; None lets the person answer it."""
        self.device.system.answer_with(permission, answer)
        self.tell()

    async def log_in(self) -> None:
        """Log in to the account, and let the device join it."""
        travelling = self.kit.travelling
        await travelling.synchroniser.drain()
        subject = self.kit.record.ledger.subject
        await travelling.join(self._logins.token(_LOGIN, subject, self.clock.now()))
        self.tell()

    def ask_age(self) -> None:
        """Let the app ask for the day of birth."""
        if self.page is not None:
            self.page.run_task(self.kit.screens.age)

    async def office(self, act: OfficeAct) -> None:
        """Let the officer take a step."""
        if self._endpoint is not None:
            await self._office.act(self._endpoint.url, act)
        self.tell()

    # --- what there is to see

    def events(self) -> tuple[Event, ...]:
        """The record of the device in hand, oldest first; nothing while the app is closed."""
        return () if self.visit is None else self.visit.kit.record.events

    async def look_at_endpoint(self) -> None:
        """Look again at what has arrived."""
        if self._endpoint is not None and self._endpoint.running:
            self.arrived = await self._office.arrived(self._endpoint.url)

    def heads(self) -> dict[str, str]:
        """The hash of the last event of each device that has a record, by the device's name."""
        found: dict[str, str] = {}
        for device in self.devices.values():
            if device.stand.store.exists():
                ledger = Ledger(device.stand.store, clock=self.clock)
                events = ledger.events()
                ledger.close()
                if events:
                    found[device.name.value] = events[-1].hash
        return found

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    def follow_app(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` whenever the app is opened or closed, and not for what it does."""
        return self._app_listeners.add(listener)

    def tell(self) -> None:
        """Say that something changed."""
        self._listeners.tell()

    def _tell_of_app(self) -> None:
        self._app_listeners.tell()
        self.tell()

    async def _ask(self, permission: Permission) -> SystemStatus:
        """The system's dialog, which goes away with the app."""
        page, closing = self.page, self._closing
        if page is None:
            return SystemStatus.NOT_GRANTED
        asking = asyncio.ensure_future(
            ask_as_system(page, self.pack, permission, self.kit.language)
        )
        closed = asyncio.ensure_future(closing.wait())
        try:
            await asyncio.wait((asking, closed), return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else SystemStatus.NOT_GRANTED
        finally:
            asking.cancel()
            closed.cancel()


def demo_preferences(locale: str) -> UnkeptPreferences:
    """What the watcher has chosen before anything: a language, and the device's looks."""
    return UnkeptPreferences(locale, Appearance())
