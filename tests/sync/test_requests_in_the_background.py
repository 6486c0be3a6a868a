"""Requests are sent by themselves: begun, tried again, woken, stopped, and told about."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from components.consent.clock import SystemClock
from components.consent.ledger import Ledger
from components.consent.ledger_errors import LedgerError
from components.consent.record import Record
from components.endpoint import EmbeddedEndpoint
from components.sync import Device, Failed, FailureKind, HttpxTransport, RightsRequest
from components.sync.backoff import Backoff
from components.sync.platform import transport_for
from components.sync.rights_queue import RequestQueue
from components.sync.rights_store import RequestDelivery, RequestStore
from tests.patience import PATIENCE

from .journeys import BadConnection, Line, always, at_once, never
from .servers import Telling, accept, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
async def line(endpoint: EmbeddedEndpoint, ledger: Ledger) -> AsyncIterator[BadConnection]:
    accept(Record(ledger))
    async with BadConnection(endpoint.url) as connection:
        yield connection


@asynccontextmanager
async def queue_over(
    line: BadConnection, store: RequestStore, ledger: Ledger, backoff: Backoff
) -> AsyncIterator[RequestQueue]:
    transport = HttpxTransport(line.url)
    queue = RequestQueue(store, Device(ledger, transport, always), backoff=backoff)
    yield queue
    await queue.stop()
    await transport.close()


def asked() -> RightsRequest:
    return RightsRequest.new("copy", "epiao", "zh_Hans")


async def until(queue: RequestQueue, reached: Callable[[], bool]) -> None:
    """Wait until the queue told of a change that led there."""
    changed = asyncio.Event()
    unsubscribe = queue.subscribe(changed.set)
    try:
        async with asyncio.timeout(PATIENCE):
            while not reached():
                changed.clear()
                await changed.wait()
    finally:
        unsubscribe()


async def until_confirmed(queue: RequestQueue) -> None:
    await until(queue, lambda: {it.delivery for it in queue.all()} == {RequestDelivery.CONFIRMED})


async def test_what_is_added_is_sent_by_itself(
    line: BadConnection, store: RequestStore, ledger: Ledger
) -> None:
    async with queue_over(line, store, ledger, never) as queue:
        await queue.start()
        await queue.start()
        queue.add(asked())
        await until_confirmed(queue)
        assert queue.last_failure is None


async def begins_in_vain(queue: RequestQueue, line: BadConnection) -> None:
    """Begin with a request whose answer is lost; after that the line is good."""
    line.line = Line.LOSES_ANSWERS
    await queue.start()
    queue.add(asked())
    await until(queue, lambda: queue.last_failure is FailureKind.NO_CONNECTION)
    line.line = Line.GOOD


async def test_what_fails_is_tried_again(
    line: BadConnection, store: RequestStore, ledger: Ledger
) -> None:
    async with queue_over(line, store, ledger, at_once) as queue:
        await begins_in_vain(queue, line)
        await until_confirmed(queue)


async def test_whoever_waits_long_is_woken(
    line: BadConnection, store: RequestStore, ledger: Ledger
) -> None:
    async with queue_over(line, store, ledger, never) as queue:
        await begins_in_vain(queue, line)
        queue.wake()
        await until_confirmed(queue)


async def test_each_failure_in_a_row_is_counted(store: RequestStore, ledger: Ledger) -> None:
    accept(Record(ledger))
    waited: list[int] = []
    enough = asyncio.Event()

    def counted(failures: int) -> float:
        waited.append(failures)
        if len(waited) == 3:
            enough.set()
        return 0.01

    told = Telling(problem(503, "unavailable"))
    transport = told.transport()
    queue = RequestQueue(store, Device(ledger, transport, always), backoff=counted)
    await queue.start()
    queue.add(asked())
    async with asyncio.timeout(PATIENCE):
        await enough.wait()
    assert waited[:3] == [1, 2, 3]
    await queue.stop()
    await transport.close()


async def test_somebody_without_requests_makes_no_traffic(
    store: RequestStore, ledger: Ledger
) -> None:
    accept(Record(ledger))
    told = Telling({})
    transport = told.transport()
    queue = RequestQueue(store, Device(ledger, transport, always))
    await queue.start()
    for _ in range(10):
        queue.wake()
        await asyncio.sleep(0)
    await queue.stop()
    await transport.close()
    assert told.asked == []


async def test_what_the_endpoint_says_is_not_known_before_it_is_kept(
    line: BadConnection, store: RequestStore, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LedgerError("the disk is full")

    async with queue_over(line, store, ledger, never) as queue:
        queue.add(asked())
        assert await queue.bring() is None
        monkeypatch.setattr(store, "confirm", full)
        assert await queue.look() == Failed(FailureKind.INTERNAL)
        assert queue.last_failure is FailureKind.INTERNAL


async def test_a_listener_that_fails_keeps_nothing_from_being_sent(
    line: BadConnection, store: RequestStore, ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise RuntimeError("a screen that is gone")

    async with queue_over(line, store, ledger, never) as queue:
        unsubscribe = queue.subscribe(fails)
        with caplog.at_level(logging.ERROR, "mingshi.sync"):
            queue.add(asked())
            assert await queue.bring() is None
        assert "a listener failed" in caplog.text
        unsubscribe()
        unsubscribe()
        caplog.clear()
        assert await queue.look() is None
        assert caplog.text == ""


async def test_an_attempt_that_breaks_is_not_the_last(
    line: BadConnection,
    store: RequestStore,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    read = store.all

    def breaks_once() -> None:
        monkeypatch.setattr(store, "all", read)
        raise ZeroDivisionError

    async with queue_over(line, store, ledger, at_once) as queue:
        queue.add(asked())
        monkeypatch.setattr(store, "all", breaks_once)
        with caplog.at_level(logging.ERROR, "mingshi.sync"):
            await queue.start()
            # The first attempt has the broken store to itself.
            await asyncio.sleep(0)
            await until_confirmed(queue)
        assert "there will be another" in caplog.text


def test_the_way_to_the_endpoint_fits_the_place() -> None:
    assert sys.platform != "emscripten"
    assert isinstance(transport_for("https://consent.example", SystemClock()), HttpxTransport)
    with pytest.raises(ValueError, match="http"):
        transport_for("http://consent.example", SystemClock())
