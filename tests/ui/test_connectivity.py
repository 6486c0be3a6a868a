"""What a device says about its network reaches those who send."""

from __future__ import annotations

import asyncio
from typing import Any

import flet as ft
import pytest

from components.surface.connectivity import FletConnectivity
from components.sync import Network
from tests.pilot import Device, running

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("kinds", "network"),
    [
        (["wifi"], Network.ONLINE),
        (["mobile", "vpn"], Network.ONLINE),
        (["none"], Network.OFFLINE),
        ([], Network.UNKNOWN),
    ],
)
async def test_what_a_device_says(kinds: list[str], network: Network) -> None:
    device = Device(connectivity=kinds)
    async with running(lambda page: page.add(ft.Text("host")), device=device) as pilot:
        port = FletConnectivity()
        assert port.network is Network.UNKNOWN
        await pilot.call(port.start)
        assert port.network is network


async def test_changes_are_told() -> None:
    device = Device(connectivity=["wifi"])
    async with running(lambda page: page.add(ft.Text("host")), device=device) as pilot:
        port = FletConnectivity()
        seen: list[Network] = []
        end = port.subscribe(seen.append)
        await pilot.call(port.start)
        await pilot.call(port.start)
        [service] = {path[-1] for path in pilot.tree.paths() if path[-1].type == "Connectivity"}
        for kinds in (["none"], ["none"], ["mobile"]):
            data: dict[str, Any] = {"connectivity": kinds}
            await pilot.session.dispatch_event(service.id, "change", data)
        end()
        await pilot.session.dispatch_event(service.id, "change", {"connectivity": ["none"]})
        assert seen == [Network.ONLINE, Network.OFFLINE, Network.ONLINE]
        assert port.network is Network.OFFLINE


async def test_a_platform_that_cannot_tell(caplog: pytest.LogCaptureFixture) -> None:
    def fails(_arguments: dict[str, Any]) -> object:
        raise RuntimeError("no such service")

    methods: dict[str, Any] = {"Connectivity.get_connectivity": fails}
    async with running(lambda page: page.add(ft.Text("host")), methods=methods) as pilot:
        port = FletConnectivity()
        await pilot.call(port.start)
        assert port.network is Network.UNKNOWN
        pilot.take_problems()
    assert "cannot tell about its network" in caplog.text


async def test_a_window_that_closes_meanwhile_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = asyncio.Event()

    async def never(_arguments: dict[str, Any]) -> None:
        asked.set()
        await asyncio.Event().wait()

    methods: dict[str, Any] = {"Connectivity.get_connectivity": never}
    async with running(lambda page: page.add(ft.Text("host")), methods=methods) as pilot:
        port = FletConnectivity()
        starting = pilot.start(port.start)
        await asked.wait()
        pilot.session.close()
        await starting
        assert port.network is Network.UNKNOWN
    assert caplog.text == ""
