"""Requests to exercise a right, and erasure, as the device asks for them."""

from __future__ import annotations

from typing import Any

import pytest

from components.consent.ledger import Ledger
from components.consent.outbox import Delivery
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint
from components.sync import (
    Device,
    Erasure,
    Failed,
    FailureKind,
    HttpxTransport,
    RequestState,
    RightsRequest,
    RightsRequests,
    Synchroniser,
    SyncPhase,
    SyncState,
    erase,
)

from .journeys import BadConnection, Line, always, choose
from .servers import Telling, accept, decide, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
def device(ledger: Ledger, transport: HttpxTransport) -> Device:
    record = Record(ledger)
    accept(record)
    return Device(ledger, transport, lambda: record.base_was_ever_given)


async def test_a_request_is_made_once(device: Device) -> None:
    requests = RightsRequests(device)
    request = RightsRequest.new("copy", "epiao", "zh_Hans", message="请给我一份")
    state = await requests.submit(request)
    assert isinstance(state, RequestState)
    assert (state.request_id, state.kind, state.status) == (request.request_id, "copy", "received")
    assert state.due_on > state.received_at.date()
    assert state.steps[0].number == 1
    assert await requests.submit(request) == state
    second = await requests.submit(RightsRequest.new("delete", "epiao", "en"))
    assert await requests.list() == (state, second)


async def test_a_lost_answer_makes_no_second_request(
    endpoint: EmbeddedEndpoint, device: Device
) -> None:
    request = RightsRequest.new("access", "epiao", "zh_Hans")
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        requests = RightsRequests(Device(device.ledger, transport, always))
        connection.line = Line.LOSES_ANSWERS
        assert await requests.submit(request) == Failed(FailureKind.NO_CONNECTION)
        connection.line = Line.GOOD
        state = await requests.submit(request)
        assert await requests.list() == (state,)
        await transport.close()


async def test_requests_that_are_not_taken(device: Device) -> None:
    requests = RightsRequests(device)
    request = RightsRequest.new("copy", "epiao", "zh_Hans")
    await requests.submit(request)
    other = RightsRequest(request.request_id, "delete", "epiao", "zh_Hans")
    contradicted = Failed(FailureKind.CONTRADICTED)
    assert await requests.submit(other) == contradicted
    assert await requests.submit(RightsRequest.new("copy", "nobodys", "en")) == contradicted


async def test_erasure_ends_the_sending(device: Device, transport: HttpxTransport) -> None:
    ledger = device.ledger
    synchroniser = Synchroniser(ledger, transport, always)
    await synchroniser.drain()
    choose(ledger, 2)
    erasure = await erase(device)
    assert isinstance(erasure, Erasure)
    assert erasure.events == 1
    assert await erase(device) == erasure
    assert ledger.outbox.counts()[Delivery.SUPERSEDED] == 2
    erased = SyncState(SyncPhase.ERASED, 0, 0, superseded=2)
    assert await synchroniser.drain() == erased
    # As when the app is started again.
    assert await Synchroniser(ledger, transport, always).drain() == erased
    answer = await RightsRequests(device).submit(RightsRequest.new("copy", "epiao", "en"))
    assert answer == Failed(FailureKind.ERASED)
    # The person's own copy is theirs.
    assert len(ledger.events()) == 3


async def test_nothing_travels_before_it_may(ledger: Ledger) -> None:
    told = Telling({})
    record = Record(ledger)
    decide(record, ConsentStatus.REFUSED)
    device = Device(ledger, told.transport(), lambda: record.base_was_ever_given)
    requests = RightsRequests(device)
    held = Failed(FailureKind.HELD)
    assert await requests.submit(RightsRequest.new("copy", "epiao", "en")) == held
    assert await requests.list() == await erase(device) == held
    assert told.asked == []


GOOD: dict[str, Any] = {
    "request_id": "another",
    "kind": "copy",
    "pack": "epiao",
    "clause": None,
    "locale": "en",
    "received_at": "2021-11-01T08:00:00.000Z",
    "due_on": "2021-11-22",
    "status": "received",
    "steps": [],
}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (GOOD, FailureKind.UNEXPECTED_ANSWER),
        ({**GOOD, "due_on": "soon"}, FailureKind.UNEXPECTED_ANSWER),
        ({**GOOD, "steps": [{"number": 1}]}, FailureKind.UNEXPECTED_ANSWER),
        ({}, FailureKind.UNEXPECTED_ANSWER),
        (problem(503, "unavailable"), FailureKind.ENDPOINT_FAILED),
        (problem(429, "throttled"), FailureKind.THROTTLED),
        (problem(404, "not-found"), FailureKind.NOT_AUTHORISED),
    ],
)
async def test_other_answers(ledger: Ledger, answer: object, kind: FailureKind) -> None:
    choose(ledger, 1)
    told = Telling(answer)
    device = Device(ledger, told.transport(), always)
    requests = RightsRequests(device)
    failed = Failed(kind)
    assert await requests.submit(RightsRequest.new("copy", "epiao", "en")) == failed
    assert await requests.list() == failed
    assert await erase(device) == failed
    # Nothing is given up for an answer that is not the endpoint's.
    assert ledger.outbox.counts()[Delivery.PENDING] == 1


async def test_an_erasure_that_cannot_be_written_down(ledger: Ledger) -> None:
    choose(ledger, 1)
    told = Telling({"erased_at": "2021-11-01T08:00:00.000Z", "events": 0})
    import sqlite3

    with sqlite3.connect(ledger.path) as connection:
        connection.execute("ALTER TABLE outbox RENAME TO away")
    connection.close()
    assert isinstance(await erase(Device(ledger, told.transport(), always)), Erasure)
