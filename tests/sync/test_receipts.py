"""Signed receipts as a device fetches them, from a real endpoint and from wrong ones."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.responses import Response

from components.consent.event import Event
from components.consent.ledger import Ledger
from components.consent.record import Record
from components.endpoint import EmbeddedEndpoint, Settings
from components.sync import (
    Device,
    Failed,
    FailureKind,
    HttpxTransport,
    NotIssued,
    NoTransport,
    SignedReceipt,
    Synchroniser,
    erase,
    signed_receipt,
)

from .journeys import always
from .servers import Telling, accept, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
async def issuer(tmp_path: Path) -> AsyncIterator[EmbeddedEndpoint]:
    keys = tmp_path / "keys"
    settings = Settings(f"sqlite:///{tmp_path}/issuer.sqlite3", signing_keys=keys)
    async with EmbeddedEndpoint(settings) as running:
        yield running


@pytest.fixture
def event(ledger: Ledger) -> Event:
    return accept(Record(ledger))


@asynccontextmanager
async def sent_to(url: str, ledger: Ledger) -> AsyncIterator[Device]:
    transport = HttpxTransport(url)
    await Synchroniser(ledger, transport, always).drain()
    yield Device(ledger, transport, always)
    await transport.close()


async def test_what_was_sent_is_signed_for(
    issuer: EmbeddedEndpoint, ledger: Ledger, event: Event
) -> None:
    async with sent_to(issuer.url, ledger) as device:
        receipt = await signed_receipt(device, event)
        assert isinstance(receipt, SignedReceipt)
        payload = json.loads(base64.urlsafe_b64decode(receipt.jws.split(".")[1] + "=="))
        assert payload["dpv:hasRecordOfActivity"][0]["mingshi:event"] == event.to_json()
        assert await signed_receipt(device, event) == receipt
        await erase(device)
        assert await signed_receipt(device, event) == Failed(FailureKind.ERASED)


async def test_an_endpoint_without_keys_issues_none(
    endpoint: EmbeddedEndpoint, ledger: Ledger, event: Event
) -> None:
    async with sent_to(endpoint.url, ledger) as device:
        assert await signed_receipt(device, event) == NotIssued()


async def test_what_was_not_sent_is_not_signed_for(
    issuer: EmbeddedEndpoint, ledger: Ledger, event: Event
) -> None:
    async with sent_to(issuer.url, ledger) as device:
        later = accept(Record(ledger))
        assert await signed_receipt(device, later) == NotIssued()


async def test_before_the_notice_and_without_an_endpoint_nothing_is_asked(
    ledger: Ledger, event: Event
) -> None:
    held = Device(ledger, NoTransport(), lambda: False)
    assert await signed_receipt(held, event) == Failed(FailureKind.HELD)
    alone = Device(ledger, NoTransport(), always)
    assert await signed_receipt(alone, event) == Failed(FailureKind.NO_ENDPOINT)


def _compact(header: object, payload: object, signature: str = "c2ln") -> Response:
    parts = (base64.urlsafe_b64encode(json.dumps(it).encode()) for it in (header, payload))
    return Response(".".join([*(it.decode().rstrip("=") for it in parts), signature]))


_HEADER = {"alg": "Ed25519", "typ": "mingshi-receipt+jws"}
_OTHER = {"@context": {}, "dpv:hasRecordOfActivity": [{"mingshi:event": {"event_id": "other"}}]}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Response("not a receipt"), FailureKind.UNEXPECTED_ANSWER),
        (Response(b"\xff.\xff.\xff"), FailureKind.UNEXPECTED_ANSWER),
        (_compact({"typ": "JWT"}, _OTHER), FailureKind.UNEXPECTED_ANSWER),
        (_compact(_HEADER, _OTHER, ""), FailureKind.UNEXPECTED_ANSWER),
        (_compact(_HEADER, [1]), FailureKind.UNEXPECTED_ANSWER),
        (_compact(_HEADER, {"@context": {}}), FailureKind.UNEXPECTED_ANSWER),
        (_compact(_HEADER, _OTHER), FailureKind.UNTRUE_RECORD),
        (problem(503, "unavailable"), FailureKind.ENDPOINT_FAILED),
        (Response(status_code=404), FailureKind.NOT_AUTHORISED),
    ],
)
async def test_what_is_no_receipt_of_this_event_is_not_kept(
    ledger: Ledger, event: Event, answer: Response, reason: FailureKind
) -> None:
    transport = Telling(answer).transport()
    assert await signed_receipt(Device(ledger, transport, always), event) == Failed(reason)
    await transport.close()
