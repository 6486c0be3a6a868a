"""A process with a question open, to be killed: ``killed STORE QUESTION``.

It tells one line once the question is before the person, and then waits for an answer that nobody
gives.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import flet as ft

from components.consent.event import IndicatedBy
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.kit import ConsentKit
from components.places import data_folder
from components.policy import Pack, load_pack
from tests.pilot import Pilot, running

CHILD = date(2015, 6, 1)


def newer(pack: Pack) -> Pack:
    """The same policy with its next version in effect."""
    old, example = pack.versions
    newest = replace(example, example=False)
    return replace(pack, versions=(old, newest)).at(newest.id)


async def ask(pilot: Pilot, kit: ConsentKit, question: str) -> None:
    """Put the question before the person, and leave it there."""
    if question not in ("notice", "guardian", "update"):
        await accept_notice(pilot, kit)
    match question:
        case "notice" | "update":
            pilot.start(kit.start)
        case "guardian":
            kit.declare_birth_date(CHILD)
            pilot.start(lambda: kit.show_first_notice(indicated_by=IndicatedBy.GUARDIAN))
        case "prompt":
            pilot.start(lambda: kit.ask("location", gesture="go"))
        case "separate":
            pilot.start(lambda: kit.ask_for("push-region", gesture="go"))
        case _:
            pilot.start(lambda: kit.ask_for("usage-analytics", gesture="go"))
    await pilot.settle()


async def accept_notice(pilot: Pilot, kit: ConsentKit) -> None:
    showing = pilot.start(kit.start)
    await pilot.settle()
    if not showing.done():
        await pilot.tap(pilot.by_key("first-notice.accept"))
    await showing


async def main(store: Path, question: str) -> None:
    """Open the kit on a page, ask, say so, and wait."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    kits: list[ConsentKit] = []

    async def app(page: ft.Page) -> None:
        page.add(ft.Text("host"))
        kits.append(
            await ConsentKit.open(
                page,
                pack=newer(pack) if question == "update" else pack,
                store=store,
                endpoint=None,
                permissions=SimulatedPermissions({"location": SystemStatus.GRANTED}),
            )
        )

    async with running(app) as pilot:
        await ask(pilot, kits[0], question)
        assert pilot.dialogs, "nothing was asked"
        print(len(kits[0].record.events), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
