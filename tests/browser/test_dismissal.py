"""What only a browser can do to an open question: Escape, a tap beside it, reload.

Whatever the way, the ledger has no grant of it. One page meets them all; each kind of question is
reloaded once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from playwright.async_api import ViewportSize

from components.consent.event import IndicatedBy
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.kit import ConsentKit
from components.policy import Pack
from components.surface import tokens
from components.surface.sheets import dismiss_sheets

from .conftest import Visit
from .harness import DESKTOP, PHONE, AppPage
from .settled import wait_until

pytestmark = pytest.mark.anyio

CHILD = date(2015, 6, 1)


class Host:
    """A host with nothing on its page but a line of text, and one kit after the other."""

    def __init__(self) -> None:
        self.pages: list[ft.Page] = []
        self.permissions = SimulatedPermissions({"location": SystemStatus.GRANTED})

    def main(self, page: ft.Page) -> None:
        page.title = "Host"
        page.add(ft.FilledButton("host"))
        self.pages.append(page)

    async def do(self, work: Callable[[], Awaitable[Any]]) -> Any:
        """Run something as a handler of the page would."""
        return await asyncio.wrap_future(self.pages[0].run_task(work))

    async def kit(self, pack: Pack, store: Path) -> ConsentKit:
        async def open_kit() -> ConsentKit:
            return await ConsentKit.open(
                self.pages[0], pack=pack, store=store, endpoint=None, permissions=self.permissions
            )

        kit: ConsentKit = await self.do(open_kit)
        return kit


@dataclass(frozen=True)
class Decision:
    """A question, and what is pressed to be able to ask it."""

    mark: str
    """Identifier of its choice to agree."""
    asks: Callable[[ConsentKit], Awaitable[Any]]
    closes: bool
    """Whether Escape and a tap beside it close it."""
    noticed: bool = False
    """Whether the notice is accepted before."""


DECISIONS = {
    "first-notice": Decision("first-notice.accept", lambda kit: kit.start(), False),
    "guardian": Decision(
        "first-notice.accept",
        lambda kit: kit.show_first_notice(indicated_by=IndicatedBy.GUARDIAN),
        False,
    ),
    "prompt": Decision(
        "prompt.accept", lambda kit: kit.ask("location", gesture="go"), True, noticed=True
    ),
    "separate": Decision(
        "separate.accept", lambda kit: kit.ask_for("push-region", gesture="go"), True, noticed=True
    ),
    "update": Decision("update.accept", lambda kit: kit.start(), False, noticed=True),
}


@pytest.fixture
async def host(visit: Visit) -> AsyncIterator[tuple[Host, AppPage]]:
    it = Host()
    yield it, await visit(it.main)


@pytest.mark.timeout(300)
async def test_no_way_out_of_a_question_grants_anything(
    host: tuple[Host, AppPage], pack: Pack, tmp_path: Path
) -> None:
    served, app = host
    for kind, decision in DECISIONS.items():
        store = tmp_path / f"{kind}.sqlite"
        kit = await served.kit(pack, store)
        if decision.noticed:
            asking = asyncio.ensure_future(served.do(kit.start))
            await click(app, "first-notice.accept")
            await asking
        if kind == "guardian":
            kit.declare_birth_date(CHILD)
        if kind == "update":
            await kit.close()
            old, example = pack.versions
            newest = replace(example, example=False)
            newer = replace(pack, versions=(old, newest)).at(newest.id)
            kit = await served.kit(newer, store)
        before = [it for it in kit.record.events if it.status.permits]
        for way in WAYS:
            asking = asyncio.ensure_future(
                served.do(lambda ask=decision.asks, kit=kit: ask(kit))  # type: ignore[misc]
            )
            try:
                await app.find(identifier=decision.mark).wait_for(state="attached")
            except Exception as error:
                error.add_note(f"{kind} before {way.__name__}: {await app.said()}, {asking}")
                raise
            await way(app, decision, served)
            await asyncio.wait_for(asking, 30)
            await app.find(identifier=decision.mark).wait_for(state="detached")
            granted = [it for it in kit.record.events if it.status.permits]
            assert granted == before, f"{kind}, {way.__name__}"
        assert served.permissions.requests == []
        if kind == "prompt":
            await lies_well(served, app, kit)
        await kit.close()


async def lies_well(served: Host, app: AppPage, kit: ConsentKit) -> None:
    """On a wide page a sheet stands in the middle and is no wider than reading takes."""
    asked = asyncio.ensure_future(served.do(lambda: kit.ask("location", gesture="go")))
    await is_in_the_middle(app, "prompt.refuse", "prompt.accept")
    dismiss(served)
    await asked
    shown = asyncio.ensure_future(served.do(kit.open_centre))
    await is_in_the_middle(app, "page.close", "centre.language")
    dismiss(served)
    await shown
    await app.find(identifier="page.close").wait_for(state="detached")


async def is_in_the_middle(app: AppPage, first: str, last: str) -> None:
    """Measured from the first to the last thing of one of its lines."""
    for size, most in ((DESKTOP, tokens.READING_WIDTH + 2 * tokens.EDGE), (PHONE, PHONE["width"])):
        await app.page.set_viewport_size(size)
        await wait_until(lambda size=size, most=most: lies(app, first, last, size, most), first)  # type: ignore[misc]


async def lies(app: AppPage, first: str, last: str, size: ViewportSize, most: float) -> bool:
    start = await app.find(identifier=first).first.bounding_box()
    end = await app.find(identifier=last).first.bounding_box()
    if start is None or end is None:
        return False
    right = end["x"] + end["width"]
    in_the_middle = abs(start["x"] + right - size["width"]) < 2
    return in_the_middle and most - 4 * tokens.EDGE - 2 <= right - start["x"] <= most


async def click(app: AppPage, identifier: str) -> None:
    place = app.find(identifier=identifier).first
    await place.wait_for(state="attached")
    await place.locator("[role=button]").first.dispatch_event("click")
    await place.wait_for(state="detached")


async def escape(app: AppPage, decision: Decision, served: Host) -> None:
    await app.page.keyboard.press("Escape")
    await stays_or_goes(app, decision, served)


async def beside(app: AppPage, decision: Decision, served: Host) -> None:
    await app.page.mouse.click(PHONE["width"] / 2, 4)
    await stays_or_goes(app, decision, served)


async def stays_or_goes(app: AppPage, decision: Decision, served: Host) -> None:
    """What takes the whole page is not closed by it; the kit's session ending closes that."""
    if not decision.closes:
        await app.page.wait_for_timeout(300)
        assert await app.find(identifier=decision.mark).count(), "it went away"
        dismiss(served)


async def reload(app: AppPage, decision: Decision, served: Host) -> None:
    await app.reload()
    await app.find(identifier=decision.mark).wait_for(state="attached")
    dismiss(served)


def dismiss(served: Host) -> None:
    dismiss_sheets(served.pages[0])


WAYS = (escape, beside, reload)
