"""A record is erased: bodies are gone for good, hashes stay, and nothing more is taken."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection, insert, select

from components.consent.event import GENESIS
from components.endpoint import EmbeddedEndpoint
from components.endpoint.database import Database
from components.endpoint.erasure import empty_the_log
from components.endpoint.schema import ERASURES, EVENTS, LINKS, REQUESTS

from .devices import Device, batch

pytestmark = pytest.mark.anyio


@pytest.fixture
def opened(endpoint: EmbeddedEndpoint, database_url: str) -> Database:
    """The endpoint's database, looked at from beside it."""
    return Database(database_url)


def _path(device: Device) -> str:
    return f"/v1/subjects/{device.subject}"


async def _send(client: httpx.AsyncClient, device: Device, number: int) -> httpx.Response:
    sent = batch(device.choose_many(number))
    return await client.post(device.events_path, json=sent, headers=device.bearer)


async def _erase(client: httpx.AsyncClient, device: Device) -> httpx.Response:
    return await client.delete(_path(device), headers=device.bearer)


def _link(subject: str) -> dict[str, str]:
    moment = "2021-11-01T08:00:00.000Z"
    return {"subject": subject, "account": "ab" * 32, "linked_at": moment}


async def test_bodies_go_and_the_chain_still_verifies(
    client: httpx.AsyncClient, opened: Database, device: Device
) -> None:
    other = Device()
    for one in (device, other):
        assert (await _send(client, one, 3)).status_code == 200
    answer = await _erase(client, device)
    assert answer.status_code == 200
    assert answer.json()["events"] == 3
    assert answer.headers["cache-control"] == "no-store"

    def rows(connection: Connection, subject: str) -> list[dict[str, object]]:
        found = connection.execute(
            select(EVENTS).where(EVENTS.c.subject == subject).order_by(EVENTS.c.sequence)
        )
        return [dict(row) for row in found.mappings()]

    erased = opened.read(lambda connection: rows(connection, device.subject))
    assert [(row["body"], row["target"], row["status"]) for row in erased] == [(None,) * 3] * 3
    assert [row["hash"] for row in erased] == [event.hash for event in device.made]
    assert [row["previous_hash"] for row in erased] == [
        GENESIS,
        *(row["hash"] for row in erased[:-1]),
    ]
    kept = opened.read(lambda connection: rows(connection, other.subject))
    assert all(row["body"] for row in kept)
    opened.close()


async def test_erasing_again_is_answered_as_the_first_time(
    client: httpx.AsyncClient, device: Device
) -> None:
    await _send(client, device, 2)
    first = await _erase(client, device)
    assert (await _erase(client, device)).json() == first.json()


async def test_nothing_more_is_taken_or_told(client: httpx.AsyncClient, device: Device) -> None:
    await _send(client, device, 2)
    await _erase(client, device)
    for answer in (
        await _send(client, device, 1),
        await client.get(device.events_path, headers=device.bearer),
        await client.get(device.state_path, headers=device.bearer),
    ):
        assert answer.status_code == 410
        assert answer.json()["type"] == "urn:mingshi:problem:erased"


async def test_a_record_that_never_was_is_erased_too(
    client: httpx.AsyncClient, device: Device
) -> None:
    assert (await _erase(client, device)).json()["events"] == 0
    assert (await _send(client, device, 1)).status_code == 410


async def test_links_and_messages_go_and_how_it_was_handled_stays(
    client: httpx.AsyncClient, opened: Database, device: Device
) -> None:
    other = Device()

    def prepare(connection: Connection) -> None:
        connection.execute(insert(LINKS), [_link(device.subject), _link(other.subject)])

    opened.write(prepare)
    new = {
        "request_id": "01890a5d-ac96-774b-bcce-b302099a8057",
        "kind": "delete",
        "pack": "epiao",
        "locale": "zh_Hans",
        "message": "请删除",
    }
    requests = f"{_path(device)}/requests"
    asked = await client.post(requests, json=new, headers=device.bearer)
    await _send(client, other, 1)
    theirs = f"{_path(device)}/links/{other.subject}/events"
    assert (await client.get(theirs, headers=device.bearer)).status_code == 200
    mine = f"{_path(other)}/links/{device.subject}/events"
    assert (await client.get(mine, headers=other.bearer)).status_code == 200
    await _erase(client, device)
    assert (await client.get(theirs, headers=device.bearer)).status_code == 404
    assert (await client.get(mine, headers=other.bearer)).status_code == 404
    found = await client.get(f"{_path(other)}/links", headers=other.bearer)
    assert found.json()["installations"] == []
    after = await client.get(requests, headers=device.bearer)
    assert after.json() == {"requests": [asked.json()]}
    again = await client.post(requests, json=new, headers=device.bearer)
    assert again.status_code == 410
    message = opened.read(
        lambda connection: connection.execute(
            select(REQUESTS.c.message).where(REQUESTS.c.subject == device.subject)
        ).scalar_one()
    )
    assert message is None
    opened.close()


async def test_who_erased_is_written(
    client: httpx.AsyncClient, opened: Database, device: Device
) -> None:
    erased = (await _erase(client, device)).json()
    [row] = opened.read(lambda connection: connection.execute(select(ERASURES)).all())
    assert tuple(row) == (device.subject, erased["erased_at"], "subject")
    opened.close()


async def test_only_the_subject_erases(client: httpx.AsyncClient, device: Device) -> None:
    await _send(client, device, 1)
    assert (await client.delete(_path(device))).status_code == 401
    assert (await client.delete(_path(device), headers=Device().bearer)).status_code == 404
    assert (await client.get(device.events_path, headers=device.bearer)).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_words_are_gone_from_the_file(
    client: httpx.AsyncClient, database: Path, device: Device
) -> None:
    def held() -> int:
        files = b"".join(f.read_bytes() for f in database.parent.glob(f"{database.name}*"))
        return sum(f'{event.event_id}","gesture"'.encode() in files for event in device.made)

    for one in (device, Device(), Device()):
        await _send(client, one, 50)
    assert held() == 50
    await _erase(client, device)
    assert held() == 0


def test_another_database_has_no_log_to_empty(database_url: str) -> None:
    opened = Database(database_url)
    empty_the_log(opened)
    opened.close()
