"""Installations join an account after proof of login, see each other's events, and leave."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint, run_embedded
from components.endpoint.database import Database
from components.endpoint.schema import LINKS
from components.endpoint.settings import Settings
from tests.patience import PATIENCE

from .devices import Device, batch
from .logins import ISSUER, NOW, Claims, claims_for, token_of, write_issuers

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
async def endpoint(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(database_url, login_issuers=write_issuers(tmp_path))
    async with run_embedded(settings, clock=clock) as running:
        yield running


def _links(device: Device) -> str:
    return f"/v1/subjects/{device.subject}/links"


async def _link(
    client: httpx.AsyncClient, device: Device, token: str | None = None, **changes: object
) -> httpx.Response:
    token = token_of(claims_for(device.subject, **changes)) if token is None else token
    return await client.post(_links(device), json={"login_token": token}, headers=device.bearer)


async def _installations(client: httpx.AsyncClient, device: Device) -> list[str]:
    answer = await client.get(_links(device), headers=device.bearer)
    return [one["subject"] for one in answer.json()["installations"]]


async def _events(
    client: httpx.AsyncClient, device: Device, other: Device, query: str = ""
) -> httpx.Response:
    path = f"{_links(device)}/{other.subject}/events{query}"
    return await client.get(path, headers=device.bearer)


async def test_two_installations_of_an_account_find_each_other(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    other, stranger = Device(), Device()
    for one in (device, other, stranger):
        await client.post(one.events_path, json=batch(one.choose_many(3)), headers=one.bearer)
    empty: dict[str, object] = {"account": None, "linked_at": None, "installations": []}
    assert (await client.get(_links(device), headers=device.bearer)).json() == empty
    first = (await _link(client, device)).json()
    clock.advance(timedelta(seconds=10))
    second = (await _link(client, other)).json()
    await _link(client, stranger, sub="wang-wu")
    assert first["account"] == second["account"]
    assert first["linked_at"] == "2026-03-02T08:00:00.000Z"
    assert (await client.get(_links(device), headers=device.bearer)).json() == {
        **first,
        "installations": [
            {
                "subject": other.subject,
                "linked_at": "2026-03-02T08:00:10.000Z",
                "highest_sequence": 3,
            }
        ],
    }
    found = (await _events(client, device, other)).json()
    assert [one["event"] for one in found["events"]] == [e.to_json() for e in other.made]
    assert found["next_after"] is None
    stretch = (await _events(client, other, device, "?after=1&limit=1")).json()
    assert [one["event"]["sequence"] for one in stretch["events"]] == [2]
    assert stretch["next_after"] == 2


async def test_an_installation_without_events_is_listed_with_none(
    client: httpx.AsyncClient, device: Device
) -> None:
    other = Device()
    for one in (device, other):
        await _link(client, one)
    [found] = (await client.get(_links(device), headers=device.bearer)).json()["installations"]
    assert found["highest_sequence"] == 0
    assert (await _events(client, device, other)).json() == {"events": [], "next_after": None}


async def test_only_of_the_same_account_now(client: httpx.AsyncClient, device: Device) -> None:
    other, stranger = Device(), Device()
    unlinked = await _events(client, device, other)
    await _link(client, device)
    half = await _events(client, device, other)
    await _link(client, other)
    await _link(client, stranger, sub="wang-wu")
    assert (await _events(client, device, other)).status_code == 200
    own = await _events(client, device, device)
    foreign = await _events(client, device, stranger)
    assert (await client.delete(_links(other), headers=other.bearer)).status_code == 204
    left = await _events(client, device, other)
    for answer in (unlinked, half, own, foreign, left):
        assert answer.status_code == 404
        assert answer.json() == left.json()
    for path in ("x", "a%00b", "%0a".rjust(45, "A")):
        answer = await client.get(f"{_links(device)}/{path}/events", headers=device.bearer)
        assert answer.status_code == 404
    for query in ("?after=-1", "?limit=0", "?limit=501"):
        assert (await _events(client, device, other, query)).status_code == 400


async def test_linking_again_is_answered_as_the_first_time(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    first = await _link(client, device)
    clock.advance(timedelta(minutes=1))
    assert (await _link(client, device)).json() == first.json()


async def test_a_second_account_needs_unlinking_first(
    client: httpx.AsyncClient,
    clock: ManualClock,
    device: Device,
    database_url: str,
) -> None:
    first = (await _link(client, device)).json()
    refused = await _link(client, device, sub="wang-wu")
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:mingshi:problem:not-in-this-state"
    clock.advance(timedelta(minutes=1))
    for _ in range(2):
        gone = await client.delete(_links(device), headers=device.bearer)
        assert (gone.status_code, gone.content) == (204, b"")
    second = (await _link(client, device, sub="wang-wu")).json()
    assert second["account"] != first["account"]
    opened = Database(database_url)
    rows = opened.read(
        lambda connection: connection.execute(
            select(LINKS.c.account, LINKS.c.unlinked_at).order_by(LINKS.c.linked_at)
        ).all()
    )
    opened.close()
    assert [tuple(row) for row in rows] == [
        (first["account"], "2026-03-02T08:01:00.000Z"),
        (second["account"], None),
    ]


async def test_of_two_logins_at_once_one_links(client: httpx.AsyncClient, device: Device) -> None:
    names = [f"person-{number}" for number in range(6)]
    answers = await asyncio.gather(*(_link(client, device, sub=name) for name in names))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


async def test_linking_unlinking_and_linking_within_a_millisecond(
    client: httpx.AsyncClient, device: Device
) -> None:
    first = await _link(client, device)
    await client.delete(_links(device), headers=device.bearer)
    assert (await _link(client, device)).json() == first.json()
    answer = await client.get(_links(device), headers=device.bearer)
    assert answer.json()["account"] == first.json()["account"]


async def test_an_erased_installation_is_not_linked(
    client: httpx.AsyncClient, device: Device
) -> None:
    other = Device()
    for one in (device, other):
        await _link(client, one)
    await client.delete(f"/v1/subjects/{device.subject}", headers=device.bearer)
    assert await _installations(client, other) == []
    assert (await _link(client, device)).status_code == 410


@pytest.mark.parametrize("claim", ["exp", "sub", "mingshi_subject"])
async def test_a_login_that_is_not_proven_links_nothing(
    client: httpx.AsyncClient, device: Device, claim: str
) -> None:
    answer = await _link(client, device, **{claim: None})
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:mingshi:problem:login-not-proven"
    assert answer.json()["detail"].startswith(f"{claim}: ")
    unlinked = await client.get(_links(device), headers=device.bearer)
    assert unlinked.json()["account"] is None


async def test_another_device_cannot_use_the_token(
    client: httpx.AsyncClient, device: Device
) -> None:
    token = token_of(claims_for(device.subject))
    thief = Device()
    assert (await _link(client, thief, token)).status_code == 422
    for headers, status in (({}, 401), (thief.bearer, 404)):
        for answer in (
            await client.post(_links(device), json={"login_token": token}, headers=headers),
            await client.get(_links(device), headers=headers),
            await client.delete(_links(device), headers=headers),
        ):
            assert answer.status_code == status


@pytest.mark.parametrize("body", [{}, {"login_token": 1}, {"login_token": "x" * 8193}, {"a": 1}])
async def test_a_body_of_another_shape_is_refused(
    client: httpx.AsyncClient, device: Device, body: Claims
) -> None:
    answer = await client.post(_links(device), json=body, headers=device.bearer)
    assert answer.status_code == 422


async def test_no_login_name_and_no_token_is_kept_or_logged(
    client: httpx.AsyncClient, database_url: str, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = token_of(claims_for(device.subject))
    await _link(client, device, token)
    await _link(client, device, token[:-3])
    opened = Database(database_url)
    rows = opened.read(lambda connection: connection.execute(select(LINKS)).all())
    opened.close()
    written = repr(rows) + "".join(
        record.getMessage() + repr(record.__dict__.get("fields")) for record in caplog.records
    )
    assert device.subject in written
    for private in ("li-si", token, token.split(".")[1], ISSUER):
        assert private not in written


async def test_without_issuers_nobody_is_linked(sqlite_url: str, device: Device) -> None:
    async with (
        run_embedded(sqlite_url) as running,
        httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as client,
    ):
        answer = await _link(client, device, iat=int(time.time()), exp=int(time.time()) + 60)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("iss: ")
