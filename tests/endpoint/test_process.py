"""The endpoint alone: started by its command, killed in the middle of its work."""

from __future__ import annotations

import asyncio
import random
import socket
import subprocess
import sys

import httpx
import pytest

from tests.patience import PATIENCE

from .devices import Device, batch
from .processes import ROOT, EndpointProcess

pytestmark = pytest.mark.anyio


async def _stream(
    client: httpx.AsyncClient, url: str, device: Device, acknowledged: set[str]
) -> None:
    """Send batch after batch until nobody answers."""
    while True:
        events = [device.choose() for _ in range(random.randint(1, 20))]  # noqa: S311
        try:
            answer = await client.post(
                url + device.events_path, json=batch(events), headers=device.bearer
            )
        except httpx.TransportError:
            return
        assert answer.status_code == 200
        acknowledged |= {one["event_id"] for one in answer.json()["acknowledged"]}


async def test_what_was_acknowledged_survives_every_kill(database_url: str) -> None:
    devices = [Device() for _ in range(4)]
    acknowledged: dict[str, set[str]] = {device.subject: set() for device in devices}
    port = 0
    for run in range(1, 4):
        with EndpointProcess(database_url, port) as endpoint:
            port = httpx.URL(endpoint.url).port or 0
            async with httpx.AsyncClient(timeout=PATIENCE) as client:
                streams = [
                    asyncio.create_task(
                        _stream(client, endpoint.url, device, acknowledged[device.subject])
                    )
                    for device in devices
                ]
                # So many from every device, however long that takes; then at any moment.
                async with asyncio.timeout(PATIENCE):
                    while min(map(len, acknowledged.values())) < 20 * run:  # noqa: ASYNC110 - nobody tells
                        await asyncio.sleep(0.01)
                await asyncio.sleep(random.uniform(0, 0.3))  # noqa: S311 - any moment will do
                endpoint.kill()
                await asyncio.gather(*streams)
    with EndpointProcess(database_url, port) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            for device in devices:
                stored = await _stored_ids(client, device)
                made = [event.event_id for event in device.made]
                assert acknowledged[device.subject] <= set(stored)
                assert set(stored) <= set(made)
                # Sent once more, whole: nothing doubles, nothing is refused.
                for start in range(0, len(device.made), 500):
                    again = await client.post(
                        device.events_path,
                        json=batch(device.made[start : start + 500]),
                        headers=device.bearer,
                    )
                    assert again.status_code == 200
                assert await _stored_ids(client, device) == made


async def _stored_ids(client: httpx.AsyncClient, device: Device) -> list[str]:
    found: list[str] = []
    after: int | None = 0
    while after is not None:
        answer = await client.get(
            device.events_path, params={"after": after, "limit": 500}, headers=device.bearer
        )
        found += [one["event"]["event_id"] for one in answer.json()["events"]]
        after = answer.json()["next_after"]
    return found


async def test_a_polite_end_finishes_first(database_url: str, device: Device) -> None:
    with EndpointProcess(database_url) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            answer = await client.post(
                device.events_path, json=batch([device.choose()]), headers=device.bearer
            )
        assert answer.status_code == 200
        assert endpoint.terminate() == 0
    with EndpointProcess(database_url) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            assert len(await _stored_ids(client, device)) == 1


def test_the_command_says_what_it_cannot_do(database_url: str) -> None:
    command = [sys.executable, "-m", "components.endpoint", "--database", "sqlite://"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "in memory" in ended.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*command[:-1], database_url, "--port", port],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert "in use" in ended.stderr


LARGER_COMMAND = """
import argparse, sys
from components.endpoint.__main__ import add_arguments, run
parser = argparse.ArgumentParser()
endpoint = parser.add_subparsers().add_parser("endpoint")
add_arguments(endpoint)
endpoint.set_defaults(run=run)
arguments = parser.parse_args()
sys.exit(arguments.run(arguments))
"""


def test_a_larger_command_can_mount_it() -> None:
    command = [sys.executable, "-c", LARGER_COMMAND, "endpoint", "--database", "sqlite://"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "in memory" in ended.stderr
