"""A kit on a headless page, and a person at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flet as ft

from components.consent.clock import ManualClock
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.kit import ConsentKit
from components.policy import Pack
from tests.pilot import Pilot, running


@dataclass
class Visit:
    """A person at a host that has nothing on its page but the kit."""

    pilot: Pilot
    kit: ConsentKit
    permissions: SimulatedPermissions
    clock: ManualClock

    async def accept_notice(self) -> None:
        """Meet the first notice and agree."""
        showing = self.pilot.start(self.kit.start)
        await self.pilot.settle()
        await self.pilot.tap(self.pilot.by_key("first-notice.accept"))
        await showing

    async def press(self, key: str) -> None:
        await self.pilot.tap(self.pilot.by_key(key))


MakeVisit = Callable[..., Awaitable[Visit]]


@asynccontextmanager
async def visits(pack: Pack, folder: Path) -> AsyncIterator[MakeVisit]:
    """Give a function that opens a kit; what it opened is closed at the end.

    Args:
        pack: The policy, where a visit names no other.
        folder: Where the record is kept, where a visit names no other place.
    """
    async with AsyncExitStack() as stack:

        async def open_visit(
            store: Path | None = None,
            answers: dict[str, SystemStatus] | None = None,
            clock: ManualClock | None = None,
            policy: Pack | None = None,
            endpoint: str | None = None,
            **options: Any,
        ) -> Visit:
            permissions = SimulatedPermissions(answers)
            hands = clock or ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
            kits: list[ConsentKit] = []

            async def main(page: ft.Page) -> None:
                page.add(ft.Text("host"))
                kit = await ConsentKit.open(
                    page,
                    pack=policy or pack,
                    store=store or folder / "record.sqlite",
                    endpoint=endpoint,
                    permissions=permissions,
                    clock=hands,
                )
                kits.append(kit)

            pilot = await stack.enter_async_context(running(main, **options))
            stack.push_async_callback(kits[0].close)
            return Visit(pilot, kits[0], permissions, hands)

        yield open_visit
