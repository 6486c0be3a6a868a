"""The console on a page of its own, following the world."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from ...surface.appearance import dress
from ...surface.runtime import kit_component, on_page, use_changes
from ...surface.speaking import speak
from ..session import SEED_COLOUR
from .console import Console
from .desk import Desk


def panel(desk: Desk) -> Callable[[ft.Page], Awaitable[None]]:
    """The console as a Flet app."""

    async def main(page: ft.Page) -> None:
        loop = asyncio.get_running_loop()
        drawing: list[asyncio.TimerHandle] = []
        following: list[Callable[[], None]] = []

        def follow(listener: Callable[[], None]) -> Callable[[], None]:
            def draw() -> None:
                drawing.clear()
                with on_page(page):
                    _wear(page, desk)
                    listener()

            def changed() -> None:
                # Many changes in a moment are one picture.
                if not drawing:
                    drawing.append(loop.call_later(_DRAW_SECONDS, draw))

            following.append(desk.world.subscribe(changed))
            return stop

        def stop() -> None:
            while following:
                following.pop()()
            while drawing:
                drawing.pop().cancel()

        # A page that is closed unmounts nothing.
        page.on_close = stop
        _wear(page, desk)
        page.render(Panel, desk, page, follow)

    return main


@kit_component
def Panel(
    desk: Desk,
    page: ft.Page,
    follow: Callable[[Callable[[], None]], Callable[[], None]],
) -> ft.Control:
    """The console, as wide as its page.

    Args:
        desk: What it shows and does.
        page: The page it is on.
        follow: Tells what changed, on this page.
    """
    use_changes(follow)
    width, set_width = ft.use_state(float(page.width or 0))

    def resized(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        set_width(event.width)

    return ft.SafeArea(
        ft.Container(
            Console(desk.view(), desk.language, desk.acts(), width=width),
            on_size_change=resized,
            expand=True,
        ),
        expand=True,
    )


_DRAW_SECONDS = 0.05


def _wear(page: ft.Page, desk: Desk) -> None:
    """Speak and look as the app does; its text size is the app's alone."""
    language, worn = desk.language, desk.world.preferences.appearance
    data = page.data if isinstance(page.data, tuple) else None
    now = (language.locale, worn.brightness)
    if data == now:
        return
    page.data = now
    page.title = language.gettext("Stakeholder demo")
    dress(page, SEED_COLOUR, type(worn)(brightness=worn.brightness))
    speak(page, language)
