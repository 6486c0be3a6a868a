"""A study on one page: the study's screens, and the app under test on a page inside of it.

Where one page is all there is, in a phone's own app or on a static site, Flet's client draws a
second app inside the first (``FletApp``). That one has a navigator of its own, so what the app lays
over its page ends below the study's bar, and neither page knows the other's controls.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Protocol

import flet as ft

from ...study.carrying import zip_of
from ...study_room.records_out import RecordsOut
from ...surface.file_saving import Saving, save_file
from ...surface.runtime import PageMain, kit_component, on_page, use_changes
from ...surface.viewport import use_page_height
from ..session import Visit
from ..shell import Shell
from .room import Follow, Where, screen_of, study_app
from .station import Station

_BAR_AT_FIRST = 96.0
_MOST_OF_THE_PAGE = 0.4
"""The bar is as high as it says, but the app keeps more than half of the page."""


class Inside(Protocol):
    """How the app under test gets a page of its own inside of the study's."""

    async def ready(self, app: PageMain) -> None:
        """Make the app one that can be opened; called before each page of the study."""

    def address(self, page: ft.Page, number: int) -> str:
        """Where the study's page finds it. Another number is to be another address."""


def one_page(station: Station, inside: Inside, saves_at: frozenset[Where]) -> PageMain:
    """The study's page, with the app under test inside of it, as a Flet app.

    Args:
        station: Where the participant is.
        inside: How the app gets its page.
        saves_at: Where the records of this device can be saved.
    """

    async def main(page: ft.Page) -> None:
        async def save() -> Saving:
            name = f"{station.study.id}-{date.today().isoformat()}.zip"
            return await save_file(page, name, zip_of(station.folder))

        def records(where: Where) -> ft.Control | None:
            sessions = len(station.folder.sessions())
            if where not in saves_at or not sessions:
                return None
            return RecordsOut(
                station.language,
                sessions=sessions,
                own=where is Where.END,
                on_save=save,
            )

        def draw(page: ft.Page, follow: Follow) -> None:
            page.render(
                OnePage,
                station,
                follow,
                lambda: inside.address(page, station.stimulus_number),
                records,
            )

        await inside.ready(app_page(station))
        await study_app(station, draw)(page)

    return main


def app_page(station: Station) -> Callable[[ft.Page], Awaitable[None]]:
    """The page of the app under test, as a Flet app. Between the tasks there is nothing on it."""

    async def main(page: ft.Page) -> None:
        def follow(listener: Callable[[], None]) -> Callable[[], None]:
            def changed() -> None:
                with on_page(page):
                    listener()

            return station.subscribe(changed)

        def draw(page: ft.Page, visit: Visit) -> None:
            page.render(_App, station, visit, follow)

        await station.stimulus.show_on(page, station.condition, station.language.locale, draw)

    return main


@kit_component
def _App(station: Station, visit: Visit, follow: Follow) -> ft.Control:
    use_changes(follow)
    return ft.Container(
        Shell(visit.kit, visit.host),
        # It stays as it was left; what is not drawn takes no key, and no reader speaks it.
        visible=station.over_the_app,
        expand=True,
    )


@kit_component
def OnePage(
    station: Station,
    follow: Follow,
    address: Callable[[], str],
    records: Callable[[Where], ft.Control | None],
) -> ft.Control:
    """The study's screen over all of the page, or, during a task, its bar with the app below.

    Args:
        station: Where the participant is.
        follow: Tells on this page what changed.
        address: Where the app under test is found now.
        records: Draws the way out for the records.
    """
    use_changes(follow)
    height = use_page_height()
    # The app is opened with the first task, and stays until it is wiped.
    opened, set_opened = ft.use_state(0)
    over = station.over_the_app
    number = station.stimulus_number
    if over and opened != number:
        set_opened(number)
    name, screen = screen_of(station, records)
    bar = station.bar_height or _BAR_AT_FIRST
    if height is not None:
        bar = min(bar, height * _MOST_OF_THE_PAGE)
    return ft.SafeArea(
        ft.Stack(
            [
                # Each stays in its place, so that the app is not opened anew with every task.
                ft.Container(
                    ft.FletApp(url=address(), expand=True, key=f"app-{number}")
                    if over or opened == number
                    else None,
                    left=0,
                    right=0,
                    top=bar,
                    bottom=0,
                    key="app",
                ),
                ft.Container(
                    ft.SafeArea(ft.Container(screen, expand=True, key=name), expand=True),
                    bgcolor=ft.Colors.SURFACE,
                    left=0,
                    right=0,
                    top=0,
                    height=bar if over else None,
                    bottom=None if over else 0,
                    key="study",
                ),
            ],
            expand=True,
        ),
        # The app's own page leaves room for the system below it.
        avoid_intrusions_bottom=False,
        expand=True,
    )
