"""The system's back button, for a host that keeps its own way back on one Flet view."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ..surface.runtime import on_page


def use_system_back(page: ft.Page, can_go_back: bool, go_back: Callable[[], None]) -> None:
    """Let the system's back go one screen back, and leave the app from a main screen.

    A sheet of the kit lies above the view, so a press closes that first: the system asks the view
    only when nothing lies above it.

    Args:
        page: The page; its one view is the host's.
        can_go_back: Whether there is a screen to go back to.
        go_back: Goes there.
    """

    async def pressed(event: ft.Event[ft.View]) -> None:
        await event.control.confirm_pop(False)
        with on_page(page):
            go_back()

    def arrange() -> None:
        view = page.views[0]
        view.can_pop = not can_go_back
        view.on_confirm_pop = pressed if can_go_back else None
        view.update()

    ft.use_effect(arrange, [can_go_back])
