"""The endpoint inside a program: stopped, started, and out of the host's way."""

from __future__ import annotations

import asyncio
import signal
import socket

import httpx
import pytest

from components.endpoint import EmbeddedEndpoint, run_embedded
from components.endpoint.database import UnsuitableDatabase
from components.endpoint.server import bind, url_of
from tests.patience import PATIENCE

from .devices import Device, batch

pytestmark = pytest.mark.anyio


async def test_it_comes_back_where_it_was_with_what_it_had(
    database_url: str, device: Device
) -> None:
    endpoint = run_embedded(database_url)
    assert not endpoint.running
    with pytest.raises(RuntimeError, match="never started"):
        _ = endpoint.url
    await endpoint.stop()
    await endpoint.start()
    await endpoint.start()
    url = endpoint.url
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        sent = batch([device.choose()])
        first = await client.post(device.events_path, json=sent, headers=device.bearer)
        # The client keeps its connection open: stopping must not wait for it.
        async with asyncio.timeout(3):
            await endpoint.stop()
        assert not endpoint.running
        with pytest.raises(httpx.ConnectError):
            await client.get("/healthz")
        await endpoint.start()
        assert endpoint.url == url
        second = await client.post(device.events_path, json=sent, headers=device.bearer)
    await endpoint.stop()
    [stored], [replayed] = first.json()["acknowledged"], second.json()["acknowledged"]
    assert replayed == {**stored, "outcome": "replayed"}


async def test_a_request_under_way_is_finished_before_the_end(
    endpoint: EmbeddedEndpoint, device: Device
) -> None:
    async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
        requests = [
            asyncio.create_task(
                client.post(device.events_path, json=batch([event]), headers=device.bearer)
            )
            for event in device.choose_many(5)
        ]
        await asyncio.sleep(0.05)
        await endpoint.stop()
        answers = await asyncio.gather(*requests, return_exceptions=True)
    finished = [one for one in answers if isinstance(one, httpx.Response)]
    assert finished
    assert {answer.status_code for answer in finished} == {200}


async def test_signals_stay_the_hosts(database_url: str) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    async with run_embedded(database_url):
        during = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    assert during == before


async def test_a_taken_port_is_an_error_and_leaves_nothing_running(database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        endpoint = EmbeddedEndpoint(database_url, port=taken.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            await endpoint.start()
    assert not endpoint.running
    await endpoint.start()
    await endpoint.stop()


async def test_an_unsuitable_database_gives_the_port_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    endpoint = EmbeddedEndpoint("sqlite://", port=port)
    with pytest.raises(UnsuitableDatabase):
        await endpoint.start()
    bind("127.0.0.1", port).close()


def test_the_url_of_a_socket_is_one() -> None:
    with bind("127.0.0.1", 0) as bound:
        assert url_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"
    with bind("::1", 0) as bound:
        assert url_of(bound) == f"http://[::1]:{bound.getsockname()[1]}"
