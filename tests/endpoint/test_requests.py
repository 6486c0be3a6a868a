"""Requests to exercise a right: what may be asked, what is answered, and when it is due."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import uuid6

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint
from components.endpoint.rights.lifecycle import (
    kinds_of,
    working_days_of,
)
from components.policy import load_pack
from components.policy.delivered import pack_folder

from .devices import Device
from .requesting import (
    NOW,
    OFFICER,
    OFFICERS_REQUESTS,
    ask,
    cancel,
    handling,
    new_request,
    requests_path,
    take_step,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
async def endpoint(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> AsyncIterator[EmbeddedEndpoint]:
    async with handling(database_url, tmp_path, clock) as running:
        yield running


async def test_a_request_is_taken_in_and_due(client: httpx.AsyncClient, device: Device) -> None:
    new = new_request(kind="explain", clause="deletion", message="怎样才算删除？")
    answer = await client.post(requests_path(device), json=new, headers=device.bearer)
    assert answer.headers["cache-control"] == "no-store"
    expected = {
        "request_id": new["request_id"],
        "kind": "explain",
        "pack": "piaoqian",
        "clause": "deletion",
        "locale": "zh_Hans",
        "received_at": "2025-03-03T02:00:00.000Z",
        "due_on": "2025-03-24",
        "due_is_provisional": False,
        "status": "received",
        "steps": [
            {
                "number": 1,
                "status": "received",
                "at": "2025-03-03T02:00:00.000Z",
                "taken_by": "endpoint",
                "reason": None,
                "note": None,
            }
        ],
        "remedies": [],
    }
    assert answer.json() == expected
    one = await client.get(requests_path(device, new["request_id"]), headers=device.bearer)
    assert one.json() == expected
    every = await client.get(requests_path(device), headers=device.bearer)
    assert every.json() == {"requests": [expected]}


async def test_the_same_request_again_is_answered_as_it_stands(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    new = new_request(message="请")
    first = await client.post(requests_path(device), json=new, headers=device.bearer)
    clock.advance(timedelta(days=3))
    assert (await client.post(requests_path(device), json=new, headers=device.bearer)).json() == (
        first.json()
    )
    await take_step(client, device, new["request_id"], status="verifying")
    again = await client.post(requests_path(device), json=new, headers=device.bearer)
    assert again.json()["status"] == "verifying"
    for changes in ({"message": "别"}, {"message": None}, {"kind": "copy"}, {"locale": "en"}):
        other = {**new, **changes}
        answer = await client.post(requests_path(device), json=other, headers=device.bearer)
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:mingshi:problem:conflict"


async def test_the_same_request_many_times_at_once_is_one(
    client: httpx.AsyncClient, device: Device
) -> None:
    new = new_request()
    sent = [client.post(requests_path(device), json=new, headers=device.bearer) for _ in range(6)]
    answers = await asyncio.gather(*sent)
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    every = await client.get(requests_path(device), headers=device.bearer)
    assert every.json() == {"requests": [answers[0].json()]}


async def test_ids_of_two_subjects_do_not_meet(client: httpx.AsyncClient, device: Device) -> None:
    other, new = Device(), new_request()
    for one, kind in ((device, "copy"), (other, "access")):
        sent = {**new, "kind": kind}
        answer = await client.post(requests_path(one), json=sent, headers=one.bearer)
        assert answer.json()["kind"] == kind


async def test_requests_are_listed_in_their_order(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    asked = []
    for kind in ("withdraw", "copy", "transfer"):
        asked.append(await ask(client, device, kind=kind))
        clock.advance(timedelta(seconds=1))
    every = await client.get(requests_path(device), headers=device.bearer)
    assert every.json() == {"requests": asked}


async def test_the_pack_may_promise_to_be_quicker(
    client: httpx.AsyncClient, device: Device
) -> None:
    asked = await ask(client, device, pack="quick")
    assert asked["due_on"] == "2025-03-12"
    other = await ask(client, device, pack="quick", kind="copy")
    assert other["due_on"] == "2025-03-24"


async def test_what_the_law_gives_can_be_asked_of_every_pack(
    client: httpx.AsyncClient, device: Device
) -> None:
    assert "close-account" not in load_pack(pack_folder("piaoqian")).rights
    asked = await ask(client, device, kind="close-account")
    assert asked["due_on"] == "2025-03-24"


def test_kinds_are_those_of_the_law_and_of_the_pack() -> None:
    epiao, piaoqian = load_pack(pack_folder("epiao")), load_pack(pack_folder("piaoqian"))
    assert set(epiao.rights) <= set(kinds_of(epiao))
    assert kinds_of(piaoqian) == kinds_of(epiao)
    assert len(kinds_of(epiao)) == 10
    assert working_days_of(piaoqian, "access") == 0
    assert working_days_of(epiao, "explain") == 15


IMPOSSIBLE: list[tuple[dict[str, object], str]] = [
    ({"kind": "ride"}, "kind: piaoqian has access, copy, "),
    ({"pack": "nothing"}, "pack: known are piaoqian, quick."),
    ({"clause": "nothing"}, "clause: version "),
    ({"kind": "x" * 33}, ""),
    ({"kind": None}, ""),
    ({"pack": 1}, ""),
    ({"locale": "not a locale"}, ""),
    ({"message": "x" * 2001}, ""),
    ({"message": ""}, ""),
    ({"message": "a\x00b"}, ""),
    ({"request_id": "1"}, ""),
    ({"phone": "13800000000"}, ""),
]


async def test_what_cannot_be_asked_is_told(client: httpx.AsyncClient, device: Device) -> None:
    for changes, said in IMPOSSIBLE:
        answer = await client.post(
            requests_path(device), json=new_request(**changes), headers=device.bearer
        )
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith(said)
        assert (await client.get(requests_path(device), headers=device.bearer)).json() == {
            "requests": []
        }


async def test_as_much_as_may_be_written(client: httpx.AsyncClient, device: Device) -> None:
    await ask(client, device, message="字" * 2000)


async def test_a_person_takes_a_request_back(client: httpx.AsyncClient, device: Device) -> None:
    asked = await ask(client, device)
    cancelled = await cancel(client, device, asked["request_id"])
    assert cancelled.json()["status"] == "cancelled"
    assert cancelled.json()["steps"][-1]["taken_by"] == "subject"
    assert (await cancel(client, device, asked["request_id"])).json() == cancelled.json()
    told = await ask(client, device)
    for status in ("accepted", "cascading"):
        await take_step(client, device, told["request_id"], status=status)
    assert (await cancel(client, device, told["request_id"])).status_code == 409
    assert (await cancel(client, device, str(uuid6.uuid7()))).status_code == 404


async def test_no_token_opens_the_calls_of_another(
    client: httpx.AsyncClient, device: Device
) -> None:
    asked = await ask(client, device)
    one = requests_path(device, asked["request_id"])
    for headers, status in (({}, 401), (OFFICER, 401), (Device().bearer, 404)):
        for answer in (
            await client.post(requests_path(device), json=new_request(), headers=headers),
            await client.get(requests_path(device), headers=headers),
            await client.get(one, headers=headers),
            await client.post(f"{one}/cancellation", headers=headers),
        ):
            assert answer.status_code == status
    steps = f"/v1/officer/subjects/{device.subject}/requests/{asked['request_id']}/steps"
    erasure = f"/v1/officer/subjects/{device.subject}/erasure"
    for headers in ({}, device.bearer):
        for answer in (
            await client.get(OFFICERS_REQUESTS, headers=headers),
            await client.post(steps, json={"status": "verifying"}, headers=headers),
            await client.post(erasure, json={}, headers=headers),
        ):
            assert answer.status_code == 401


NAMELESS: list[str] = ["x", "a%00b", "01890a5d-ac96-774b-bcce-b302099a8057%0A"]


async def test_a_path_that_names_nothing(client: httpx.AsyncClient, device: Device) -> None:
    for odd in NAMELESS:
        for answer in (
            await client.get(requests_path(device, odd), headers=device.bearer),
            await cancel(client, device, odd),
            await take_step(client, device, odd, status="verifying"),
            await client.post(f"/v1/officer/subjects/{odd}/erasure", json={}, headers=OFFICER),
        ):
            assert answer.status_code == 404
