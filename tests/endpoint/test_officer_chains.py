"""The walk along the chains: an untouched one has no fault, and every kind of damage is named."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from components.consent.event import canonical

from .devices import Device, altered, batch
from .officers import OfficerKeys
from .tampering import tamper

pytestmark = pytest.mark.anyio


async def _send(office: httpx.AsyncClient, *devices: Device, number: int = 3) -> None:
    for device in devices:
        sent = batch(device.choose_many(number))
        answer = await office.post(device.events_path, json=sent, headers=device.bearer)
        assert answer.status_code == 200


async def _walk(
    office: httpx.AsyncClient, officers: OfficerKeys, **asked: Any
) -> list[dict[str, Any]]:
    stretches: list[dict[str, Any]] = []
    while not stretches or stretches[-1]["next"] is not None:
        more = {"after": stretches[-1]["next"]} if stretches else {}
        answer = await office.get(
            "/v1/officer/chains", params={**asked, **more}, headers=officers.bearer()
        )
        assert answer.status_code == 200
        stretches.append(answer.json())
    return stretches


def _sum(stretches: list[dict[str, Any]], name: str) -> int:
    return sum(stretch[name] for stretch in stretches)


def _faults(stretches: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [
        (fault["subject"], fault["sequence"], fault["kind"])
        for stretch in stretches
        for fault in stretch["faults"]
    ]


@pytest.mark.parametrize("limit", [1, 2, 7, 5000])
async def test_whole_chains_have_no_fault_however_the_walk_is_cut(
    office: httpx.AsyncClient, officers: OfficerKeys, limit: int
) -> None:
    devices = [Device() for _ in range(4)]
    await _send(office, *devices)
    erased = await office.delete(f"/v1/subjects/{devices[0].subject}", headers=devices[0].bearer)
    assert erased.status_code == 200
    walk = await _walk(office, officers, limit=limit)
    assert (_sum(walk, "events"), _sum(walk, "subjects"), _sum(walk, "erased")) == (12, 4, 3)
    assert _faults(walk) == []
    assert [gap for stretch in walk for gap in stretch["gaps"]] == []
    [one] = await _walk(office, officers, subject=devices[1].subject)
    assert (one["events"], one["subjects"], one["erased"]) == (3, 1, 0)


@pytest.mark.parametrize("limit", [1, 5000])
async def test_a_gap_is_told_with_its_bounds_and_is_no_fault(
    office: httpx.AsyncClient, officers: OfficerKeys, device: Device, limit: int
) -> None:
    events = device.choose_many(8)
    for sent in (events[1:3], events[5:]):
        answer = await office.post(device.events_path, json=batch(sent), headers=device.bearer)
        assert answer.status_code == 200
    walk = await _walk(office, officers, limit=limit)
    assert _faults(walk) == []
    assert [gap for stretch in walk for gap in stretch["gaps"]] == [
        {"subject": device.subject, "first": 1, "last": 1},
        {"subject": device.subject, "first": 4, "last": 5},
    ]


_PLACE = "subject = :subject AND sequence = 2"


async def test_every_kind_of_damage_is_named_with_its_place(
    office: httpx.AsyncClient, officers: OfficerKeys, database_url: str
) -> None:
    kinds = (
        "other-hash",
        "other-columns",
        "body-unreadable",
        "body-missing",
        "body-kept",
        "broken-link",
    )
    devices = {kind: Device() for kind in (*kinds, "no-json", "no-object", "claims-to-be-first")}
    await _send(office, *devices.values())

    def damage(kind: str, change: str, **values: Any) -> str:
        subject = devices[kind].subject
        tamper(database_url, change + " WHERE " + _PLACE, subject=subject, **values)
        return subject

    second = {kind: device.made[1] for kind, device in devices.items()}
    other_words = {**second["other-hash"].to_json(), "label": "好"}
    damage("other-hash", "UPDATE events SET body = :body", body=json.dumps(other_words))
    damage("other-columns", "UPDATE events SET status = 'refused'")
    damage("no-json", "UPDATE events SET body = '{'")
    damage("no-object", "UPDATE events SET body = '[]'")
    # Hashes right in itself, and cannot be true.
    untrue = altered(second["body-unreadable"], label=None)
    damage(
        "body-unreadable",
        "UPDATE events SET body = :body, hash = :hash",
        body=canonical(untrue).decode(),
        hash=untrue["hash"],
    )
    damage("body-missing", "UPDATE events SET body = NULL, target = NULL, status = NULL")
    tamper(
        database_url,
        "INSERT INTO erasures (subject, erased_at, erased_by) VALUES (:subject, :at, 'subject')",
        subject=devices["body-kept"].subject,
        at="2021-11-01T08:00:00.000Z",
    )
    damage("broken-link", "UPDATE events SET previous_hash = :hash", hash="ab" * 32)
    first = devices["claims-to-be-first"].subject
    tamper(
        database_url,
        "UPDATE events SET sequence = 9, previous_hash = :hash WHERE subject = :subject"
        " AND sequence = 3",
        subject=first,
        hash="0" * 64,
    )
    found = _faults(await _walk(office, officers, limit=4))
    for kind in kinds:
        places = {(it[1], it[2]) for it in found if it[0] == devices[kind].subject}
        assert (2, kind) in places
    assert {it[2] for it in found if it[0] == devices["no-json"].subject} == {"body-unreadable"}
    assert {it[2] for it in found if it[0] == devices["no-object"].subject} == {"body-unreadable"}
    # What follows an event whose hash was changed no longer follows it.
    assert (devices["body-unreadable"].subject, 3, "broken-link") in found
    assert (first, 9, "broken-link") in found
    assert {it[1] for it in found if it[0] == devices["body-kept"].subject} == {1, 2, 3}


async def test_a_first_event_that_follows_something_is_a_broken_link(
    office: httpx.AsyncClient, officers: OfficerKeys, database_url: str, device: Device
) -> None:
    await _send(office, device)
    tamper(
        database_url, "UPDATE events SET previous_hash = :hash WHERE sequence = 1", hash="1" * 64
    )
    found = _faults(await _walk(office, officers, subject=device.subject))
    assert (device.subject, 1, "broken-link") in found


async def test_the_walk_goes_on_behind_an_event_that_was_taken_out(
    office: httpx.AsyncClient, officers: OfficerKeys, database_url: str, device: Device
) -> None:
    await _send(office, device)
    asked: dict[str, Any] = {"limit": 2}
    stretch = await office.get("/v1/officer/chains", params=asked, headers=officers.bearer())
    tamper(database_url, "DELETE FROM events WHERE sequence = 2")
    asked["after"] = stretch.json()["next"]
    rest = (await office.get("/v1/officer/chains", params=asked, headers=officers.bearer())).json()
    assert rest["gaps"] == [{"subject": device.subject, "first": 1, "last": 2}]
    assert (rest["subjects"], rest["events"]) == (0, 1)
