"""The prototype's frame: three main screens, what was gone to from them, and a bar between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

import flet as ft

from ..surface import tokens
from ..surface.runtime import kit_component, use_changes
from ..surface.viewport import WidthClass, use_width_class
from .avatar import PictureSource
from .city import City
from .home import Home
from .listings import film
from .location import LocationSource
from .me import Me
from .orders import Orders
from .page_back import use_system_back
from .preferences import Preferences
from .visits import Visits
from .whereabouts import AtCinema, AtFilm, AtSettings, AtTickets, Place

if TYPE_CHECKING:
    from ..i18n import Language
    from ..kit import ConsentKit


class Tab(IntEnum):
    """The main screens, in the order of the bar."""

    HOME = 0
    CITY = 1
    ME = 2


@dataclass(frozen=True)
class Host:
    """What the host has besides the kit.

    Attributes:
        location: Where the city screen's position comes from.
        pictures: Where the avatar comes from.
        orders: The person's orders.
        preferences: How the app speaks and looks.
        today: The first day for which there are tickets.
    """

    location: LocationSource
    pictures: PictureSource
    orders: Orders
    preferences: Preferences
    today: date


Chooses = Callable[[int | None], None]

_HERE: tuple[Place, ...] = ()


@kit_component
def Shell(kit: ConsentKit, host: Host) -> ft.Control:
    """The whole prototype.

    Args:
        kit: The consent kit of this session.
        host: What else there is.
    """
    use_changes(kit.subscribe)
    tab, set_tab = ft.use_state(Tab.HOME)
    way, set_way = ft.use_state(_HERE)
    width = use_width_class(kit.page)

    def go(place: Place) -> None:
        set_way(lambda before: (*before, place))

    def back() -> None:
        set_way(lambda before: before[:-1])

    def choose(index: int | None) -> None:
        set_tab(Tab(index or 0))
        set_way(_HERE)

    def films() -> None:
        choose(Tab.HOME)

    def ordered(place: Place) -> None:
        # From a ticket, back leads to the orders, not into an order that is done.
        set_way((AtTickets(), place))

    use_system_back(kit.page, bool(way), back)
    main: dict[Tab, ft.Control] = {
        Tab.HOME: Home(
            kit.language,
            browse_only=not kit.gate.notice_accepted,
            width=width,
            on_show_notice=kit.show_first_notice,
            on_film=lambda film_id: go(AtFilm(film(film_id))),
        ),
        Tab.CITY: City(kit, host.location, width=width, on_cinema=lambda it: go(AtCinema(it))),
        Tab.ME: Me(
            kit,
            host.pictures,
            width=width,
            on_orders=lambda: go(AtTickets()),
            on_settings=lambda: go(AtSettings()),
        ),
    }
    return ft.SafeArea(
        ft.Row(
            [
                # Every slot stays in its place, so that nothing in the middle is made anew when
                # the window changes its width.
                ft.Container()
                if width is WidthClass.COMPACT
                else _rail(kit.language, tab, width, choose),
                ft.Column(
                    [
                        # All stay in place, so that a screen is as it was left.
                        *(
                            ft.Container(
                                screen,
                                visible=tab is it and not way,
                                expand=True,
                                key=f"tab-{it.name}",
                            )
                            for it, screen in main.items()
                        ),
                        ft.Container(
                            Visits(kit, host, way, width, go, back, ordered, films),
                            visible=bool(way),
                            expand=True,
                            key="way",
                        ),
                        _bar(kit.language, tab, choose)
                        if width is WidthClass.COMPACT and not way
                        else ft.Container(),
                    ],
                    spacing=0,
                    expand=True,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
            ],
            spacing=0,
            expand=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        expand=True,
    )


def _labels(language: Language) -> list[tuple[ft.IconData, ft.IconData, str]]:
    say = language.gettext
    return [
        (ft.Icons.MOVIE_OUTLINED, ft.Icons.MOVIE, say("Films")),
        (ft.Icons.PLACE_OUTLINED, ft.Icons.PLACE, say("Cinemas")),
        (ft.Icons.PERSON_OUTLINED, ft.Icons.PERSON, say("Me")),
    ]


def _bar(language: Language, tab: Tab, choose: Chooses) -> ft.Control:
    def changed(event: ft.Event[ft.NavigationBar]) -> None:
        choose(int(event.data or 0))

    return ft.NavigationBar(
        [
            ft.NavigationBarDestination(icon=icon, selected_icon=selected, label=label)
            for icon, selected, label in _labels(language)
        ],
        selected_index=int(tab),
        label_behavior=ft.NavigationBarLabelBehavior.ALWAYS_SHOW,
        on_change=changed,
    )


def _rail(language: Language, tab: Tab, width: WidthClass, choose: Chooses) -> ft.Control:
    extended = width is WidthClass.EXPANDED

    def changed(event: ft.Event[ft.NavigationRail]) -> None:
        choose(int(event.data or 0))

    return ft.NavigationRail(
        [
            ft.NavigationRailDestination(
                icon=icon,
                selected_icon=selected,
                label=ft.Text(label, theme_style=ft.TextThemeStyle.LABEL_LARGE, color=tokens.TEXT),
            )
            for icon, selected, label in _labels(language)
        ],
        selected_index=int(tab),
        extended=extended,
        # An extended rail shows its labels by itself, and may not be told to.
        label_type=None if extended else ft.NavigationRailLabelType.ALL,
        bgcolor=tokens.QUIET_SURFACE,
        min_width=88,
        min_extended_width=220,
        scrollable=True,
        on_change=changed,
    )
