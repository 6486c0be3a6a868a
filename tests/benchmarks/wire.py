"""Bytes that the app sends for what a person does: frames as production encodes them, counted.

The shadow client of the tests takes them; a count is the same on every machine. Beside it stands
what those frames are once a web server has deflated them, as it does where a browser asks for it.
"""

from __future__ import annotations

import asyncio
import tempfile
import zlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import flet as ft
import msgpack

from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.kit import ConsentKit
from components.places import data_folder
from tests.pilot import Pilot, running
from tests.pilot.connection import Frame

from .figures import Figure, Size

Deed = Callable[[Pilot, ConsentKit], Awaitable[None]]


def measure(size: Size) -> list[Figure]:
    """Opening the reader, a prompt, agreeing and withdrawing in the centre."""
    return asyncio.run(_measure())


async def _measure() -> list[Figure]:
    deeds: list[tuple[str, int, Deed, Deed]] = [
        ("opening the policy", 12_000, _nothing, _open_policy),
        ("a prompt for the location", 3_000, _nothing, _prompt),
        ("withdrawing in the centre", 300, _open_centre, _withdraw),
    ]
    figures = []
    for name, limit, before, deed in deeds:
        sent, deflated = await _bytes(before, deed)
        figures.append(
            Figure(
                f"on the wire: {name}",
                sent,
                "bytes",
                at_most=limit,
                behind={"deflated, bytes": deflated},
            )
        )
    return figures


async def _bytes(before: Deed, deed: Deed) -> tuple[int, int]:
    """What one deed sends, after the first notice was agreed to and what comes before was done."""
    with tempfile.TemporaryDirectory() as folder:
        kits: list[ConsentKit] = []

        async def main(page: ft.Page) -> None:
            page.add(ft.Text("host"))
            kits.append(
                await ConsentKit.open(
                    page,
                    pack=data_folder("policy_content") / "epiao",
                    store=Path(folder) / "record.sqlite",
                    permissions=SimulatedPermissions({"location": SystemStatus.GRANTED}),
                )
            )

        async with running(main) as pilot:
            await pilot.settle()
            [kit] = kits
            showing = pilot.start(kit.start)
            await pilot.settle()
            await pilot.tap(pilot.by_key("first-notice.accept"))
            await showing
            await before(pilot, kit)
            with pilot.traffic() as traffic:
                await deed(pilot, kit)
            await kit.close()
            at = next(at for at, it in enumerate(pilot.frames) if it is traffic.frames[0])
            return traffic.size, _deflated(pilot.frames, at, at + len(traffic.frames))


def _deflated(frames: Sequence[Frame], first: int, behind: int) -> int:
    """What some frames take as a server deflates them that keeps what it has sent before.

    Window and memory are those of uvicorn, which serves the app.
    """
    deflate = zlib.compressobj(wbits=-12, memLevel=5)
    sizes = []
    for frame in frames[:behind]:
        packed = msgpack.packb([frame.action.value, frame.body], default=str)
        # The end of a block is the same each time, and is left out.
        sizes.append(len(deflate.compress(packed) + deflate.flush(zlib.Z_SYNC_FLUSH)) - 4)
    return sum(sizes[first:])


async def _nothing(pilot: Pilot, kit: ConsentKit) -> None:
    """The host's page is open."""


async def _open_policy(pilot: Pilot, kit: ConsentKit) -> None:
    pilot.start(kit.open_policy)
    await pilot.settle()


async def _prompt(pilot: Pilot, kit: ConsentKit) -> None:
    pilot.start(lambda: kit.ask("location", gesture="city.locate"))
    await pilot.settle()
    assert pilot.has_key("prompt.accept")


async def _open_centre(pilot: Pilot, kit: ConsentKit) -> None:
    asking = pilot.start(lambda: kit.ask("location", gesture="city.locate"))
    await pilot.settle()
    await pilot.tap(pilot.by_key("prompt.accept"))
    await asking
    pilot.start(kit.open_centre)
    await pilot.settle()


async def _withdraw(pilot: Pilot, kit: ConsentKit) -> None:
    await pilot.tap(pilot.by_key("withdraw.nearby-cinema"))
