"""An officer looks: every reading is on record before it is answered, and pages are stable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from components.consent.clock import ManualClock
from components.consent.event import Target
from components.consent.status import ConsentStatus

from .devices import Device, batch
from .officers import OfficerKeys
from .tampering import alter, tamper

pytestmark = pytest.mark.anyio


async def _send(office: httpx.AsyncClient, device: Device, number: int = 1) -> None:
    sent = batch(device.choose_many(number))
    answer = await office.post(device.events_path, json=sent, headers=device.bearer)
    assert answer.status_code == 200


async def _get(
    office: httpx.AsyncClient, officers: OfficerKeys, path: str, **asked: Any
) -> dict[str, Any]:
    asked = {name.rstrip("_"): value for name, value in asked.items()}
    answer = await office.get(f"/v1/officer/{path}", params=asked, headers=officers.bearer())
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


async def _all_events(
    office: httpx.AsyncClient, officers: OfficerKeys, **asked: Any
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = await _get(
            office, officers, "events", **asked, **({"after": after} if after else {})
        )
        found += page["events"]
        after = page["next"]
    return found


async def test_pages_hold_every_event_once_in_the_order_of_arrival(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock
) -> None:
    devices = [Device() for _ in range(3)]
    for _ in range(4):
        for device in devices:
            await _send(office, device, 2)
        calendar.advance(timedelta(hours=7))
    found = await _all_events(office, officers, limit=5)
    assert len(found) == 24
    keys = [(one["received_at"], one["subject"], one["sequence"]) for one in found]
    # The order within one moment is the database's; each moment's events stand together.
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    assert len(set(keys)) == 24
    made = {event.event_id: event.to_json() for device in devices for event in device.made}
    assert {one["event_id"]: one["event"] for one in found} == made
    assert {one["body"] for one in found} == {"kept"}


async def test_what_arrives_while_someone_pages_moves_nothing(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock, device: Device
) -> None:
    await _send(office, device, 4)
    first = await _get(office, officers, "events", limit=2)
    calendar.advance(timedelta(seconds=1))
    await _send(office, Device(), 3)
    rest = await _get(office, officers, "events", limit=9, after=first["next"])
    assert [one["sequence"] for one in first["events"] + rest["events"]] == [1, 2, 3, 4, 1, 2, 3]
    assert rest["next"] is None


async def test_the_search_finds_by_subject_target_status_and_time(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock, device: Device
) -> None:
    album = Target.parse("permission:album")
    device.choose()
    device.choose(ConsentStatus.REFUSED, album)
    sent = batch(device.made)
    await office.post(device.events_path, json=sent, headers=device.bearer)
    calendar.advance(timedelta(days=1))
    other = Device()
    await _send(office, other)

    async def sequences(**asked: Any) -> list[int]:
        return [one["sequence"] for one in await _all_events(office, officers, **asked)]

    assert await sequences(subject=device.subject) == [1, 2]
    assert await sequences(target="permission:album") == [2]
    assert await sequences(status="given") == [1, 1]
    assert await sequences(status="given", subject=other.subject) == [1]
    assert await sequences(from_="2021-11-02") == [1]
    assert await sequences(to="2021-11-02") == [1, 2]
    assert await sequences(from_="2021-11-01T16:00:00+08:00", to="2021-11-01T08:00:00.001Z") == [
        1,
        2,
    ]
    assert await sequences(subject=Device().subject) == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("events", {"subject": "short"}),
        ("events", {"target": "purpose"}),
        ("events", {"status": "maybe"}),
        ("events", {"from": "yesterday"}),
        ("events", {"from": "2021-11-01T08:00:00"}),
        ("events", {"to": "2021-13-01"}),
        ("events", {"to": "0001-01-01T00:00:00+23:00"}),
        ("events", {"after": "not a word"}),
        ("events", {"after": "é"}),
        ("events", {"after": "WyJhIl0="}),
        ("events", {"limit": "0"}),
        ("export", {"format": "xml"}),
        ("chains", {"limit": "20001"}),
        ("chains", {"after": "e30="}),
        ("counts", {"by": "year"}),
        ("audit", {"after": "bm8="}),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    office: httpx.AsyncClient, officers: OfficerKeys, path: str, asked: dict[str, str]
) -> None:
    answer = await office.get(f"/v1/officer/{path}", params=asked, headers=officers.bearer())
    assert answer.status_code == 400
    [name] = asked
    assert name in answer.json()["detail"]


async def test_every_reading_stands_in_the_audit_with_what_was_asked(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock, device: Device
) -> None:
    await _send(office, device)
    await _get(office, officers, "events", subject=device.subject, status="given", limit=7)
    await _get(office, officers, "chains", subject=device.subject)
    calendar.advance(timedelta(minutes=1))
    await _get(office, officers, "counts", from_="2021-11-01", by="month")
    await office.get(
        "/v1/officer/export", params={"format": "csv"}, headers=officers.bearer("wang-wei")
    )
    audit = await _get(office, officers, "audit")
    assert [(one["officer"], one["action"], one["subject"]) for one in audit["entries"]] == [
        ("li-na", "search", device.subject),
        ("li-na", "check-chains", device.subject),
        ("li-na", "count", None),
        ("wang-wei", "export", None),
        ("li-na", "read-audit", None),
    ]
    assert audit["entries"][0]["detail"] == {"status": "given", "limit": 7}
    assert audit["entries"][3]["detail"] == {"format": "csv", "to": "2021-11-01T08:01:00.000Z"}
    assert audit["next"] is None
    early = await _get(office, officers, "audit", to="2021-11-01T08:01:00Z", limit=1)
    late = await _get(office, officers, "audit", to="2021-11-01T08:01:00Z", after=early["next"])
    assert [one["action"] for one in early["entries"] + late["entries"]] == [
        "search",
        "check-chains",
    ]
    since = await _get(office, officers, "audit", from_="2021-11-01T08:01:00Z", limit=500)
    assert [one["action"] for one in since["entries"]][:2] == ["count", "export"]


async def test_a_reading_that_cannot_be_written_down_is_not_answered(
    office: httpx.AsyncClient, officers: OfficerKeys, database_url: str, device: Device
) -> None:
    await _send(office, device)
    alter(database_url, "ALTER TABLE audit RENAME TO away")
    for path in ("events", "export", "chains", "counts", "audit"):
        answer = await office.get(f"/v1/officer/{path}", headers=officers.bearer())
        assert answer.status_code in (500, 503)
        assert device.subject not in answer.text


async def test_counts_by_day_and_month(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock
) -> None:
    first, second = Device(), Device()
    first.choose()
    first.choose(ConsentStatus.WITHDRAWN)
    first.choose()
    await office.post(first.events_path, json=batch(first.made), headers=first.bearer)
    calendar.advance(timedelta(days=1))
    await _send(office, second)
    by_day = await _get(office, officers, "counts", to="2021-11-03")
    assert by_day["counts"] == [
        _count("2021-11-01", "given", 2, 1),
        _count("2021-11-01", "withdrawn", 1, 1),
        _count("2021-11-02", "given", 1, 1),
    ]
    assert (by_day["since"], by_day["until"]) == (
        "2021-10-03T00:00:00.000Z",
        "2021-11-03T00:00:00.000Z",
    )
    by_month = await _get(office, officers, "counts", by="month", to="2021-12-01")
    assert by_month["counts"] == [
        _count("2021-11", "given", 3, 2),
        _count("2021-11", "withdrawn", 1, 1),
    ]
    nothing = await _get(office, officers, "counts", from_="2021-11-03", to="2021-12-01")
    assert nothing["counts"] == []
    assert (await _get(office, officers, "counts", to="0001-01-01"))["counts"] == []


def _count(period: str, status: str, events: int, subjects: int) -> dict[str, object]:
    return {
        "period": period,
        "target": "purpose:nearby-cinema",
        "status": status,
        "events": events,
        "subjects": subjects,
    }


async def test_what_was_erased_and_what_is_damaged_is_said(
    office: httpx.AsyncClient, officers: OfficerKeys, database_url: str
) -> None:
    gone, damaged, kept = Device(), Device(), Device()
    for device in (gone, damaged, kept):
        await _send(office, device)
    erased = await office.delete(f"/v1/subjects/{gone.subject}", headers=gone.bearer)
    assert erased.status_code == 200
    tamper(
        database_url,
        "UPDATE events SET body = '{' WHERE subject = :subject",
        subject=damaged.subject,
    )
    found = {one["subject"]: one for one in (await _all_events(office, officers))}
    assert found[gone.subject]["body"] == "erased"
    assert found[gone.subject]["hash"] == gone.made[0].hash
    assert found[damaged.subject]["body"] == "damaged"
    assert found[gone.subject]["event"] is found[damaged.subject]["event"] is None
    assert found[kept.subject]["event"] == kept.made[0].to_json()
    counted = (await _get(office, officers, "counts", to="2021-11-02"))["counts"]
    assert sorted(str(one["target"]) for one in counted) == ["None", "purpose:nearby-cinema"]
