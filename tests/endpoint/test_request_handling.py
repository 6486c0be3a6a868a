"""Officers handle requests step by step, find what is overdue, and erase on request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import uuid6
from sqlalchemy import select

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint
from components.endpoint.database import Database
from components.endpoint.rights.lifecycle import (
    MOVES,
    OPEN,
    DelayReason,
    RefusalReason,
    RequestStatus,
)
from components.endpoint.schema import ERASURES

from .devices import Device, batch
from .requesting import (
    NOW,
    OFFICER,
    OFFICERS_REQUESTS,
    REFUSED,
    ask,
    audited,
    erase_on_request,
    handling,
    listed,
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


async def test_the_whole_way_of_a_deletion(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    asked = await ask(client, device, kind="delete", message="都删掉")
    way = ["verifying", "accepted", "cascading", "isolated", "done"]
    for status in way:
        clock.advance(timedelta(hours=1))
        answer = await take_step(client, device, asked["request_id"], status=status, note=status)
        assert answer.status_code == 200
    handled = answer.json()
    assert handled["subject"] == device.subject
    assert handled["message"] == "都删掉"
    seen = await client.get(requests_path(device, asked["request_id"]), headers=device.bearer)
    steps = seen.json()["steps"]
    assert [step["status"] for step in steps] == ["received", *way]
    assert [step["number"] for step in steps] == [1, 2, 3, 4, 5, 6]
    assert {step["taken_by"] for step in steps[1:]} == {"officer"}
    assert steps[5]["at"] == "2025-03-03T07:00:00.000Z"
    assert "subject" not in seen.json()
    assert seen.json()["status"] == "done"


async def test_a_refusal_tells_reason_note_and_remedies(
    client: httpx.AsyncClient, device: Device
) -> None:
    asked = await ask(client, device)
    answer = await take_step(client, device, asked["request_id"], **REFUSED)
    assert answer.status_code == 200
    seen = (
        await client.get(requests_path(device, asked["request_id"]), headers=device.bearer)
    ).json()
    assert seen["status"] == "refused"
    assert seen["steps"][-1]["reason"] == REFUSED["reason"]
    assert seen["steps"][-1]["note"] == REFUSED["note"]
    assert seen["remedies"] == ["complain-to-authority", "sue-in-court"]


UNREASONED: list[tuple[dict[str, object], str]] = [
    ({**REFUSED, "reason": None}, "refused needs a reason, one of: justifications:Process"),
    ({**REFUSED, "reason": "because"}, "refused needs a reason"),
    ({**REFUSED, "reason": "justifications:ComplexityOfProcess"}, "refused needs a reason"),
    ({**REFUSED, "note": None}, "refused needs a note"),
    ({**REFUSED, "note": " \n"}, "refused needs a note"),
    ({"status": "extended"}, "extended needs a reason"),
    ({**REFUSED, "status": "extended"}, "extended needs a reason"),
    ({**REFUSED, "status": "accepted"}, "accepted takes no reason"),
    ({"status": "received"}, ""),
    ({"status": "cancelled"}, ""),
    ({"status": "verifying", "note": "x" * 2001}, ""),
]


async def test_a_step_needs_its_reasons(client: httpx.AsyncClient, device: Device) -> None:
    for step, said in UNREASONED:
        asked = await ask(client, device)
        sent = {name: value for name, value in step.items() if value is not None}
        answer = await take_step(client, device, asked["request_id"], **sent)
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith(said)
        seen = await client.get(requests_path(device, asked["request_id"]), headers=device.bearer)
        assert seen.json() == asked


async def test_a_step_that_does_not_follow_is_refused(
    client: httpx.AsyncClient, device: Device
) -> None:
    asked = await ask(client, device)
    early = await take_step(client, device, asked["request_id"], status="done")
    assert early.status_code == 409
    assert "verifying, accepted, refused, cancelled, extended" in early.json()["detail"]
    await take_step(client, device, asked["request_id"], **REFUSED)
    late = await take_step(client, device, asked["request_id"], status="accepted")
    assert late.status_code == 409
    assert late.json()["detail"].endswith("what may follow is: nothing.")


async def test_longer_than_promised_but_not_than_the_law_allows(
    client: httpx.AsyncClient, device: Device
) -> None:
    reason = "justifications:IdentityVerificationRequired"
    asked = await ask(client, device, pack="quick")
    await take_step(client, device, asked["request_id"], status="verifying")
    answer = await take_step(client, device, asked["request_id"], status="extended", reason=reason)
    assert answer.json()["due_on"] == "2025-03-24"
    assert answer.json()["status"] == "verifying"
    assert answer.json()["steps"][-1]["reason"] == reason
    again = await take_step(client, device, asked["request_id"], status="extended", reason=reason)
    assert again.status_code == 409
    assert "2025-03-24" in again.json()["detail"]
    accepted = await take_step(client, device, asked["request_id"], status="accepted")
    assert accepted.json()["status"] == "accepted"


def test_every_request_comes_to_an_end() -> None:
    assert set(MOVES) == set(RequestStatus) - {RequestStatus.EXTENDED}
    ends = {status for status, following in MOVES.items() if not following}
    assert ends == {RequestStatus.DONE, RequestStatus.REFUSED, RequestStatus.CANCELLED}
    assert set(OPEN) | ends == set(MOVES)
    for start in MOVES:
        reached = {start}
        for _ in MOVES:
            reached |= {after for one in reached for after in MOVES.get(one, ())}
        assert reached & ends
    before_done = {status for status, after in MOVES.items() if RequestStatus.DONE in after}
    assert RequestStatus.RECEIVED not in before_done


def test_reasons_are_terms_of_the_vocabulary() -> None:
    for reason in (*RefusalReason, *DelayReason):
        assert reason.value == "justifications:" + reason.name.title().replace("_", "")


async def test_officers_find_what_is_overdue(
    client: httpx.AsyncClient, clock: ManualClock, device: Device
) -> None:
    other = Device()
    first = (await ask(client, device))["request_id"]
    quick = (await ask(client, other, pack="quick"))["request_id"]
    clock.advance(timedelta(days=1))
    last = (await ask(client, other))["request_id"]
    assert await listed(client) == [quick, first, last]
    assert await listed(client, due_before="2025-03-25") == [quick, first]
    assert await listed(client, due_before="2025-03-24") == [quick]
    await take_step(client, device, first, status="verifying")
    reason = "justifications:ComplexityOfProcess"
    await take_step(client, other, quick, status="extended", reason=reason)
    assert await listed(client, status="verifying") == [first]
    assert set(await listed(client, status="received")) == {quick, last}
    await take_step(client, device, first, **REFUSED)
    assert set(await listed(client, status="open")) == {quick, last}
    assert await listed(client, status="open", due_before="2025-03-25") == [quick]
    assert await listed(client, status="refused", due_before="2025-03-25") == [first]


async def test_officers_read_stretch_by_stretch(client: httpx.AsyncClient) -> None:
    devices = [Device() for _ in range(5)]
    asked = {(await ask(client, device))["request_id"] for device in devices}
    found: list[str] = []
    query: dict[str, str | int] = {"limit": 2}
    for _ in range(3):
        answer = (await client.get(OFFICERS_REQUESTS, params=query, headers=OFFICER)).json()
        found += [one["request_id"] for one in answer["requests"]]
        query["after"] = answer["next_after"]
    assert answer["next_after"] is None
    assert len(found) == 5
    assert set(found) == asked


UNREADABLE: list[dict[str, str]] = [
    {"status": "extended"},
    {"status": "gone"},
    {"due_before": "tomorrow"},
    {"due_before": "20250324"},
    {"due_before": "2025-02-30"},
    {"after": "x"},
    {"limit": "0"},
    {"limit": "101"},
]


async def test_an_unreadable_query_is_refused(client: httpx.AsyncClient) -> None:
    for query in UNREADABLE:
        answer = await client.get(OFFICERS_REQUESTS, params=query, headers=OFFICER)
        assert answer.status_code == 400


async def test_what_officers_do_is_written_down(
    client: httpx.AsyncClient, database_url: str, device: Device
) -> None:
    asked = await ask(client, device, message="私事")
    await listed(client, status="open")
    await take_step(client, device, asked["request_id"], **REFUSED)
    entries = audited(database_url)
    assert [(entry["officer"], entry["action"], entry["subject"]) for entry in entries] == [
        ("subject", "list-requests", ""),
        ("subject", "step-request", device.subject),
    ]
    assert entries[0]["detail"] == {"status": "open"}
    assert entries[1]["detail"] == {
        "request": asked["request_id"],
        "status": "refused",
        "reason": REFUSED["reason"],
    }


async def test_an_officer_erases_on_an_accepted_request(
    client: httpx.AsyncClient, database_url: str, clock: ManualClock, device: Device
) -> None:
    sent = batch(device.choose_many(2))
    await client.post(device.events_path, json=sent, headers=device.bearer)
    asked = await ask(client, device, kind="close-account", message="注销")
    request_id = asked["request_id"]
    assert (await erase_on_request(client, device, request_id)).status_code == 409
    other = await ask(client, device, kind="access")
    await take_step(client, device, other["request_id"], status="accepted")
    assert (await erase_on_request(client, device, other["request_id"])).status_code == 409
    assert (await erase_on_request(client, device, str(uuid6.uuid7()))).status_code == 404
    assert (await client.get(device.events_path, headers=device.bearer)).status_code == 200
    await take_step(client, device, request_id, status="accepted")
    erased = await erase_on_request(client, device, request_id)
    assert erased.json() == {"erased_at": "2025-03-03T02:00:00.000Z", "events": 2}
    clock.advance(timedelta(minutes=1))
    assert (await erase_on_request(client, device, request_id)).json() == erased.json()
    assert (await client.get(device.events_path, headers=device.bearer)).status_code == 410
    done = await take_step(client, device, request_id, status="done")
    assert done.json()["message"] is None
    seen = await client.get(requests_path(device, request_id), headers=device.bearer)
    assert seen.json()["status"] == "done"
    opened = Database(database_url)
    [row] = opened.read(lambda connection: connection.execute(select(ERASURES)).all())
    opened.close()
    assert row.erased_by == "officer:subject"
    acts = [entry for entry in audited(database_url) if entry["action"] == "erase"]
    assert len(acts) == 2
    assert acts[0]["detail"] == {"request": request_id, "reason": "决定"}
