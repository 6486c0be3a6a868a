"""However a decision goes away, nothing is granted by it: every kind of decision, every way.

Against the real ledger, headless; what only a browser can do is in ``tests/browser``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from components.consent.event import BASE_NOTICE, Cause
from components.consent.gate import purpose_target
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.policy import Pack
from tests.pilot import Pilot

from .conftest import MakeVisit, Visit
from .every_decision import DECISIONS, asked

pytestmark = pytest.mark.anyio


async def outside(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    dialog = visit.pilot.dialogs[-1]
    if dialog.get("dismissible") is False:
        # A tap beside a notice that takes the whole page does not even close it.
        with pytest.raises(AssertionError, match="does not close it"):
            await visit.pilot.dismiss_dialog(by="outside")
        await visit.pilot.dismiss_dialog(by="back")
        return
    await visit.pilot.dismiss_dialog(by="outside")


async def back(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    await visit.pilot.press_back()


async def swipe(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    # The client tells a swipe and Escape as it tells the system's back: the sheet is gone.
    await visit.pilot.dismiss_dialog(by="back")


async def route_change(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    await visit.pilot.go("/elsewhere")
    await visit.kit.close()


async def timeout(visit: Visit, asking: asyncio.Task[Any]) -> None:
    # A host that waits no longer.
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)


async def page_close(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    await visit.kit.close()


async def reload(visit: Visit, asking: asyncio.Task[Any]) -> None:
    # The session stays and the question is still open: no answer. Then it goes away.
    await visit.pilot.reconnect()
    assert not asking.done()
    await visit.pilot.press_back()


async def lost_connection(visit: Visit, _asking: asyncio.Task[Any]) -> None:
    await visit.pilot.disconnect()
    visit.kit.abandon_questions()
    await visit.pilot.reconnect()


WAYS = {
    way.__name__: way
    for way in (outside, back, swipe, route_change, timeout, page_close, reload, lost_connection)
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", DECISIONS)
async def test_going_away_grants_nothing(
    visit: MakeVisit, pack: Pack, tmp_path: Path, kind: str, way: str
) -> None:
    decision = DECISIONS[kind]
    store = tmp_path / "record.sqlite"
    it = await asked(visit, pack, decision)
    before = len(it.kit.record.events)
    asking = it.pilot.start(lambda: decision.asks(it))
    await it.pilot.settle()
    assert it.pilot.dialogs, "nothing was asked"
    await WAYS[way](it, asking)
    await asyncio.gather(asking, return_exceptions=True)
    assert it.permissions.requests == []

    # What holds is what a fresh start reads from the ledger, not what this session believes.
    again = await visit(policy=it.kit.pack, clock=it.clock, store=store)
    events = again.kit.record.events[before:]
    assert not any(event.status.permits for event in events), [str(it.target) for it in events]
    if decision.purpose is None:
        assert again.kit.record.status(BASE_NOTICE) is ConsentStatus.UNKNOWN
        assert again.kit.gate.notice_due
    else:
        assert not again.kit.permits(decision.purpose)
    if decision.deferred and way not in ("timeout", "page_close", "route_change"):
        (event,) = [it for it in events if it.target == purpose_target(decision.purpose or "")]
        assert (event.status, event.cause) == (ConsentStatus.DEFERRED, Cause.DISMISSED)


@pytest.mark.parametrize("kind", DECISIONS)
async def test_a_crash_while_it_is_open_grants_nothing(
    visit: MakeVisit, pack: Pack, tmp_path: Path, kind: str
) -> None:
    """The process ends with the question open: only what the file holds is left."""
    decision = DECISIONS[kind]
    it = await asked(visit, pack, decision)
    asking = it.pilot.start(lambda: decision.asks(it))
    await it.pilot.settle()
    assert it.pilot.dialogs
    copy = tmp_path / "after"
    copy.mkdir()
    for file in tmp_path.glob("record.sqlite*"):
        (copy / file.name).write_bytes(file.read_bytes())
    again = await visit(policy=it.kit.pack, clock=it.clock, store=copy / "record.sqlite")
    if decision.purpose is None:
        assert not again.kit.gate.notice_accepted
    else:
        assert not again.kit.permits(decision.purpose)
    await it.kit.close()
    await asyncio.gather(asking, return_exceptions=True)


async def test_closing_the_prompt_while_the_system_asks_leaves_the_systems_answer(
    visit: MakeVisit,
) -> None:
    """The yes was given here before; what the system says then is still written down."""
    it = await visit()
    await it.accept_notice()
    said: asyncio.Future[SystemStatus] = asyncio.get_running_loop().create_future()
    it.permissions._dialog = lambda _permission: said
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="go"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    assert shows_system_asks(it.pilot)
    await it.pilot.press_back()
    said.set_result(SystemStatus.NOT_GRANTED)
    assert not (await asking).granted
    assert str(it.kit.record.events[-1].target) == "permission:location"
    assert it.kit.record.events[-1].status is ConsentStatus.REFUSED


def shows_system_asks(pilot: Pilot) -> bool:
    """Whether the prompt says that the system asks, and has nothing to press."""
    words = pilot.says("系统正在询问您，以您在那里的回答为准。")
    return bool(words) and not pilot.enabled(pilot.by_key("prompt.accept"))
