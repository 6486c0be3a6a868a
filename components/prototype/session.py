"""One session of the prototype: a page, its store, its kit, and how they end."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import flet as ft

from ..consent.clock import Clock, SystemClock
from ..consent.gate import permission_target
from ..consent.permissions import SimulatedPermissions, SystemStatus
from ..kit import ConsentKit
from ..places import data_folder
from ..policy import load_pack
from ..policy.pack import Pack, Permission
from ..surface.appearance import Appearance, dress
from ..surface.permissions import FletPermissions
from ..surface.speaking import speak as speak
from .avatar import PictureSource, pictures_for
from .location import DeviceLocation, LocationSource, SimulatedLocation
from .orders import Orders
from .preferences import Preferences
from .shell import Host, Shell
from .storage import find_store
from .system_dialog import ask_as_system

logger = logging.getLogger(__name__)

SEED_COLOUR = "#1F5F6B"


@dataclass(frozen=True)
class Settings:
    """How a prototype is set up.

    Attributes:
        data: Folder for the records.
        pack: The policy pack, loaded once for every session.
        endpoint: Address of the consent endpoint; None keeps everything on the device.
        clock: Where the time comes from.
        opened: Called with each session's kit once it is open; for tests and the console.
    """

    data: Path
    pack: Pack
    endpoint: str | None
    clock: Clock = field(default_factory=SystemClock)
    opened: Callable[[ConsentKit], None] = lambda _kit: None


def before_main(page: ft.Page) -> None:
    """What the first thing the client gets must hold, so that nothing changes on screen."""
    page.title = "E票电影 · Mingshi"
    dress(page, SEED_COLOUR, Appearance())
    page.padding = 0


def prototype(settings: Settings) -> Callable[[ft.Page], Awaitable[None]]:
    """The prototype as a Flet app: a function to call with each new page."""

    async def main(page: ft.Page) -> None:
        await _begin(page, settings)

    return main


async def _begin(page: ft.Page, settings: Settings) -> None:
    preferences = await Preferences.read()
    if preferences.appearance != Appearance():
        dress(page, SEED_COLOUR, preferences.appearance)
    store = await find_store(page, settings.data)
    phone = not page.web and page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)

    async def system(permission: Permission) -> SystemStatus:
        return await ask_as_system(page, kit.pack, permission, kit.language)

    simulated = SimulatedPermissions(dialog=system)
    kit = await ConsentKit.open(
        page,
        pack=settings.pack,
        store=store.path,
        endpoint=settings.endpoint,
        permissions=FletPermissions() if phone else simulated,
        clock=settings.clock,
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
    preferences.subscribe(follow_appearance)

    async def ended(_event: object) -> None:
        await kit.close()

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
    page.render(Shell, kit, host)
    page.run_task(kit.start)


def load_settings(data: Path, endpoint: str | None) -> Settings:
    """Settings with the ``epiao`` pack that the kit ships.

    Args:
        data: Folder for the records.
        endpoint: Address of the consent endpoint; None keeps everything on the device.
    """
    return Settings(
        data=data, pack=load_pack(data_folder("policy_content") / "epiao"), endpoint=endpoint
    )
