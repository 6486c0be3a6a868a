"""Every event arrives once and in order, whatever the way between does."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import httpx
import pytest

from components.consent.event import digest
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery
from components.endpoint import EmbeddedEndpoint
from components.sync import (
    FailureKind,
    HttpxTransport,
    Remedy,
    Synchroniser,
    SyncPhase,
    SyncState,
    remedy_for,
)

from ..endpoint.processes import EndpointProcess
from .journeys import (
    BadConnection,
    Line,
    Recording,
    always,
    arrived,
    at_once,
    choose,
    in_phase,
    never,
    until,
)

pytestmark = pytest.mark.anyio


async def test_all_arrive_in_order_in_batches(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    events = choose(ledger, 120)
    recording = Recording(transport.send)
    synchroniser = Synchroniser(ledger, recording, always)
    assert await synchroniser.drain() == SyncState(SyncPhase.IDLE, pending=0, rejected=0)
    assert [len(batch) for batch in recording.batches] == [50, 50, 20]
    assert await arrived(endpoint.url, ledger) == events


async def test_an_endpoint_that_was_away_gets_all_once_it_is_back(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    synchroniser = Synchroniser(ledger, transport, always, backoff=at_once)
    await synchroniser.start()
    events = choose(ledger, 3)
    synchroniser.wake()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await endpoint.stop()
    events += choose(ledger, 70)
    synchroniser.wake()
    waiting = await until(synchroniser, in_phase(SyncPhase.WAITING))
    assert waiting.pending == 70
    assert waiting.last_error is FailureKind.NO_CONNECTION
    assert waiting.next_try_at is not None
    await endpoint.start()
    idle = await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert idle == SyncState(SyncPhase.IDLE, pending=0, rejected=0)
    assert await arrived(endpoint.url, ledger) == events


async def test_waking_does_not_wait_for_the_next_try(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    await endpoint.stop()
    choose(ledger, 1)
    synchroniser = Synchroniser(ledger, transport, always, backoff=never)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.WAITING))
    await endpoint.start()
    synchroniser.wake()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()


async def test_a_lost_answer_is_asked_for_again_and_the_batch_stored_once(
    endpoint: EmbeddedEndpoint, ledger: Ledger
) -> None:
    events = choose(ledger, 5)
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        synchroniser = Synchroniser(ledger, transport, always, backoff=at_once)
        connection.line = Line.LOSES_ANSWERS
        lost = await synchroniser.drain()
        assert (lost.phase, lost.pending) == (SyncPhase.WAITING, 5)
        assert lost.last_error is FailureKind.NO_CONNECTION
        assert connection.lost == 1
        # The endpoint has them, and the device does not know.
        assert await arrived(endpoint.url, ledger) == events
        connection.line = Line.GOOD
        assert (await synchroniser.drain()).phase is SyncPhase.IDLE
        await transport.close()
    assert await arrived(endpoint.url, ledger) == events
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 5


async def test_a_line_that_goes_up_and_down(endpoint: EmbeddedEndpoint, ledger: Ledger) -> None:
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        synchroniser = Synchroniser(ledger, transport, always, backoff=at_once, batch=7)
        await synchroniser.start()
        events = []
        for _ in range(60):
            connection.line = random.choice(list(Line))  # noqa: S311
            events += choose(ledger, random.randint(1, 4))  # noqa: S311
            synchroniser.wake()
            await asyncio.sleep(0.01)
        connection.line = Line.GOOD
        await until(synchroniser, lambda state: state.pending == 0)
        await synchroniser.stop()
        await transport.close()
    assert await arrived(endpoint.url, ledger) == events


async def test_a_killed_endpoint_loses_nothing(tmp_path: Path, ledger: Ledger) -> None:
    database_url = f"sqlite:///{tmp_path}/killed.sqlite3"
    with EndpointProcess(database_url) as endpoint:
        url = endpoint.url
        transport = HttpxTransport(url)
        synchroniser = Synchroniser(ledger, transport, always, backoff=at_once, batch=3)
        await synchroniser.start()
        events = choose(ledger, 300)
        synchroniser.wake()
        await until(synchroniser, lambda state: state.pending < 250)
        endpoint.kill()
        await until(synchroniser, in_phase(SyncPhase.WAITING))
    assert ledger.outbox.unsettled() > 0
    with EndpointProcess(database_url, httpx.URL(url).port or 0):
        await until(synchroniser, in_phase(SyncPhase.IDLE))
        await synchroniser.stop()
        await transport.close()
        assert await arrived(url, ledger) == events


async def test_two_windows_of_one_person(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    second = Ledger(ledger.path)
    second_transport = HttpxTransport(endpoint.url)
    windows = [
        Synchroniser(ledger, transport, always, backoff=at_once, batch=4),
        Synchroniser(second, second_transport, always, backoff=at_once, batch=5),
    ]
    for window in windows:
        await window.start()
    events = []
    for _ in range(20):
        events += choose(ledger, 2) + choose(second, 3)
        for window in windows:
            window.wake()
        await asyncio.sleep(0.005)
    for window in windows:
        await until(window, lambda state: state.pending == 0)
        assert window.state.rejected == 0
        await window.stop()
    await second_transport.close()
    second.close()
    assert await arrived(endpoint.url, ledger) == events
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 100


async def test_what_was_sent_when_the_process_died_is_sent_again(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    events = choose(ledger, 4)
    ledger.outbox.claim(50)
    reopened = Ledger(ledger.path)
    synchroniser = Synchroniser(reopened, transport, always)
    assert synchroniser.state.pending == 4
    assert (await synchroniser.drain()).phase is SyncPhase.IDLE
    reopened.close()
    assert await arrived(endpoint.url, ledger) == events


async def test_a_fork_is_rejected_by_name_and_the_rest_arrives(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger, tmp_path: Path
) -> None:
    """A copy of the device's file was used as well, and its record came first."""
    choose(ledger, 1)
    await Synchroniser(ledger, transport, always).drain()
    copy_path = tmp_path / "copy.sqlite3"
    _copy(ledger, copy_path)
    copy = Ledger(copy_path)
    choose(copy, 2)
    await Synchroniser(copy, transport, always).drain()
    first, second, third, fourth = choose(ledger, 4)
    state = await Synchroniser(ledger, transport, always).drain()
    assert (state.phase, state.pending, state.rejected) == (SyncPhase.IDLE, 0, 3)
    rejections = ledger.outbox.rejections()
    assert [(one.event, one.code) for one in rejections] == [
        (first, "forked-record"),
        (second, "forked-record"),
        # It follows an event that the endpoint has no place for.
        (third, "broken-chain"),
    ]
    assert all(one.reason for one in rejections)
    assert {remedy_for(one.code) for one in rejections} == {Remedy.BEGIN_ANEW}
    assert (await arrived(endpoint.url, ledger))[-1] == fourth
    assert ledger.outbox.deliveries()[fourth.sequence] is Delivery.ACKNOWLEDGED
    copy.close()


def _copy(ledger: Ledger, path: Path) -> None:
    import sqlite3

    with sqlite3.connect(ledger.path) as source, sqlite3.connect(path) as target:
        source.backup(target)
    source.close()
    target.close()


async def test_an_endpoint_that_finds_an_event_malformed(
    transport: HttpxTransport, ledger: Ledger
) -> None:
    """As when an older endpoint does not know what newer code on the device writes."""
    events = choose(ledger, 3)

    async def unknown_to_it(subject: str, secret: str, sent: object) -> object:
        bodies = [event.to_json() for event in sent]  # type: ignore[attr-defined]
        for body in bodies:
            if body["sequence"] == 2:
                body["status"] = "granted-by-telepathy"
                body["hash"] = digest(body)
        return await transport.send(subject, secret, [_Body(body) for body in bodies])  # type: ignore[misc]

    synchroniser = Synchroniser(ledger, Recording(unknown_to_it), always)  # type: ignore[arg-type]
    state = await synchroniser.drain()
    assert state.rejected == 1
    [rejection] = ledger.outbox.rejections()
    assert rejection.event == events[1]
    assert "telepathy" in rejection.reason


class _Body:
    """An event as newer code would write it."""

    def __init__(self, body: dict[str, object]) -> None:
        self._body = body
        self.event_id = body["event_id"]
        self.hash = body["hash"]

    def to_json(self) -> dict[str, object]:
        return self._body
