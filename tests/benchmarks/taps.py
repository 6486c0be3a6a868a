"""What a person presses in our own screens, counted by pressing on the headless client."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import flet as ft

from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.consent.status import ConsentStatus
from components.kit import ConsentKit
from components.places import data_folder
from tests.consent.making import NEARBY
from tests.pilot import Pilot, running


@dataclass(frozen=True)
class Taps:
    """How many it takes.

    Attributes:
        accept: From the notice to an answer that is recorded.
        refuse: The same, refusing.
        withdraw: From the host's own entry to the centre to a withdrawal that is recorded.
    """

    accept: int
    refuse: int
    withdraw: int


async def our_taps() -> Taps:
    """Accept, refuse and withdraw in a host that has one entry to the consent centre."""
    accept = await _after_notice("first-notice.accept", True)
    refuse = await _after_notice("first-notice.refuse", False)
    return Taps(accept, refuse, await _withdrawing())


async def _after_notice(answer: str, agreed: bool) -> int:
    async with _host() as (pilot, kit):
        taps = _Counting(pilot)
        showing = pilot.start(kit.start)
        await pilot.settle()
        await taps.tap(answer)
        await showing
        assert kit.gate.notice_accepted is agreed
        return taps.number


async def _withdrawing() -> int:
    async with _host() as (pilot, kit):
        showing = pilot.start(kit.start)
        await pilot.settle()
        await pilot.tap(pilot.by_key("first-notice.accept"))
        await showing
        asking = pilot.start(lambda: kit.ask("location", gesture="city.locate"))
        await pilot.settle()
        await pilot.tap(pilot.by_key("prompt.accept"))
        await asking
        assert kit.status(NEARBY.id) is ConsentStatus.GIVEN
        taps = _Counting(pilot)
        await taps.tap("host.settings")
        await taps.tap(f"withdraw.{NEARBY.id}")
        assert kit.status(NEARBY.id) is ConsentStatus.WITHDRAWN
        return taps.number


class _Counting:
    """Taps, and counts."""

    def __init__(self, pilot: Pilot) -> None:
        self._pilot = pilot
        self.number = 0

    async def tap(self, key: str) -> None:
        await self._pilot.tap(self._pilot.by_key(key))
        await self._pilot.settle()
        self.number += 1


@asynccontextmanager
async def _host() -> AsyncIterator[tuple[Pilot, ConsentKit]]:
    """A host with a record of its own, whose system has granted the location."""
    with tempfile.TemporaryDirectory() as folder:
        kits: list[ConsentKit] = []

        async def main(page: ft.Page) -> None:
            kit = await ConsentKit.open(
                page,
                pack=data_folder("policy_content") / "epiao",
                store=Path(folder) / "record.sqlite",
                permissions=SimulatedPermissions({"location": SystemStatus.GRANTED}),
            )
            kits.append(kit)
            page.add(ft.Button("Settings", key="host.settings", on_click=kit.open_centre))

        async with running(main) as pilot:
            await pilot.settle()
            yield pilot, kits[0]
            await kits[0].close()
