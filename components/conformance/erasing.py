"""Erased is erased: nothing comes back, and nobody else's record is touched."""

from __future__ import annotations

from .checking import NotOffered, Rule, expect
from .device import Device
from .expecting import acknowledged, expect_problem, expect_status, expect_stored
from .probe import Probe, body


async def _erased(probe: Probe) -> tuple[Device, dict[str, object]]:
    device = Device()
    events = device.choose_many(3)
    acknowledged(await probe.send(device, events), events)
    response = await probe.call("DELETE", device.path, headers=device.headers)
    if response.status_code in (404, 405):
        raise NotOffered("the endpoint erases no record")
    expect_status(response, 200)
    return device, body(response)


async def _gone(probe: Probe) -> None:
    device, told = await _erased(probe)
    expect(told.get("events") == 3, "the answer does not tell how many events were erased")
    for response in (await probe.read(device), await probe.state(device)):
        expect_problem(response, 410)
        expect(all(event.hash not in response.text for event in device.made), "an event is left")


async def _again(probe: Probe) -> None:
    device, told = await _erased(probe)
    again = await probe.call("DELETE", device.path, headers=device.headers)
    expect_status(again, 200)
    expect(body(again) == told, "erasing again is answered differently")


async def _stays_gone(probe: Probe) -> None:
    device, _ = await _erased(probe)
    expect_problem(await probe.send(device, device.made), 410)
    expect_problem(await probe.send(device, [device.choose()]), 410)
    expect_problem(await probe.read(device), 410)


async def _only_this(probe: Probe) -> None:
    neighbour = Device()
    events = neighbour.choose_many(2)
    acknowledged(await probe.send(neighbour, events), events)
    await _erased(probe)
    await expect_stored(probe, neighbour, events)


RULES = (
    Rule("erase-gone", "After erasure nothing can be read.", _gone),
    Rule("erase-again", "Erasing again is answered the same.", _again),
    Rule("erase-stays-gone", "What is sent afterwards is refused.", _stays_gone),
    Rule("erase-only-this", "Another's record is as it was.", _only_this),
)
