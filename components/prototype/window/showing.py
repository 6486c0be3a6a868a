"""Runs a Flet app in a window of its own, until that is closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import flet as ft

from ..server import ASSETS
from ..session import before_main
from .window import DemoWindow


async def show_in(window: DemoWindow, main: Callable[[ft.Page], Awaitable[None]]) -> None:
    """Show an app in a window; returns when it was closed. One process may show several."""

    def prepare(page: ft.Page) -> None:
        before_main(page)
        window.prepare(page)

    await ft.run_async(main, before_main=prepare, view=ft.AppView.FLET_APP, assets_dir=str(ASSETS))
