"""The reference pack, loaded once, and a kit on a headless page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.consent.clock import ManualClock
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.kit import ConsentKit
from components.places import data_folder
from components.policy import Pack, load_pack
from tests.pilot import Pilot, running


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


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


@pytest.fixture
async def visit(pack: Pack, tmp_path: Path) -> AsyncIterator[MakeVisit]:
    """Open a kit: `visit(store=..., answers={"location": SystemStatus.GRANTED})`."""
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
                    store=store or tmp_path / "record.sqlite",
                    endpoint=endpoint,
                    permissions=permissions,
                    clock=hands,
                )
                kits.append(kit)

            pilot = await stack.enter_async_context(running(main, **options))
            stack.push_async_callback(kits[0].close)
            return Visit(pilot, kits[0], permissions, hands)

        yield open_visit
