"""A host with nothing on its page but a button, before which any decision is put, and left.

What leaves a decision here is what only a browser can do; the ledger is the real one.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

import flet as ft
from playwright.async_api import Locator

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Cause
from components.consent.gate import purpose_target
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.consent.status import ConsentStatus
from components.kit import ConsentKit
from components.policy import Pack
from tests.ui.every_decision import DECISIONS, Decision, asked
from tests.ui.visits import Visit, visits

from .harness import PHONE, AppPage
from .layout import layout
from .settled import PATIENCE_SECONDS, wait_until

TAKES_THE_PAGE = frozenset({"first-notice", "guardian-notice", "update"})
"""The kinds of decision that neither Escape nor a press beside them closes."""


@dataclass
class Host:
    """The app: a button that counts, and one kit after the other."""

    pages: list[ft.Page] = field(default_factory=list)
    presses: int = 0
    kit: ConsentKit | None = None

    def main(self, page: ft.Page) -> None:
        """The Flet app."""
        # Before anything is drawn: whoever sees the button may ask at once.
        self.pages.append(page)
        page.on_close = self._ended
        page.title = "Host"
        page.add(ft.FilledButton("host", on_click=self._pressed))

    def _pressed(self) -> None:
        self.presses += 1

    async def _ended(self) -> None:
        if self.kit is not None:
            await self.kit.close()

    def start(self, work: Callable[[], Awaitable[Any]]) -> asyncio.Future[Any]:
        """Run something as a handler of the page would."""

        async def run() -> Any:
            return await work()

        return asyncio.wrap_future(self.pages[0].run_task(run))


@dataclass(frozen=True)
class Before:
    """Somebody before whom a decision can be put: their record, and what it was made with."""

    decision: Decision
    visit: Visit
    store: Path
    pack: Pack
    clock: ManualClock
    events: int


async def before(decision: Decision, pack: Pack, folder: Path) -> Before:
    """Make a record, headless, with all that comes before a decision."""
    async with visits(pack, folder) as visit:
        it = await asked(visit, pack, decision)
        return Before(
            decision,
            it,
            folder / "record.sqlite",
            it.kit.pack,
            it.clock,
            len(it.kit.record.events),
        )


class Left(Enum):
    """How a decision was left: ``OPEN``, still on the screen or on a screen that is gone;
    ``CLOSED``, by the person; ``ENDED``, with the session, which may write that down or not."""

    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


@dataclass
class Putting:
    """A decision that is before the person now."""

    app: AppPage
    host: Host
    before: Before
    kit: ConsentKit
    permissions: SimulatedPermissions
    store: Path
    asking: asyncio.Future[Any]

    @property
    def accept(self) -> Locator:
        """The choice to agree, whatever the kind of decision."""
        return self.app.page.locator('[flt-semantics-identifier$=".accept"]').first

    async def stands(self) -> None:
        """Wait until it is on the screen."""
        await self.accept.wait_for(state="attached")

    async def goes(self) -> None:
        """Wait until it is gone, and the kit has taken note."""
        await self.accept.wait_for(state="detached")
        await asyncio.wait_for(asyncio.shield(self.asking), PATIENCE_SECONDS)

    async def stays(self) -> None:
        """It is still on the screen after all frames have been drawn, and nobody has an answer."""
        await layout(self.app.page)
        assert await self.accept.count(), "it went away"
        assert not self.asking.done(), "it was taken for an answer"

    async def refuse(self) -> None:
        """Press the choice not to: what is still there still works."""
        refuse = self.app.page.locator('[flt-semantics-identifier$=".refuse"] [role=button]').first
        await refuse.dispatch_event("click")
        await self.goes()

    async def host_works(self) -> None:
        """The host's own button takes a press."""
        presses = self.host.presses
        await self.app.click("host")

        async def pressed() -> bool:
            return self.host.presses > presses

        await wait_until(pressed, "the host's button to answer")


async def put(app: AppPage, host: Host, ready: Before, store: Path) -> Putting:
    """Put a decision before the person, on a record of its own."""
    _copy(ready.store, store)
    permissions = SimulatedPermissions(dict.fromkeys(ready.pack.permissions, SystemStatus.GRANTED))

    async def open_kit() -> ConsentKit:
        return await ConsentKit.open(
            host.pages[0],
            pack=ready.pack,
            store=store,
            permissions=permissions,
            clock=ready.clock,
        )

    host.kit = kit = await host.start(open_kit)
    # What is asked takes nothing of a visit but its kit.
    visit = replace(ready.visit, kit=kit)
    asking = host.start(lambda: ready.decision.asks(visit))
    putting = Putting(app, host, ready, kit, permissions, store, asking)
    await putting.stands()
    return putting


async def assert_nothing_granted(putting: Putting, left: Left) -> None:
    """What a fresh start reads from the disk has no grant: it is put off, or open as before."""
    ready, decision = putting.before, putting.before.decision
    assert putting.permissions.requests == [], "the system was asked"
    copy = putting.store.with_suffix(".copy")
    _copy(putting.store, copy)
    async with visits(ready.pack, copy.parent) as visit:
        again = await visit(
            policy=ready.pack,
            clock=ready.clock,
            store=copy,
            answers=dict.fromkeys(ready.pack.permissions, SystemStatus.GRANTED),
        )
        events = again.kit.record.events[ready.events :]
        assert not any(it.status.permits for it in events), [str(it.target) for it in events]
        if decision.purpose is None:
            assert again.kit.record.status(BASE_NOTICE) is ConsentStatus.UNKNOWN
            assert again.kit.gate.notice_due
        else:
            assert not again.kit.permits(decision.purpose)
        target = None if decision.purpose is None else purpose_target(decision.purpose)
        about = [it for it in events if it.target == target]
        if about or (decision.deferred and left is Left.CLOSED):
            assert left is not Left.OPEN, "written down while it was open"
            assert [(it.status, it.cause) for it in about] == [
                (ConsentStatus.DEFERRED, Cause.DISMISSED)
            ]
            return
        # Nothing was written about it, so it is still to be decided: it can be put again. What the
        # app asked by itself counts as asked, so that it is the person who calls for it now.
        by_itself = decision is DECISIONS["by-the-app"]
        asks = DECISIONS["purpose"].asks if by_itself else decision.asks
        asking = again.pilot.start(lambda: asks(again))
        await again.pilot.settle()
        assert again.pilot.dialogs, "it cannot be put again"
        await again.kit.close()
        await asyncio.gather(asking, return_exceptions=True)


def _copy(store: Path, to: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file = store.with_name(store.name + ending)
        if file.exists():
            shutil.copyfile(file, to.with_name(to.name + ending))


# --- ways to leave it that the browser has


async def escape(putting: Putting) -> None:
    """The key for it."""
    await putting.app.page.keyboard.press("Escape")


async def beside(putting: Putting) -> None:
    """A press where the host's page is to be seen: a sheet has round corners, however high."""
    await putting.app.page.mouse.click(2, 2)


async def swipe(putting: Putting) -> None:
    """A long stroke downwards, from the upper part of the sheet. No sheet of the kit gives way."""
    box = await putting.accept.bounding_box()
    assert box is not None
    mouse, across = putting.app.page.mouse, PHONE["width"] / 2
    await mouse.move(across, box["y"] - 40)
    await mouse.down()
    await mouse.move(across, PHONE["height"] - 2, steps=12)
    await mouse.up()


async def back(putting: Putting) -> None:
    """The browser's back, to where the app was before by its address."""
    page = putting.host.pages[0]
    await putting.app.page.go_back()

    async def is_back() -> bool:
        return page.route == "/"

    await wait_until(is_back, "the route before")


async def reload(putting: Putting) -> None:
    """The browser's reload: the session goes on, and the question stands as it stood."""
    await putting.app.page.reload()
    await putting.stands()


WAYS = (escape, beside, swipe, back, reload)
CLOSING = (escape, beside)
"""Those that close what does not take the whole page."""


async def leave_in_every_way(
    kind: str, decision: Decision, app: AppPage, host: Host, pack: Pack, folder: Path
) -> None:
    """Put a decision before the person again and again, and leave it in every way.

    The last way is to close the tab, so the page is gone afterwards.
    """
    ready = await before(decision, pack, folder)
    for way in WAYS:
        if way is back:
            await host.start(lambda: host.pages[0].push_route("/asking"))
        putting = await put(app, host, ready, folder / f"{way.__name__}.sqlite")
        try:
            await way(putting)
            if way in CLOSING and kind not in TAKES_THE_PAGE:
                await putting.goes()
                await assert_nothing_granted(putting, Left.CLOSED)
            else:
                await putting.stays()
                await assert_nothing_granted(putting, Left.OPEN)
                await putting.refuse()
            await putting.host_works()
        except Exception as error:
            error.add_note(f"{kind}, {way.__name__}: {await app.said()}")
            raise
        await putting.kit.close()

    putting = await put(app, host, ready, folder / "tab.sqlite")
    await app.page.close()
    await assert_nothing_granted(putting, Left.OPEN)
    # Some time later the server gives the session up.
    host.pages[0].session.close()
    await asyncio.wait_for(asyncio.gather(putting.asking, return_exceptions=True), PATIENCE_SECONDS)
    await assert_nothing_granted(putting, Left.ENDED)
