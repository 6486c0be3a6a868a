"""A study on one page in Chromium: the page of a phone's own app, served to a browser.

A browser opens no socket in a file, so the app under test comes by a WebSocket of the same server;
all else is what runs on a phone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import flet as ft
import flet_web.fastapi as flet_fastapi
from playwright.async_api import Browser, Page, ViewportSize
from starlette.routing import Mount

from components.prototype.server import serve, web_app
from components.prototype.session import before_main
from components.prototype.studying.one_page import Inside, app_page, one_page
from components.prototype.studying.room import Where
from components.prototype.studying.station import Station
from components.surface.runtime import PageMain
from tests.browser.harness import PHONE

from .framed import LOCALES, Participant

_APP = "/second"


class OverTheNetwork(Inside):
    """The app's page over a WebSocket of the study's own server."""

    async def ready(self, app: PageMain) -> None:
        """The server is there before the page."""

    def address(self, page: ft.Page, number: int) -> str:
        return f"{str(page.url).replace('ws:', 'http:', 1)}{_APP}"


@asynccontextmanager
async def on_one_page(
    chromium: Browser,
    station: Station,
    *,
    code: str = "",
    saves_at: frozenset[Where] = frozenset({Where.ENTRY}),
    size: ViewportSize = PHONE,
) -> AsyncIterator[OnePagePerson]:
    """Open the study on one page, as a phone's app shows it, for somebody with a code."""
    second = flet_fastapi.app(app_page(station), before_main=before_main, no_cdn=True)
    app = web_app(
        one_page(station, OverTheNetwork(), saves_at),
        before_main=before_main,
        routes=[Mount(_APP, second)],
    )
    async with serve(app) as url:
        context = await chromium.new_context(
            viewport=size,
            locale=LOCALES[station.language.locale],
            reduced_motion="reduce",
            accept_downloads=True,
        )
        person = OnePagePerson(await context.new_page(), url)
        person.watch()
        await person.page.goto(f"{url}/?code={code}" if code else f"{url}/")
        yield person
        problems = list(person.problems)
        await context.close()
        await station.close()
    assert problems == []


class OnePagePerson(Participant):
    """Someone before whom the study and the app are on one page."""

    @property
    def study(self) -> Page:
        """The one page."""
        return self.page

    @property
    def app(self) -> Page:
        """The same page."""
        return self.page
