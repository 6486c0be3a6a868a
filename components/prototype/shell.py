"""The prototype's frame: three pages and a bar to go between them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import flet as ft

from ..surface import tokens
from ..surface.runtime import kit_component, use_changes
from .avatar import PictureSource
from .city import City
from .home import Home
from .location import LocationSource
from .me import Me

if TYPE_CHECKING:
    from ..kit import ConsentKit


class Tab(IntEnum):
    """The pages, in the order of the bar."""

    HOME = 0
    CITY = 1
    ME = 2


@kit_component
def Shell(kit: ConsentKit, location: LocationSource, pictures: PictureSource) -> ft.Control:
    """The whole prototype.

    Args:
        kit: The consent kit of this session.
        location: Where the city page's position comes from.
        pictures: Where the avatar comes from.
    """
    use_changes(kit.subscribe)
    tab, set_tab = ft.use_state(Tab.HOME)
    say = kit.language.gettext
    pages: dict[Tab, ft.Control] = {
        Tab.HOME: Home(
            kit.language,
            browse_only=not kit.gate.notice_accepted,
            on_show_notice=kit.show_first_notice,
        ),
        Tab.CITY: City(kit, location),
        Tab.ME: Me(kit, pictures),
    }

    def go(event: ft.Event[ft.NavigationBar]) -> None:
        set_tab(Tab(event.control.selected_index))

    return ft.SafeArea(
        ft.Column(
            [
                # All three stay in place, so that a page is as it was left.
                *(
                    ft.Container(
                        page,
                        visible=tab is it,
                        expand=True,
                        width=tokens.READING_WIDTH + 2 * tokens.EDGE,
                        key=f"tab-{it.name}",
                    )
                    for it, page in pages.items()
                ),
                ft.NavigationBar(
                    [
                        ft.NavigationBarDestination(icon=ft.Icons.MOVIE, label=say("Films")),
                        ft.NavigationBarDestination(icon=ft.Icons.PLACE, label=say("Cinemas")),
                        ft.NavigationBarDestination(icon=ft.Icons.PERSON, label=say("Me")),
                    ],
                    selected_index=int(tab),
                    on_change=go,
                ),
            ],
            spacing=0,
            expand=True,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        expand=True,
    )
