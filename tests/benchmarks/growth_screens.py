"""How the app's own work for a screen grows, and what it sends: without a browser, counted.

Times are of the app's process alone, from a deed until nothing more is sent; what a client does
with it grows with what is sent.
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
from tests.policy.small_pack import FILES, PACK, write

from .figures import Figure, Size
from .growth import Grown, status_of, write_policy

_PURPOSE = """\
[[purposes]]
id = "further-{0}"
name = {{ zh_Hans = "其他用途{0}", en = "Further use {0}" }}
description = {{ zh_Hans = "用手机号。", en = "With the phone number." }}
necessity = "additional"
consent = "ordinary"
legal_basis = "dpv:Consent"
data = ["phone"]
clauses = ["collect"]
retention = {{ zh_Hans = "用完即删。", en = "Deleted after use." }}
refusing = {{ zh_Hans = "照样能用。", en = "It works all the same." }}

"""

Deed = Callable[[Pilot, ConsentKit], Awaitable[None]]
_Costs = dict[int, float]


def measure(size: Size) -> list[Figure]:
    """The policy over its clauses, the centre over the purposes, the notice over the record."""
    sizes = [10**power for power in (range(1, 5) if size is Size.FULL else range(1, 3))]
    with tempfile.TemporaryDirectory() as folder:
        grown = asyncio.run(_measure(Path(folder), sizes))
    return [it.figure() for it in grown]


async def _measure(folder: Path, sizes: Sequence[int]) -> list[Grown]:
    return [
        *await _grown(
            "opening the policy over its clauses",
            {size: write_policy(folder / f"clauses-{size}", size) for size in sizes},
            folder,
            _open_policy,
        ),
        *await _grown(
            "opening the centre over the number of purposes",
            # Each is drawn: ten thousand take the headless client longer than half a minute.
            {size: _write_purposes(folder / f"purposes-{size}", size) for size in sizes[:3]},
            folder,
            _open_centre,
        ),
        *await _notices(folder, sizes),
    ]


def _write_purposes(folder: Path, number: int) -> Path:
    """A pack with so many purposes more, each of which a person decides about."""
    added = "".join(_PURPOSE.format(it) for it in range(number))
    declared = PACK.replace("[[permissions]]", f"{added}[[permissions]]", 1)
    return write(folder, {**FILES, "pack.toml": declared})


async def _grown(
    what: str, packs: dict[int, Path], folder: Path, deed: Deed
) -> tuple[Grown, Grown]:
    took, sent = _Costs(), _Costs()
    for size, written in packs.items():
        pack = load_pack(written)
        store = folder / f"{written.name}.sqlite"
        async with _host(pack, store) as (pilot, kit):
            showing = pilot.start(kit.start)
            await pilot.settle()
            await pilot.tap(pilot.by_key("first-notice.accept"))
            await showing
            took[size], sent[size] = await _costs(pilot, lambda: deed(pilot, kit))
    return Grown(what, took), Grown(what, sent, "bytes")


async def _notices(folder: Path, sizes: Sequence[int]) -> tuple[Grown, Grown]:
    """Opening the kit until its first notice is sent, with a record of so many other choices."""
    pack = load_pack(_write_purposes(folder / "pack", 1))
    store = folder / "record.sqlite"
    took, sent, length = _Costs(), _Costs(), 0
    for size in sizes:
        record = Record(Ledger(store))
        for number in range(length, size):
            record.append(draft(status_of(number), NEARBY))
        record.ledger.close()
        length = size
        async with _host(pack, store) as (pilot, kit):
            took[size], sent[size] = await _costs(pilot, lambda: _start(pilot, kit))
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


async def _costs(pilot: Pilot, deed: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Seconds of the processor, and bytes."""
    with pilot.traffic() as traffic:
        begun = time.process_time()
        await deed()
        took = time.process_time() - begun
    return took, traffic.size


async def _open_policy(pilot: Pilot, kit: ConsentKit) -> None:
    pilot.start(kit.open_policy)
    await pilot.settle()


async def _open_centre(pilot: Pilot, kit: ConsentKit) -> None:
    pilot.start(kit.open_centre)
    await pilot.settle()


async def _start(pilot: Pilot, kit: ConsentKit) -> None:
    pilot.start(kit.start)
    await pilot.settle()
