"""Alive, ready, described; and what is said when the database fails."""

from __future__ import annotations

import asyncio
import json
import logging

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from components.endpoint import create_app
from components.endpoint.logs import JsonLines
from components.endpoint.problems import ProblemKind
from tests.databases.postgres import PostgresCluster

from .conformity import DOCUMENT, NotConforming, conforms
from .devices import Device, batch
from .outages import outage, writers_held_up
from .tampering import tamper

pytestmark = pytest.mark.anyio


async def test_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "alive"}
    assert (await client.get("/readyz")).json() == {"status": "ready"}


async def test_the_description_is_valid_openapi(client: httpx.AsyncClient) -> None:
    served = (await client.get("/openapi.json")).json()
    assert served == json.loads(json.dumps(DOCUMENT))
    assert served["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(served).validate()


def test_every_route_is_described_and_nothing_else(sqlite_url: str) -> None:
    routes = {
        (route.path, method)
        for route in create_app(sqlite_url).routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    described = {
        (path, method.upper())
        for path, item in DOCUMENT["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert routes == described


def test_the_description_fits_real_events_and_no_others(device: Device) -> None:
    schema = {"$ref": "#/components/schemas/BatchMessage"}
    sent = batch(device.choose_many(2))
    conforms(schema, sent)
    sent["events"][1]["previous_hash"] = "short"
    with pytest.raises(NotConforming):
        conforms(schema, sent)


def test_problem_kinds_have_their_own_types() -> None:
    assert len({kind.type for kind in ProblemKind}) == len(ProblemKind)


async def test_a_failed_database_is_said_and_comes_back(
    client: httpx.AsyncClient, database_url: str, postgresql: PostgresCluster, device: Device
) -> None:
    sent = batch([device.choose()])
    # So that connections are open when it goes away.
    assert (await client.get("/readyz")).status_code == 200
    with outage(database_url, postgresql):
        for answer in (
            await client.post(device.events_path, json=sent, headers=device.bearer),
            await client.get(device.events_path, headers=device.bearer),
            await client.get("/readyz"),
        ):
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "2"
        assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200
    again = await client.post(device.events_path, json=sent, headers=device.bearer)
    assert again.json()["acknowledged"][0]["outcome"] == "stored"


async def test_a_busy_database_does_not_hold_up_the_rest(
    client: httpx.AsyncClient, database_url: str, device: Device
) -> None:
    with writers_held_up(database_url):
        sending = asyncio.create_task(
            client.post(device.events_path, json=batch([device.choose()]), headers=device.bearer)
        )
        for path in ("/healthz", "/readyz", "/healthz"):
            assert (await client.get(path)).status_code == 200
        read = await client.get(device.events_path, headers=device.bearer)
        assert read.json()["events"] == []
        assert not sending.done()
    assert (await sending).status_code == 200


async def test_a_damaged_row_is_an_error_and_stays_out_of_the_log(
    client: httpx.AsyncClient,
    database_url: str,
    device: Device,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await client.post(device.events_path, json=batch([device.choose()]), headers=device.bearer)
    tamper(database_url, "UPDATE events SET body = :body", body='{"private": "words"}')
    caplog.set_level(logging.DEBUG, logger="mingshi")
    for path in (device.events_path, device.state_path):
        answer = await client.get(path, headers=device.bearer)
        assert answer.status_code == 500
        assert "private" not in answer.text
    lines = [JsonLines().format(record) for record in caplog.records]
    errors = [json.loads(line) for line in lines if '"error"' in line]
    assert len(errors) == 2
    assert errors[0]["level"] == "error"
    assert errors[0]["at"]
    assert "private" not in "".join(lines)


async def test_logs_hold_no_personal_data(
    client: httpx.AsyncClient, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    event = device.choose()
    await client.post(device.events_path, json=batch([event]), headers=device.bearer)
    await client.post(device.events_path, json={"events": [{}]}, headers=device.bearer)
    await client.get(device.events_path + "?after=5", headers=device.bearer)
    await client.get("/nowhere/" + device.subject)
    ours = [record for record in caplog.records if not record.name.startswith(("http", "asyncio"))]
    lines = [json.loads(JsonLines().format(record)) for record in ours]
    requests = [line for line in lines if line["message"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in requests] == [
        ("POST", "/v1/subjects/{subject}/events", 200),
        ("POST", "/v1/subjects/{subject}/events", 422),
        ("GET", "/v1/subjects/{subject}/events", 200),
        ("GET", None, 404),
    ]
    assert requests[0]["subject_begins"] == device.subject[:6]
    written = json.dumps(lines)
    identifying = (device.subject, device.secret, event.event_id, event.hash)
    for private in (*identifying, "after", "127.0.0.1"):
        assert private not in written


async def test_a_client_that_goes_away_is_no_error(
    endpoint_address: tuple[str, int], device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="mingshi.endpoint")
    _, writer = await asyncio.open_connection(*endpoint_address)
    writer.write(
        f"POST {device.events_path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {device.secret}\r\ncontent-length: 1000\r\n\r\n{{".encode()
    )
    await writer.drain()
    await asyncio.sleep(0.1)
    writer.close()
    await writer.wait_closed()
    for _ in range(500):
        if caplog.records:
            break
        await asyncio.sleep(0.01)
    [record] = caplog.records
    assert record.levelname == "INFO"
    assert json.loads(JsonLines().format(record))["status"] == 499


def test_a_logged_exception_keeps_its_message_to_itself() -> None:
    try:
        raise ValueError("private words")
    except ValueError as error:
        record = logging.LogRecord(
            "uvicorn.error", logging.ERROR, __file__, 1, "failed", (), (type(error), error, None)
        )
    line = JsonLines().format(record)
    assert "private words" not in line
    assert json.loads(line)["error"] == "builtins.ValueError"
