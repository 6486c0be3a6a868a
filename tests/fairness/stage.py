"""One loaded page that shows one screen after another: a page load costs two seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import flet as ft
from playwright.async_api import Browser, Page

from components.fairness import Form, Screen
from components.fairness.adapters.chromium import measure, settled
from components.i18n import Language
from components.prototype.server import serve, web_app
from components.prototype.session import before_main, speak
from components.surface.runtime import kit_component, on_page

Build = Callable[[], ft.Control]


class Stage:
    """What is on it changes; the page stays.

    The client draws what the app sends, so the app's own tree is at hand as well.
    """

    def __init__(self) -> None:
        self.app: ft.Page | None = None
        self.page: Page
        self._show: Callable[[Any], None] = lambda _scene: None
        self._number = 0

    def main(self, page: ft.Page) -> None:
        """The app."""
        self.app = page
        page.render(_Scene, self)

    async def show(self, build: Build, locale: str) -> None:
        """Put something on the stage and wait until it is drawn."""
        assert self.app is not None
        self._number += 1
        with on_page(self.app):
            speak(self.app, Language.of(locale))
            self._show((self._number, build))
        await settled(self.page, self.marker)

    @property
    def marker(self) -> str:
        """The identifier that the present scene carries."""
        return f"scene{self._number}"

    async def size(self, width: int, height: int) -> None:
        """Give the window another size."""
        await self.page.set_viewport_size({"width": width, "height": height})

    async def look(self, name: str, locale: str, **options: Any) -> Screen:
        """Measure what is on the stage."""
        return await measure(
            self.page, name=name, locale=locale, app=self.app, marker=self.marker, **options
        )


@kit_component
def _Scene(stage: Stage) -> ft.Control:
    scene, show = ft.use_state((0, lambda: ft.Text("…")))
    stage._show = show
    number, build = scene
    return ft.Semantics(
        content=ft.Container(_Built(build), key=f"scene{number}", expand=True),
        identifier=f"scene{number}",
        container=True,
        expand=True,
    )


@kit_component
def _Built(build: Build) -> ft.Control:
    return build()


@asynccontextmanager
async def stage_in(chromium: Browser, options: Mapping[str, Any]) -> AsyncIterator[Stage]:
    """A stage in a window of its own."""
    stage = Stage()
    async with serve(web_app(stage.main, before_main=before_main)) as url:
        context = await chromium.new_context(locale="zh-CN", **options)
        stage.page = await context.new_page()
        await stage.page.goto(url)
        await settled(stage.page)
        try:
            yield stage
        finally:
            await context.close()


__all__ = ["Form", "Stage", "stage_in"]
