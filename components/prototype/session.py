"""One session of the prototype: a page, its store, its kit, and how they end."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import flet as ft

from ..consent.clock import Clock, SystemClock
from ..consent.gate import permission_target
from ..consent.permissions import PermissionPort, SimulatedPermissions, SystemStatus
from ..kit import ConsentKit
from ..policy.pack import Pack, Permission
from ..preparing import prepare as prepare
from ..surface.appearance import Appearance, dress
from ..surface.permissions import FletPermissions
from ..surface.speaking import speak as speak
from ..surroundings import Surroundings
from .avatar import PictureSource, pictures_for
from .location import DeviceLocation, LocationSource, SimulatedLocation
from .orders import Orders
from .preferences import Preferences
from .shell import Host, Shell
from .storage import Store, find_store
from .system_dialog import ask_as_system

logger = logging.getLogger(__name__)

SEED_COLOUR = "#1F5F6B"
PACK = "epiao"
"""The pack of the prototype."""


@dataclass(frozen=True)
class Stand:
    """A device that stands in for a real one: the console's, which outlives its app's sessions.

    Attributes:
        store: The file of the record.
        preferences: What is kept about how the app speaks and looks.
        permissions: The operating system's permissions.
    """

    store: Path
    preferences: Preferences
    permissions: PermissionPort


@dataclass(frozen=True)
class Settings:
    """How a prototype is set up.

    Attributes:
        data: Folder for the records.
        pack: The policy pack, or what it is loaded from, as for ``ConsentKit.open``.
        endpoint: Address of the consent endpoint; None keeps everything on the device.
        clock: Where the time comes from.
        opened: Called with each session's kit once it is open; for tests and the console.
        surroundings: Network and randomness.
        stand: A device of the console's; None takes the one that the page is shown on.
    """

    data: Path
    pack: str | Path | Pack
    endpoint: str | None
    clock: Clock = field(default_factory=SystemClock)
    opened: Callable[[ConsentKit], None] = lambda _kit: None
    surroundings: Surroundings = field(default_factory=Surroundings)
    stand: Stand | None = None


@dataclass(frozen=True)
class Visit:
    """The app, opened on a page: what its screens need, and how it is closed."""

    kit: ConsentKit
    host: Host
    end: Callable[[], Awaitable[None]]


def before_main(page: ft.Page) -> None:
    """What the first thing the client gets must hold, so that nothing changes on screen."""
    page.title = "E票电影 · Mingshi"
    dress(page, SEED_COLOUR, Appearance())
    page.padding = 0


def prototype(settings: Settings) -> Callable[[ft.Page], Awaitable[None]]:
    """The prototype as a Flet app: a function to call with each new page."""

    async def main(page: ft.Page) -> None:
        visit = await begin(page, settings)
        page.render(Shell, visit.kit, visit.host)
        page.run_task(visit.kit.start)

    return main


async def begin(page: ft.Page, settings: Settings) -> Visit:
    """Open the app on a page, up to where its screens are rendered and its kit is started."""
    stand = settings.stand
    preferences = await Preferences.read() if stand is None else stand.preferences
    if stand is not None or preferences.appearance != Appearance():
        dress(page, SEED_COLOUR, preferences.appearance)
    store = await find_store(page, settings.data) if stand is None else Store(stand.store, _nothing)
    mobile = page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
    phone = stand is None and not page.web and mobile

    async def system(permission: Permission) -> SystemStatus:
        return await ask_as_system(page, kit.pack, permission, kit.language)

    simulated = SimulatedPermissions(dialog=system)
    system_of_its_own: PermissionPort = FletPermissions() if phone else simulated
    kit = await ConsentKit.open(
        page,
        pack=settings.pack,
        store=store.path,
        endpoint=settings.endpoint,
        permissions=system_of_its_own if stand is None else stand.permissions,
        clock=settings.clock,
        surroundings=settings.surroundings,
    )
    # A pretended system forgets with its session what a real one remembers.
    for permission in kit.pack.permissions.values():
        if kit.record.status(permission_target(permission.id)).permits:
            simulated.set_status(permission.id, SystemStatus.GRANTED)
    await kit.speaking.begin(preferences.language)
    speak(page, kit.language)
    spoken, worn = kit.language, preferences.appearance

    def follow_language() -> None:
        nonlocal spoken
        if kit.language is not spoken:
            spoken = kit.language
            speak(page, spoken)
        # What the device asked for is not kept: it may ask for something else tomorrow.
        if kit.speaking.chosen != preferences.language:
            page.run_task(preferences.choose_language, kit.speaking.chosen)

    def follow_appearance() -> None:
        nonlocal worn
        if preferences.appearance != worn:
            worn = preferences.appearance
            dress(page, SEED_COLOUR, worn)
            page.update()

    def remember_store() -> None:
        forget()
        page.run_task(store.remember)

    forget = kit.record.subscribe(remember_store)
    kit.subscribe(follow_language)
    unfollow = preferences.subscribe(follow_appearance)

    async def end() -> None:
        unfollow()
        await kit.close()

    async def ended(_event: object) -> None:
        await end()

    def back(_event: object) -> None:
        # What changed while the client was away was not drawn.
        kit.refresh()

    async def resumed(event: ft.AppLifecycleStateChangeEvent) -> None:
        if event.state is ft.AppLifecycleState.RESUME:
            await kit.mirror_permissions()
            kit.travelling.wake()

    page.on_close = ended
    page.on_connect = back
    page.on_app_lifecycle_state_change = resumed
    location: LocationSource = DeviceLocation() if phone else SimulatedLocation()
    pictures: PictureSource = pictures_for(page)
    settings.opened(kit)
    await kit.mirror_permissions()
    host = Host(
        location,
        pictures,
        Orders(store.path.with_name("orders.sqlite")),
        preferences,
        settings.clock.now().astimezone().date(),
    )
    return Visit(kit, host, end)


async def _nothing() -> None:
    """A store whose place is known has nothing to be found again by."""


def load_settings(data: Path, endpoint: str | None) -> Settings:
    """Settings with the pack of the prototype, which is loaded for the first session.

    Args:
        data: Folder for the records.
        endpoint: Address of the consent endpoint; None keeps everything on the device.
    """
    return Settings(data=data, pack=PACK, endpoint=endpoint)
