"""What the endpoint does not take, and that it then stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from components.consent.event import Event
from components.consent.identity import new_secret
from components.endpoint import Settings, run_embedded
from tests.patience import PATIENCE

from .devices import Device, altered, batch

pytestmark = pytest.mark.anyio


async def stored(client: httpx.AsyncClient, device: Device) -> list[str]:
    answer = await client.get(device.events_path, headers=device.bearer)
    return [one["event"]["event_id"] for one in answer.json()["events"]]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Basic abc"}, 401),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": "Bearer not-a-secret"}, 401),
        ({"authorization": "Bearer " + "A" * 44}, 401),
        ({"authorization": f"Bearer {new_secret()}"}, 404),
    ],
)
@pytest.mark.parametrize("method", ["send", "read", "state"])
async def test_without_its_secret_nobody_reads_or_writes_a_record(
    client: httpx.AsyncClient, device: Device, headers: dict[str, str], status: int, method: str
) -> None:
    if method == "send":
        answer = await client.post(
            device.events_path, json=batch([device.choose()]), headers=headers
        )
    else:
        path = device.events_path if method == "read" else device.state_path
        answer = await client.get(path, headers=headers)
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) == (status == 401)
    assert await stored(client, device) == []


async def test_the_scheme_is_read_as_http_says(client: httpx.AsyncClient, device: Device) -> None:
    answer = await client.get(
        device.events_path, headers={"authorization": f"bearer  {device.secret}"}
    )
    assert answer.status_code == 200


async def test_an_id_with_another_body_is_a_conflict(
    client: httpx.AsyncClient, device: Device
) -> None:
    first, second = device.choose_many(2)
    await client.post(device.events_path, json=batch([first]), headers=device.bearer)
    answer = await client.post(
        device.events_path,
        json={"events": [second.to_json(), altered(first, label="不同意")]},
        headers=device.bearer,
    )
    assert answer.status_code == 409
    [fault] = answer.json()["events"]
    assert (fault["index"], fault["event_id"], fault["code"]) == (1, first.event_id, "other-body")
    assert await stored(client, device) == [first.event_id]


async def test_a_forked_record_is_a_conflict(client: httpx.AsyncClient, device: Device) -> None:
    first, second = device.choose_many(2)
    await client.post(device.events_path, json=batch([first, second]), headers=device.bearer)
    fork = altered(second, event_id="01a203cb-5f55-727d-b83d-92c367e720d5")
    third = device.choose()
    answer = await client.post(
        device.events_path, json={"events": [fork, third.to_json()]}, headers=device.bearer
    )
    assert answer.status_code == 409
    [fault] = answer.json()["events"]
    assert (fault["index"], fault["event_id"], fault["code"]) == (
        0,
        fork["event_id"],
        "forked-record",
    )
    assert "2" in fault["reason"]
    assert await stored(client, device) == [first.event_id, second.event_id]


async def test_an_event_that_follows_another_one_is_a_conflict(
    client: httpx.AsyncClient, device: Device
) -> None:
    first, second = device.choose_many(2)
    other = device.fork()
    other.choose(label="不同意")
    await client.post(device.events_path, json=batch([first]), headers=device.bearer)
    answer = await client.post(
        device.events_path, json=batch([other.choose()]), headers=device.bearer
    )
    assert answer.status_code == 409
    [fault] = answer.json()["events"]
    assert fault["code"] == "broken-chain"
    assert "event 1" in fault["reason"]
    assert await stored(client, device) == [first.event_id]
    taken = await client.post(device.events_path, json=batch([second]), headers=device.bearer)
    assert taken.status_code == 200


async def test_what_was_erased_is_gone(client: httpx.AsyncClient, device: Device) -> None:
    sent = batch(device.choose_many(2))
    await client.post(device.events_path, json=sent, headers=device.bearer)
    assert (
        await client.delete(f"/v1/subjects/{device.subject}", headers=device.bearer)
    ).status_code == 200
    for answer in (
        await client.post(device.events_path, json=sent, headers=device.bearer),
        await client.get(device.events_path, headers=device.bearer),
        await client.get(device.state_path, headers=device.bearer),
        await client.get(f"{device.state_path}?of=account", headers=device.bearer),
    ):
        assert answer.status_code == 410
        assert answer.json()["type"] == "urn:mingshi:problem:erased"
        assert device.subject not in answer.text


@pytest.mark.parametrize("change", ["event_id", "label"])
async def test_a_batch_that_contradicts_itself_is_a_conflict(
    client: httpx.AsyncClient, device: Device, change: str
) -> None:
    event = device.choose()
    value = "01a203cb-5f55-727d-b83d-92c367e720d5" if change == "event_id" else "不同意"
    answer = await client.post(
        device.events_path,
        json={"events": [event.to_json(), altered(event, **{change: value})]},
        headers=device.bearer,
    )
    assert answer.status_code == 409
    assert [fault["index"] for fault in answer.json()["events"]] == [1]
    assert await stored(client, device) == []


async def test_a_stored_id_under_a_sequence_number_of_another_event(
    client: httpx.AsyncClient, device: Device
) -> None:
    first, second = device.choose_many(2)
    await client.post(device.events_path, json=batch([first, second]), headers=device.bearer)
    moved = altered(second, sequence=1, previous_hash="0" * 64)
    answer = await client.post(device.events_path, json={"events": [moved]}, headers=device.bearer)
    assert answer.status_code == 409
    assert [fault["code"] for fault in answer.json()["events"]] == ["other-body"]


def malformed(event: Event) -> list[Any]:
    body = event.to_json()
    return [
        {**body, "label": "其他"},
        {key: value for key, value in body.items() if key != "cause"},
        {**body, "extra": 1},
        altered(event, sequence=1.0),
        altered(event, sequence=True),
        altered(event, status="granted"),
        altered(event, occurred_at="2021-11-01T08:00:00"),
        altered(event, target=["purpose", "a"]),
        {**body, "sequence": 2**60},
        {**body, "event_id": 7},
        {**body, "event_id": "x" * 9000},
        "an event",
        None,
        [],
    ]


async def test_each_malformed_event_is_named_with_its_reason(
    client: httpx.AsyncClient, device: Device
) -> None:
    good = device.choose()
    bad = malformed(device.choose())
    answer = await client.post(
        device.events_path, json={"events": [good.to_json(), *bad]}, headers=device.bearer
    )
    assert answer.status_code == 422
    faults = answer.json()["events"]
    assert [fault["index"] for fault in faults] == list(range(1, len(bad) + 1))
    assert {fault["code"] for fault in faults} == {"malformed"}
    assert faults[0]["event_id"] == bad[0]["event_id"]
    assert [fault["event_id"] for fault in faults[-3:]] == [None] * 3
    assert all(0 < len(fault["reason"]) <= 300 for fault in faults)
    assert await stored(client, device) == []


async def test_another_subjects_event_is_not_taken(
    client: httpx.AsyncClient, device: Device
) -> None:
    event = Device().choose()
    answer = await client.post(device.events_path, json=batch([event]), headers=device.bearer)
    assert answer.status_code == 422
    assert answer.json()["events"][0]["event_id"] == event.event_id


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"events": ["\xff"]}', 400),
        (b'{"events": ' + b"[" * 50_000, 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"events": []}', 422),
        (b'{"events": {}}', 422),
        (b'{"events": [1], "more": 1}', 422),
        (b'{"events": [' + b"1," * 500 + b"1]}", 422),
        (b'{"events": [{"label": "\\udc00"}]}', 400),
    ],
)
async def test_a_body_that_is_no_batch(
    client: httpx.AsyncClient, device: Device, body: bytes, status: int
) -> None:
    answer = await client.post(
        device.events_path,
        content=body,
        headers={**device.bearer, "content-type": "application/json"},
    )
    assert answer.status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/jsonp"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
async def test_a_body_of_another_kind(
    client: httpx.AsyncClient, device: Device, headers: dict[str, str]
) -> None:
    answer = await client.post(
        device.events_path, content=b"{}", headers={**device.bearer, **headers}
    )
    assert answer.status_code == 415


async def test_a_content_type_with_a_parameter_is_plain_json(
    client: httpx.AsyncClient, device: Device
) -> None:
    answer = await client.post(
        device.events_path,
        content=b'{"events": [1]}',
        headers={**device.bearer, "content-type": "Application/JSON; charset=utf-8"},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("announced", [True, False])
async def test_too_large_a_body_is_not_read_to_its_end(
    database_url: str, device: Device, announced: bool
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    async with (
        run_embedded(Settings(database_url, max_body_bytes=1000)) as endpoint,
        httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client,
    ):
        answer = await client.post(
            device.events_path,
            content=b"x" * 2000 if announced else pieces(),
            headers={**device.bearer, "content-type": "application/json"},
        )
        assert answer.status_code == 413
        small = await client.post(
            device.events_path, json=batch([device.choose()]), headers=device.bearer
        )
        assert small.status_code == 200


@pytest.mark.parametrize("value", ["yesterday", "2021-11-01T08:00:00", "2021-11-01"])
async def test_a_sending_time_that_is_none(
    client: httpx.AsyncClient, device: Device, value: str
) -> None:
    answer = await client.post(
        device.events_path,
        json=batch([device.choose()]),
        headers={**device.bearer, "mingshi-sent-at": value},
    )
    assert answer.status_code == 400
    assert await stored(client, device) == []


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_the_farthest_clocks_are_only_skewed(
    client: httpx.AsyncClient, device: Device, value: str
) -> None:
    answer = await client.post(
        device.events_path,
        json=batch([device.choose()]),
        headers={**device.bearer, "mingshi-sent-at": value},
    )
    assert abs(answer.json()["acknowledged"][0]["clock_skew_ms"]) > 10**12


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=x",
        "after=",
        "after=٣",
        "after=" + "9" * 30,
        "limit=0",
        "limit=501",
        "limit=1.5",
    ],
)
async def test_a_query_that_makes_no_sense(
    client: httpx.AsyncClient, device: Device, query: str
) -> None:
    answer = await client.get(f"{device.events_path}?{query}", headers=device.bearer)
    assert answer.status_code == 400


@pytest.mark.parametrize("value", ["", "everybody", "ACCOUNT"])
async def test_a_state_of_what_there_is_not(
    client: httpx.AsyncClient, device: Device, value: str
) -> None:
    answer = await client.get(f"{device.state_path}?of={value}", headers=device.bearer)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/subjects", 404),
        ("GET", "/healthz/", 404),
        ("DELETE", "/healthz", 405),
        ("PUT", "/v1/subjects/x/events", 405),
        ("OPTIONS", "/v1/subjects/x/events", 405),
    ],
)
async def test_what_is_not_there(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert ("allow" in answer.headers) == (status == 405)


async def test_a_refused_method_is_told_with_all_that_can_be_done_there(
    client: httpx.AsyncClient, device: Device
) -> None:
    # Reading and sending are two routes on one path.
    answer = await client.put(device.events_path, headers=device.bearer)
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_other_origins_are_not_let_in(client: httpx.AsyncClient, device: Device) -> None:
    answer = await client.get(
        device.events_path, headers={**device.bearer, "origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
