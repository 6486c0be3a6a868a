"""A person in front of the running prototype, and what the endpoint got of them."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext

from components.consent.event import Cause, Event
from components.endpoint.embedded import EmbeddedEndpoint
from components.kit import ConsentKit
from components.places import data_folder
from components.policy import Pack, load_pack, recompute
from components.prototype.server import serve, web_app
from components.prototype.session import Settings, before_main, prototype

from .harness import PHONE, AppPage, open_app

_WAIT_SECONDS = 60.0


@dataclass
class Person:
    """Someone who taps on one page of the prototype. Counts the taps."""

    page: AppPage
    taps: int = 0

    async def tap(self, identifier: str) -> None:
        """Tap what has this identifier, once it is there."""
        place = self.page.find(identifier=identifier).first
        await place.wait_for(state="attached")
        button = place.locator("[role=button], [role=radio]")
        await (button.first if await button.count() else place).dispatch_event("click")
        self.taps += 1

    async def go(self, tab: str) -> None:
        """Tap a tab of the bar at the bottom, or of the rail that a wide window has instead."""
        # A rail's destinations may be buttons, and say after their name which of how many it is.
        name = re.compile(rf"^{re.escape(tab)}(\s|$)")
        tabs = self.page.page.get_by_role("tab", name=name)
        place = tabs.or_(self.page.page.get_by_role("button", name=name)).first
        await place.dispatch_event("click")
        self.taps += 1

    async def waits_for(self, identifier: str) -> None:
        """Wait until something with this identifier is on the screen."""
        await self.page.find(identifier=identifier).first.wait_for(state="attached")

    async def no_longer_sees(self, identifier: str) -> None:
        """Wait until nothing with this identifier is on the screen."""
        await self.page.find(identifier=identifier).first.wait_for(state="detached")

    async def sees(self, identifier: str) -> bool:
        """Whether something with this identifier is on the screen now."""
        return await self.page.find(identifier=identifier).count() > 0


@dataclass
class Demo:
    """The running prototype with its endpoint."""

    url: str
    endpoint: EmbeddedEndpoint
    database: Path
    pack: Pack
    context: BrowserContext
    stack: AsyncExitStack
    kits: list[ConsentKit] = field(default_factory=list)

    async def visit(self) -> Person:
        """Open the prototype in a new page of the same browser profile."""
        return Person(await self.stack.enter_async_context(open_app(self.context, self.url)))

    def received(self) -> list[Event]:
        """Everything the endpoint has stored, by subject and sequence, straight from its file."""
        return stored(self.database)

    async def has_received(self, number: int) -> list[Event]:
        """Wait until the endpoint has so many events."""
        await until(lambda: len(self.received()) >= number, f"{number} events at the endpoint")
        return self.received()


async def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that no screen shows."""
    deadline = asyncio.get_running_loop().time() + _WAIT_SECONDS
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"did not come: {what}")
        await asyncio.sleep(0.02)


@asynccontextmanager
async def demo(chromium: Browser, folder: Path, **context_options: Any) -> AsyncIterator[Demo]:
    """Run the prototype and an endpoint, and give a browser profile to visit it with."""
    database = folder / "endpoint.sqlite"
    pack = load_pack(data_folder("policy_content") / "epiao")
    kits: list[ConsentKit] = []
    async with AsyncExitStack() as stack:
        endpoint = EmbeddedEndpoint(f"sqlite:///{database}")
        await endpoint.start()
        stack.push_async_callback(endpoint.stop)
        settings = Settings(
            data=folder / "records", pack=pack, endpoint=endpoint.url, opened=kits.append
        )
        url = await stack.enter_async_context(
            serve(web_app(prototype(settings), before_main=before_main))
        )
        options = {
            "viewport": PHONE,
            "locale": "zh-CN",
            "reduced_motion": "reduce",
            **context_options,
        }
        context = await chromium.new_context(**options)
        stack.push_async_callback(context.close)
        yield Demo(url, endpoint, database, pack, context, stack, kits)


def stored(database: Path) -> list[Event]:
    """Everything that an endpoint's SQLite file holds, by subject and sequence."""
    if not database.exists():
        return []
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT body FROM events ORDER BY subject, sequence")
        return [Event.from_json(json.loads(body)) for (body,) in rows]
    finally:
        connection.close()


def story(events: list[Event]) -> list[tuple[str, str]]:
    """What was decided, in order."""
    return [(str(event.target), event.status.value) for event in events]


def assert_provable(events: list[Event], pack: Pack) -> None:
    """Every pressed choice names words that the pack gives again, and a label among them."""
    for event in events:
        if event.cause is Cause.OPERATING_SYSTEM:
            assert event.notice is None
            continue
        assert event.notice is not None
        assert event.notice.digest == recompute(
            pack, event.notice.notice, event.notice.locale, event.notice.version
        )
        assert event.notice.version == pack.version.id
