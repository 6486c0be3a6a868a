"""A participant in Chromium: the framing page, with the study's page and the app's in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, FrameLocator, Locator, Page, ViewportSize

from components.prototype.server import serve
from components.prototype.studying.observing import Observing
from components.prototype.studying.serving import station_app
from components.prototype.studying.station import Station
from tests.browser.harness import PHONE

LOCALES = {"zh_Hans": "zh-CN", "en": "en-US"}
"""What a browser says of itself whose owner speaks a study's language."""


@dataclass
class Participant:
    """Someone who presses, on both pages, what is named.

    Attributes:
        page: The browser's page.
        problems: What the browser saw go wrong.
    """

    page: Page
    url: str
    problems: list[str] = field(default_factory=list)

    @property
    def study(self) -> FrameLocator | Page:
        """The study's page."""
        return self.page.frame_locator("#study")

    @property
    def app(self) -> FrameLocator | Page:
        """The app's page."""
        return self.page.frame_locator("#app")

    def find(self, frame: FrameLocator | Page, identifier: str) -> Locator:
        """What has this name."""
        return frame.locator(f'[flt-semantics-identifier="{identifier}"]').first

    async def waits_for(self, frame: FrameLocator | Page, identifier: str) -> None:
        """Wait until it is on the screen."""
        await self.find(frame, identifier).wait_for(state="attached")

    async def press(self, frame: FrameLocator | Page, identifier: str) -> None:
        """Press it, once it is there."""
        place = self.find(frame, identifier)
        await place.wait_for(state="attached")
        button = place.locator("[role=button], [role=radio], [role=checkbox]")
        await (button.first if await button.count() else place).dispatch_event("click")

    async def go(self, at: int) -> None:
        """Go to a tab of the app."""
        await self.app.get_by_role("tab").nth(at).dispatch_event("click")

    def watch(self) -> None:
        """Note what goes wrong."""
        origin = urlsplit(self.url).netloc

        def response(status: int, url: str) -> None:
            if status >= 400 or urlsplit(url).netloc not in (origin, ""):
                self.problems.append(f"{status} {url}")

        self.page.on("response", lambda it: response(it.status, it.url))
        self.page.on(
            "console", lambda it: self.problems.append(it.text) if it.type == "error" else None
        )


@asynccontextmanager
async def participant(
    chromium: Browser,
    station: Station,
    *,
    code: str = "",
    size: ViewportSize = PHONE,
    observing: Observing | None = None,
) -> AsyncIterator[Participant]:
    """Open the study as its link does, for somebody with a code."""
    async with station_app(station, observing) as app, serve(app) as url:
        context = await chromium.new_context(
            viewport=size,
            locale=LOCALES[station.language.locale],
            reduced_motion="reduce",
        )
        person = Participant(await context.new_page(), url)
        person.watch()
        await person.page.goto(f"{url}/?code={code}" if code else f"{url}/")
        yield person
        problems = list(person.problems)
        await context.close()
    assert problems == []
