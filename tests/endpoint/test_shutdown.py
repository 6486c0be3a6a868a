"""A process that is told to end under load: it finishes, loses nothing, and says that it leaves."""

from __future__ import annotations

import asyncio
import signal
import time

import httpx
import pytest

from tests.patience import PATIENCE

from .devices import Device, batch
from .processes import EndpointProcess

pytestmark = pytest.mark.anyio

GRACE_SECONDS = 5.0


class _Load:
    """Devices that send one choice after the other until nobody takes it."""

    def __init__(self, url: str, devices: list[Device]) -> None:
        self._url = url
        self._devices = devices
        self.acknowledged: dict[str, set[str]] = {device.subject: set() for device in devices}
        self.statuses: set[int] = set()
        self.enough = asyncio.Event()

    async def run(self) -> None:
        await asyncio.gather(*(self._send(device) for device in self._devices))

    async def _send(self, device: Device) -> None:
        async with httpx.AsyncClient(base_url=self._url, timeout=PATIENCE) as client:
            while True:
                sent = batch([device.choose()])
                try:
                    answer = await client.post(device.events_path, json=sent, headers=device.bearer)
                except httpx.TransportError:
                    return
                self.statuses.add(answer.status_code)
                known = self.acknowledged[device.subject]
                known |= {one["event_id"] for one in answer.json()["acknowledged"]}
                if all(len(ids) >= 5 for ids in self.acknowledged.values()):
                    self.enough.set()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_what_was_acknowledged_under_load_is_there_after_a_polite_end(
    database_url: str, told: signal.Signals
) -> None:
    devices = [Device() for _ in range(12)]
    with EndpointProcess(database_url, more=("--no-rate-limits",)) as endpoint:
        load = _Load(endpoint.url, devices)
        running = asyncio.create_task(load.run())
        await asyncio.wait_for(load.enough.wait(), 60)
        started = time.monotonic()
        assert await asyncio.to_thread(endpoint.end, told) == 0
        assert time.monotonic() - started < GRACE_SECONDS
        await running
    # Finished or cut off at the door: nobody was told that it failed.
    assert load.statuses == {200}
    assert {line["level"] for line in endpoint.lines} == {"info"}
    with EndpointProcess(database_url, more=("--no-rate-limits",)) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            for device in devices:
                answer = await client.get(
                    device.events_path, params={"limit": 500}, headers=device.bearer
                )
                stored = {one["event"]["event_id"] for one in answer.json()["events"]}
                assert load.acknowledged[device.subject] <= stored


async def test_it_says_that_it_leaves_and_still_answers(sqlite_url: str, device: Device) -> None:
    with EndpointProcess(sqlite_url, more=("--leave-seconds", "600")) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            assert (await client.get("/readyz")).status_code == 200
            endpoint.tell(signal.SIGTERM)
            status = 200
            while status == 200:
                answer = await client.get("/readyz")
                status = answer.status_code
            assert status == 503
            assert "about to end" in answer.json()["detail"]
            assert (await client.get("/healthz")).status_code == 200
            sent = batch([device.choose()])
            stored = await client.post(device.events_path, json=sent, headers=device.bearer)
            assert stored.status_code == 200
        # A second signal waits no longer.
        assert await asyncio.to_thread(endpoint.end, signal.SIGTERM) == 0


async def test_a_third_signal_does_not_wait_for_anyone(sqlite_url: str, device: Device) -> None:
    with EndpointProcess(sqlite_url, more=("--grace-seconds", "600")) as endpoint:
        url = httpx.URL(endpoint.url)
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(
            f"POST {device.events_path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            f"authorization: Bearer {device.secret}\r\ncontent-length: 9\r\n\r\n{{".encode()
        )
        await writer.drain()
        await _until_answered(endpoint.url)
        assert await asyncio.to_thread(endpoint.insist, signal.SIGTERM) == 0
        writer.close()


async def _until_answered(url: str) -> None:
    """A later request was answered, so an earlier one is under way."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        assert (await client.get("/healthz")).status_code == 200
