"""Requests on the device: durable first, sent once, taken back, and followed to the end."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from components.consent.clock import SystemClock
from components.consent.ledger import Ledger
from components.consent.ledger_errors import LedgerError
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint, Settings
from components.sync import Device, Failed, FailureKind, HttpxTransport, RightsRequest, erase
from components.sync.rights_queue import RequestQueue
from components.sync.rights_store import KeptRequest, RequestDelivery, RequestStore
from tests.endpoint.officers import OfficerKeys
from tests.patience import PATIENCE

from .journeys import BadConnection, Line, always
from .servers import Telling, accept, decide

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
KILLS = 12


@pytest.fixture
def device(ledger: Ledger, transport: HttpxTransport) -> Device:
    record = Record(ledger)
    accept(record)
    return Device(ledger, transport, lambda: record.base_was_ever_given)


def asked(kind: str = "copy") -> RightsRequest:
    return RightsRequest.new(kind, "epiao", "zh_Hans", message="请给我一份")


def only(queue: RequestQueue) -> KeptRequest:
    (kept,) = queue.all()
    return kept


def test_somebody_who_only_looks_leaves_nothing_behind(store: RequestStore) -> None:
    assert store.all() == ()
    assert not store.path.exists()


async def test_a_request_is_kept_sent_and_known(store: RequestStore, device: Device) -> None:
    queue = RequestQueue(store, device)
    request = asked()
    queue.add(request)
    queue.add(request)
    assert only(RequestQueue(RequestStore(store.path), device)).request == request
    assert only(queue).delivery is RequestDelivery.WAITING
    assert await queue.bring() is None
    kept = only(queue)
    assert kept.delivery is RequestDelivery.CONFIRMED
    assert kept.state is not None
    assert kept.state.status == "received"
    assert kept.request.message == "请给我一份"


async def test_nothing_travels_before_it_may(store: RequestStore, ledger: Ledger) -> None:
    told = Telling({})
    record = Record(ledger)
    decide(record, ConsentStatus.REFUSED)
    device = Device(ledger, told.transport(), lambda: record.base_was_ever_given)
    queue = RequestQueue(store, device)
    queue.add(asked())
    assert await queue.bring() == await queue.look() == Failed(FailureKind.HELD)
    assert told.asked == []
    assert only(queue).delivery is RequestDelivery.WAITING
    queue.take_back(only(queue).request.request_id)
    assert only(queue).delivery is RequestDelivery.TAKEN_BACK


async def test_lost_answers_make_no_second_request(
    store: RequestStore, endpoint: EmbeddedEndpoint, device: Device
) -> None:
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        queue = RequestQueue(store, Device(device.ledger, transport, always))
        queue.add(asked())
        connection.line = Line.LOSES_ANSWERS
        for _ in range(3):
            assert await queue.bring() == Failed(FailureKind.NO_CONNECTION)
            assert only(queue).delivery is RequestDelivery.WAITING
        connection.line = Line.GOOD
        assert await queue.look() is None
        kept = only(queue)
        assert kept.delivery is RequestDelivery.CONFIRMED
        await transport.close()


async def test_what_may_have_arrived_is_sent_and_then_taken_back(
    store: RequestStore, endpoint: EmbeddedEndpoint, device: Device
) -> None:
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        queue = RequestQueue(store, Device(device.ledger, transport, always))
        queue.add(asked("close-account"))
        connection.line = Line.LOSES_ANSWERS
        await queue.bring()
        queue.take_back(only(queue).request.request_id)
        assert only(queue).delivery is RequestDelivery.WAITING
        assert only(queue).taking_back
        connection.line = Line.GOOD
        assert await queue.bring() is None
        kept = only(queue)
        assert kept.state is not None
        assert kept.state.status == "cancelled"
        assert not kept.taking_back
        await transport.close()


async def test_what_is_done_cannot_be_taken_back(
    store: RequestStore, ledger: Ledger, tmp_path: Path
) -> None:
    accept(Record(ledger))
    officers = OfficerKeys(tmp_path, "li-na")
    settings = Settings(f"sqlite:///{tmp_path}/with-officers.sqlite", officers=officers.path)
    async with EmbeddedEndpoint(settings) as endpoint:
        transport = HttpxTransport(endpoint.url)
        queue = RequestQueue(store, Device(ledger, transport, always))
        queue.add(asked())
        await queue.bring()
        id_ = only(queue).request.request_id
        path = f"/v1/officer/subjects/{ledger.subject}/requests/{id_}/steps"
        async with httpx.AsyncClient(
            base_url=endpoint.url, headers=officers.bearer(), timeout=PATIENCE
        ) as officer:
            for status in ("accepted", "done"):
                (await officer.post(path, json={"status": status})).raise_for_status()
        queue.take_back(id_)
        assert await queue.look() is None
        kept = only(queue)
        assert kept.failure is FailureKind.CONTRADICTED
        assert not kept.taking_back
        assert kept.state is not None
        assert kept.state.status == "done"
        await transport.close()


async def test_an_erased_record_takes_no_more_requests(store: RequestStore, device: Device) -> None:
    queue = RequestQueue(store, device)
    queue.add(asked())
    await queue.bring()
    await erase(device)
    queue.add(asked("delete"))
    assert await queue.bring() is None
    newest = queue.all()[0]
    assert (newest.delivery, newest.failure) == (RequestDelivery.NOT_TAKEN, FailureKind.ERASED)


async def test_a_damaged_file_is_set_aside_and_what_the_endpoint_has_comes_back(
    store: RequestStore, device: Device
) -> None:
    before = RequestQueue(store, device)
    sent = asked()
    before.add(sent)
    assert await before.bring() is None
    await before.stop()
    store.path.write_bytes(b"no database at all" * 100)
    queue = RequestQueue(store, device)
    queue.add(asked("delete"))
    assert queue.was_damaged
    assert store.kept_as is not None
    assert store.kept_as.read_bytes().startswith(b"no database")
    assert [it.request.kind for it in queue.all()] == ["delete"]
    assert await queue.look() is None
    assert {it.request.request_id for it in queue.all()} > {sent.request_id}


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE requests SET made_at = 'no day'",
        "UPDATE requests SET delivery = 'lost'",
        "UPDATE requests SET state = '{}'",
        "ALTER TABLE requests DROP COLUMN locale",
        "DROP TABLE requests",
    ],
)
def test_rows_that_cannot_be_read_are_set_aside_at_the_next_opening(
    store: RequestStore, spoiling: str
) -> None:
    request = asked()
    store.add(request, SystemClock().now())
    store.close()
    with sqlite3.connect(store.path) as other:
        other.execute(spoiling)
    other.close()
    assert store.all() == ()
    assert store.kept_as is not None
    store.add(request, SystemClock().now())
    assert [it.request for it in RequestStore(store.path).all()] == [request]


async def test_a_newer_versions_file_is_left_as_it_is(store: RequestStore, device: Device) -> None:
    with sqlite3.connect(store.path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    queue = RequestQueue(store, device)
    with pytest.raises(LedgerError):
        queue.add(asked())
    assert await queue.bring() == Failed(FailureKind.INTERNAL)
    assert not queue.was_damaged
    assert [it.name for it in store.path.parent.glob("*damaged*")] == []


def test_a_kill_loses_nothing_that_was_confirmed(store: RequestStore) -> None:
    chance = random.Random(5)  # noqa: S311  # when to kill is no secret
    confirmed: set[str] = set()
    for _ in range(KILLS):
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.rights_keeper", str(store.path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert keeper.stdout is not None
        for _ in range(chance.randint(1, 6)):
            confirmed.add(keeper.stdout.readline().strip())
        keeper.kill()
        # What it told between the last line and the kill counts as well.
        rest = keeper.stdout.read().splitlines(keepends=True)
        confirmed.update(line.strip() for line in rest if line.endswith("\n"))
        keeper.wait()
        keeper.stdout.close()
        kept = {it.request.request_id for it in store.all()}
        assert confirmed <= kept
