"""How the app's own work for a screen grows, and what it sends: without a browser, counted.

Times are of the processor, from a deed until nothing more is sent; the headless client, which runs
in the same process, is in them.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import flet as ft

from components.consent.ledger import Ledger
from components.consent.record import Record
from components.kit import ConsentKit
from components.policy import Pack, load_pack
from tests.consent.making import NEARBY, draft
from tests.pilot import Pilot, running
from tests.policy.small_pack import FILES, with_purposes, write

from .figures import Figure, Size
from .growth import Grown, status_of, write_policy

Deed = Callable[[ConsentKit], Callable[[], Awaitable[object]]]
"""What is called of a kit."""

_Costs = dict[int, float]


def measure(size: Size) -> list[Figure]:
    """The policy over its clauses, the centre over the purposes, the notice over the record."""
    sizes = [10**power for power in (range(1, 5) if size is Size.FULL else range(1, 3))]
    with tempfile.TemporaryDirectory() as folder:
        grown = asyncio.run(_measure(Path(folder), sizes))
    return [it.figure() for it in grown]


async def _measure(folder: Path, sizes: Sequence[int]) -> list[Grown]:
    # Each purpose is drawn: ten thousand take the headless client longer than half a minute.
    purposes = {size: _purposes(folder / f"purposes-{size}", size) for size in sizes[:3]}
    return [
        *await _grown(
            "opening the policy over its clauses",
            {size: write_policy(folder / f"clauses-{size}", size) for size in sizes},
            folder,
            lambda kit: kit.open_policy,
        ),
        *await _grown(
            "opening the centre over the number of purposes",
            purposes,
            folder,
            lambda kit: kit.open_centre,
        ),
        *await _withdrawals(purposes, folder),
        *await _notices(folder, sizes),
    ]


def _purposes(folder: Path, number: int) -> Path:
    return write(folder, {**FILES, "pack.toml": with_purposes(number)})


async def _grown(
    what: str, packs: dict[int, Path], folder: Path, deed: Deed
) -> tuple[Grown, Grown]:
    took, sent = _Costs(), _Costs()
    for size, written in packs.items():
        pack = load_pack(written)
        store = folder / f"{written.name}.sqlite"
        async with _host(pack, store) as (pilot, kit):
            await _agree(pilot, kit)
            took[size], sent[size] = await _costs(pilot, _open(pilot, deed(kit)))
    return Grown(what, took), Grown(what, sent, "bytes")


async def _withdrawals(packs: dict[int, Path], folder: Path) -> tuple[Grown, Grown]:
    """Withdrawing one consent in the centre, which then says so in that row."""
    took, sent = _Costs(), _Costs()
    for size, written in packs.items():
        pack = load_pack(written)
        async with _host(pack, folder / f"{written.name}-withdrawn.sqlite") as (pilot, kit):
            await _agree(pilot, kit)
            await _open(pilot, kit.open_centre)
            await pilot.tap(pilot.by_key("give.further-0"))
            await pilot.tap(pilot.by_key("purpose.accept"))
            withdrawing = pilot.tap(pilot.by_key("withdraw.further-0"))
            took[size], sent[size] = await _costs(pilot, withdrawing)
            assert pilot.has_key("give.further-0")
    what = "withdrawing in the centre over the number of purposes"
    return Grown(what, took), Grown(what, sent, "bytes")


async def _notices(folder: Path, sizes: Sequence[int]) -> tuple[Grown, Grown]:
    """Showing the first notice where the record holds so many choices about something else."""
    pack = load_pack(write(folder / "pack"))
    store = folder / "record.sqlite"
    took, sent, length = _Costs(), _Costs(), 0
    for size in sizes:
        record = Record(Ledger(store))
        for number in range(length, size):
            record.append(draft(status_of(number), NEARBY))
        record.ledger.close()
        length = size
        async with _host(pack, store) as (pilot, kit):
            took[size], sent[size] = await _costs(pilot, _open(pilot, kit.start))
            assert pilot.has_key("first-notice.accept")
    what = "the first notice over the length of the record"
    return Grown(what, took), Grown(what, sent, "bytes")


@asynccontextmanager
async def _host(pack: Pack, store: Path) -> AsyncIterator[tuple[Pilot, ConsentKit]]:
    kits: list[ConsentKit] = []

    async def main(page: ft.Page) -> None:
        page.add(ft.Text("host"))
        kits.append(await ConsentKit.open(page, pack=pack, store=store))

    async with running(main) as pilot:
        await pilot.settle()
        [kit] = kits
        yield pilot, kit
        await kit.close()


async def _agree(pilot: Pilot, kit: ConsentKit) -> None:
    """Agree to the first notice."""
    showing = pilot.start(kit.start)
    await pilot.settle()
    await pilot.tap(pilot.by_key("first-notice.accept"))
    await showing


async def _open(pilot: Pilot, screen: Callable[[], Awaitable[object]]) -> None:
    """Call what ends only when the screen is closed, until nothing more is sent."""
    pilot.start(screen)
    await pilot.settle()


async def _costs(pilot: Pilot, deed: Awaitable[object]) -> tuple[float, float]:
    """Seconds of the processor, and bytes."""
    with pilot.traffic() as traffic:
        begun = time.process_time()
        await deed
        took = time.process_time() - begun
    return took, traffic.size
