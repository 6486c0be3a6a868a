"""The page that the demo's app is shown on: one app after another, always the newest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import flet as ft

from ...surface.runtime import kit_component, on_page, use_changes
from ..shell import Shell
from .world import World


def phone(world: World) -> Callable[[ft.Page], Awaitable[None]]:
    """The phone as a Flet app. The page that was opened last shows the app."""

    async def main(page: ft.Page) -> None:
        def follow(listener: Callable[[], None]) -> Callable[[], None]:
            def changed() -> None:
                with on_page(page):
                    listener()

            return world.follow_app(changed)

        page.render(Phone, world, page, follow)
        await world.show_on(page)

    return main


@kit_component
def Phone(
    world: World,
    page: ft.Page,
    follow: Callable[[Callable[[], None]], Callable[[], None]],
) -> ft.Control:
    """The app, or a dark screen while it is closed or shown on another page.

    Args:
        world: Whose app.
        page: The page this is on.
        follow: Tells on this page when the app is opened or closed.
    """
    use_changes(follow)
    visit = world.visit if world.page is page else None
    shown: ft.Control = (
        ft.Container(bgcolor=ft.Colors.INVERSE_SURFACE, expand=True, key="closed")
        if visit is None
        else ft.Container(Shell(visit.kit, visit.host), expand=True, key=f"visit-{id(visit)}")
    )
    return ft.Column(
        [shown],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
