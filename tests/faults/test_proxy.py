"""Each fault of the proxy does what it says: seen from the client, and from the endpoint."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.endpoint.devices import Device, batch
from tests.patience import PATIENCE

from .background import ProxyThread
from .faults import MIX, Fault, in_order, mixed
from .messages import Message, answer, read_message
from .proxy import FaultyProxy

pytestmark = pytest.mark.anyio

ANSWER = answer(200, b'{"taken": true}' * 20, "application/json")
SECONDS = 20.0


class Upstream:
    """Where the proxy passes things on to: a server that keeps what arrives."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.broken: list[bytes] = []
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Upstream:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = (str(host), int(port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (message := await read_message(reader)) is not None:
                await self._keep(self.arrived, message)
                writer.write(ANSWER)
                await writer.drain()
        except asyncio.IncompleteReadError as cut:
            await self._keep(self.broken, cut.partial)
            writer.write(answer(400, b"what?"))
        except ConnectionResetError:
            await self._keep(self.broken, b"")
        finally:
            writer.close()

    async def _keep(self, kept: list[Message] | list[bytes], one: Message | bytes) -> None:
        async with self._changed:
            kept.append(one)  # type: ignore[arg-type]
            self._changed.notify_all()

    async def until(self, arrived: int = 0, broken: int = 0) -> None:
        """Wait until so many whole requests and so many broken ones have come."""
        async with asyncio.timeout(SECONDS), self._changed:
            await self._changed.wait_for(
                lambda: len(self.arrived) >= arrived and len(self.broken) >= broken
            )


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream() as opened:
        yield opened


@asynccontextmanager
async def through(
    upstream: Upstream, *faults: Fault, patience: float = SECONDS
) -> AsyncIterator[tuple[FaultyProxy, httpx.AsyncClient]]:
    async with (
        FaultyProxy([upstream.address], in_order(faults), patience=patience) as proxy,
        httpx.AsyncClient(base_url=proxy.url, timeout=SECONDS) as client,
    ):
        yield proxy, client


async def post(
    client: httpx.AsyncClient, path: str = "/a", body: bytes = b"x" * 500, waits: float = SECONDS
) -> bytes:
    response = await client.post(path, content=body, timeout=waits)
    assert response.status_code == 200
    return response.content


async def test_a_good_line_changes_nothing(upstream: Upstream) -> None:
    async with through(upstream) as (proxy, client):
        for body in (b"", b"one", b"\r\n\r\n" * 1000, bytes(range(256)) * 300):
            assert ANSWER.endswith(await post(client, "/subjects/1?a=b", body))
        assert [message.body for message in upstream.arrived][1] == b"one"
        assert len(upstream.arrived[3].body) == 256 * 300
        assert upstream.arrived[0].path == "/subjects/1?a=b"
        assert proxy.figures.faults == {Fault.NONE: 4}
        assert (proxy.figures.requests, proxy.figures.events) == (4, 0)


async def test_events_are_counted(upstream: Upstream) -> None:
    async with through(upstream, Fault.RESET) as (proxy, client):
        body = httpx.Request("POST", "http://a/", json=batch(Device().choose_many(7))).content
        with pytest.raises(httpx.TransportError):
            await post(client, body=body)
        await post(client, body=body)
        assert (proxy.figures.requests, proxy.figures.events) == (2, 14)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RESET, httpx.ReadError),
        (Fault.CLOSED, httpx.RemoteProtocolError),
        (Fault.HALF_OPEN, httpx.ReadTimeout),
    ],
)
async def test_nothing_goes_on(
    upstream: Upstream, fault: Fault, error: type[httpx.TransportError]
) -> None:
    async with through(upstream, fault) as (proxy, client):
        with pytest.raises(error):
            await post(client, body=b"lost", waits=0.3)
        # What comes after it is not held up.
        await post(client, body=b"after")
        assert [message.body for message in upstream.arrived] == [b"after"]
        assert upstream.broken == []
        assert proxy.figures.faults == {fault: 1, Fault.NONE: 1}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.LOST_ANSWER, httpx.ReadError),
        (Fault.MUTE, httpx.ReadTimeout),
        (Fault.TRUNCATED, httpx.RemoteProtocolError),
        (Fault.GARBAGE_ANSWER, httpx.RemoteProtocolError),
    ],
)
async def test_the_request_arrives_and_the_answer_does_not(
    upstream: Upstream, fault: Fault, error: type[httpx.TransportError]
) -> None:
    async with through(upstream, fault) as (proxy, client):
        with pytest.raises(error):
            await post(client, body=b"stored", waits=1.0)
        await upstream.until(arrived=1)
        assert [message.body for message in upstream.arrived] == [b"stored"]
        assert proxy.figures.faults == {fault: 1}


async def test_a_cut_request_is_never_whole(upstream: Upstream) -> None:
    async with through(upstream, Fault.CUT_REQUEST) as (_, client):
        with pytest.raises(httpx.TransportError):
            await post(client)
        await upstream.until(broken=1)
        assert upstream.arrived == []


@pytest.mark.parametrize(("fault", "arrived"), [(Fault.ERROR_BEFORE, 0), (Fault.ERROR_AFTER, 1)])
async def test_errors_of_the_proxys_own(upstream: Upstream, fault: Fault, arrived: int) -> None:
    async with through(upstream, *[fault] * 20) as (_, client):
        statuses = {(await client.post("/a", content=b"x")).status_code for _ in range(20)}
        assert statuses == {500, 502, 503}
        assert len(upstream.arrived) == 20 * arrived


async def test_a_portal_answers_200_in_the_endpoints_place(upstream: Upstream) -> None:
    async with through(upstream, Fault.PORTAL) as (_, client):
        assert (await post(client)).startswith(b"<!doctype html>")
        assert upstream.arrived == []


async def test_a_slow_line_changes_nothing_either(upstream: Upstream) -> None:
    async with through(upstream, Fault.DELAY) as (_, client):
        assert ANSWER.endswith(await post(client, body=b"slow" * 1000))
        assert [message.body for message in upstream.arrived] == [b"slow" * 1000]


async def test_a_duplicate_arrives_twice(upstream: Upstream) -> None:
    async with through(upstream, Fault.DUPLICATE) as (_, client):
        assert ANSWER.endswith(await post(client))
        await upstream.until(arrived=2)
        assert upstream.arrived[0].raw == upstream.arrived[1].raw


async def test_a_replay_comes_after_a_younger_request_of_its_path(upstream: Upstream) -> None:
    async with through(upstream, Fault.REPLAY) as (_, client):
        await post(client, "/a", b"old")
        await post(client, "/b", b"another's")
        assert len(upstream.arrived) == 2
        await post(client, "/a", b"young")
        await upstream.until(arrived=4)
        assert [it.body for it in upstream.arrived] == [b"old", b"another's", b"young", b"old"]


async def test_a_younger_request_overtakes_one_held_back(upstream: Upstream) -> None:
    async with through(upstream, Fault.REORDER) as (proxy, client):
        old = asyncio.create_task(post(client, "/a", b"old"))
        async with asyncio.timeout(SECONDS):
            while proxy.figures.requests == 0:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0)
        await post(client, "/a", b"young")
        assert ANSWER.endswith(await old)
        assert [it.body for it in upstream.arrived] == [b"young", b"old"]


async def test_what_is_held_back_goes_on_though_its_client_gave_up(upstream: Upstream) -> None:
    async with through(upstream, Fault.REORDER) as (proxy, client):
        with pytest.raises(httpx.ReadTimeout):
            await post(client, "/a", b"old", waits=0.3)
        assert upstream.arrived == []
        await proxy.calm()
        assert [it.body for it in upstream.arrived] == [b"old"]


async def test_what_is_held_back_goes_on_after_a_while(upstream: Upstream) -> None:
    async with through(upstream, Fault.REORDER, patience=0.05) as (_, client):
        assert ANSWER.endswith(await post(client, "/a", b"old"))


async def test_garbage_goes_up_in_a_requests_place(upstream: Upstream) -> None:
    async with through(upstream, Fault.GARBAGE_REQUEST) as (_, client):
        answered = await client.post("/a", content=b"secret")
        assert answered.status_code == 400
        await upstream.until(broken=1)
        assert upstream.arrived == []
        assert b"secret" not in upstream.broken[0]


async def test_endpoints_take_turns_and_missing_ones_are_passed_over() -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        FaultyProxy([first.address, second.address]) as proxy,
        httpx.AsyncClient(base_url=proxy.url, timeout=PATIENCE) as client,
    ):
        for _ in range(4):
            await post(client)
        assert (len(first.arrived), len(second.arrived)) == (2, 2)
        await first.__aexit__()
        for _ in range(4):
            await post(client)
        assert len(second.arrived) == 6
        assert proxy.figures.upstream_lost == 0
        await second.__aexit__()
        with pytest.raises(httpx.ReadError):
            await post(client)
        assert proxy.figures.upstream_lost == 1


def test_a_seed_says_which_request_meets_which_fault() -> None:
    places = [(connection, request) for connection in range(1, 101) for request in range(1, 101)]
    plan, again, other = mixed("1"), mixed("1"), mixed("2")
    met = [plan(*place) for place in places]
    assert met == [again(*place) for place in places]
    assert met != [other(*place) for place in places]
    counts = Counter(met)
    assert set(counts) == set(MIX) == set(Fault)
    for fault, percent in MIX.items():
        assert percent / 2 < counts[fault] / 100 < 2 * percent


async def test_the_proxy_in_its_own_thread(upstream: Upstream) -> None:
    with ProxyThread([upstream.address], in_order([Fault.ERROR_BEFORE] * 2)) as proxy:
        async with httpx.AsyncClient(base_url=proxy.url, timeout=PATIENCE) as client:
            assert (await client.post("/a", content=b"x")).status_code >= 500
            await asyncio.to_thread(proxy.calm)
            await post(client)
        assert proxy.figures.faults == {Fault.ERROR_BEFORE: 1, Fault.NONE: 1}
