"""The export: all of it, in pages, harmless in a spreadsheet, and cut off nowhere unseen."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from components.consent.clock import ManualClock
from components.endpoint.database import Database
from components.endpoint.officer.export import ExportFormat, exported
from components.endpoint.officer.search import Wanted

from .devices import Device, altered, batch
from .officers import OfficerKeys
from .tampering import alter, tamper

pytestmark = pytest.mark.anyio


async def _export(office: httpx.AsyncClient, officers: OfficerKeys, **asked: str) -> bytes:
    answer = await office.get(
        "/v1/officer/export",
        params={name.rstrip("_"): value for name, value in asked.items()},
        headers=officers.bearer(),
    )
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    suffix = asked.get("format", "ndjson")
    assert answer.headers["content-disposition"].endswith(f'.{suffix}"')
    return answer.content


async def _send(office: httpx.AsyncClient, device: Device, number: int) -> None:
    sent = batch(device.choose_many(number))
    answer = await office.post(device.events_path, json=sent, headers=device.bearer)
    assert answer.status_code == 200


def _checked(export: bytes) -> tuple[list[dict[str, Any]], int]:
    """The events of an NDJSON export, once its last line was held against the rest."""
    before, _, last = export.rstrip(b"\n").rpartition(b"\n")
    before += b"\n" if before else b""
    end = json.loads(last)["end"]
    assert end["sha256"] == hashlib.sha256(before).hexdigest()
    return [json.loads(line) for line in before.splitlines()], end["events"]


async def test_all_of_it_over_many_pages(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock
) -> None:
    devices = [Device() for _ in range(3)]
    for device in devices:
        await _send(office, device, 400)
    calendar.advance(timedelta(seconds=1))
    events, number = _checked(await _export(office, officers))
    made = {event.event_id: event.to_json() for device in devices for event in device.made}
    assert number == len(events) == 1200
    assert {one["event_id"]: one["event"] for one in events} == made
    assert all(one["received_at"] == "2021-11-01T08:00:00.000Z" for one in events)


async def test_a_part_of_it_and_nothing_of_it(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock, device: Device
) -> None:
    await _send(office, device, 2)
    calendar.advance(timedelta(days=1))
    other = Device()
    await _send(office, other, 3)
    # What arrives at the moment of asking is the next export's.
    _, number = _checked(await _export(office, officers))
    assert number == 2
    events, number = _checked(await _export(office, officers, from_="2021-11-02", to="2021-11-03"))
    assert ({one["subject"] for one in events}, number) == ({other.subject}, 3)
    _, number = _checked(await _export(office, officers, subject=device.subject))
    assert number == 2
    assert _checked(await _export(office, officers, to="2021-11-01")) == ([], 0)


async def test_a_table_that_no_spreadsheet_runs(
    office: httpx.AsyncClient, officers: OfficerKeys, calendar: ManualClock, device: Device
) -> None:
    formula = altered(device.choose(), label='=HYPERLINK("x")', gesture="@sum\n1,2")
    sent = {"events": [formula]}
    early = (calendar.now() - timedelta(seconds=5)).isoformat()
    answer = await office.post(
        device.events_path, json=sent, headers={**device.bearer, "mingshi-sent-at": early}
    )
    assert answer.status_code == 200
    gone = Device()
    await _send(office, gone, 1)
    await office.delete(f"/v1/subjects/{gone.subject}", headers=gone.bearer)
    calendar.advance(timedelta(seconds=1))
    export = await _export(office, officers, format="csv")
    assert export.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(export.decode("utf-8-sig"), newline="")))
    assert rows[-1]["subject"] == "end-of-export"
    assert rows[-1]["sequence"] == "2"
    last = export.rstrip(b"\r\n").rpartition(b"\r\n")[2]
    assert rows[-1]["event_id"] == hashlib.sha256(export[: export.index(last)]).hexdigest()
    by_subject = {row["subject"].removeprefix("'"): row for row in rows[:-1]}
    kept, erased = by_subject[device.subject], by_subject[gone.subject]
    assert kept["label"] == "'" + formula["label"]
    assert kept["gesture"] == "'" + formula["gesture"]
    assert kept["clock_skew_ms"] == "-5000"
    assert (kept["late"], kept["body"], kept["indicated_by"]) == ("false", "kept", "subject")
    assert kept["notice"] == formula["notice"]["notice"]
    assert kept["notice_digest"] == formula["notice"]["digest"]
    assert (erased["body"], erased["target"], erased["label"]) == ("erased", "", "")
    assert erased["hash"] == gone.made[0].hash
    for row in rows:
        for name, cell in row.items():
            assert name == "clock_skew_ms" or not cell.startswith(("=", "+", "-", "@"))


async def test_a_subject_that_looks_like_a_formula_is_one_cell_of_text(
    database_url: str, device: Device, office: httpx.AsyncClient
) -> None:
    await _send(office, device, 1)
    subject = "-" + device.subject[1:]
    tamper(database_url, "UPDATE events SET subject = :subject", subject=subject)
    database = Database(database_url)
    export = b"".join([part async for part in exported(database, Wanted(), ExportFormat.CSV)])
    database.close()
    assert f"\r\n'{subject}," in export.decode()


async def test_an_export_that_breaks_off_has_no_end(
    database_url: str, device: Device, office: httpx.AsyncClient
) -> None:
    await _send(office, device, 500)
    other = Device()
    await _send(office, other, 10)
    database = Database(database_url)
    parts = exported(database, Wanted(), ExportFormat.NDJSON)
    first = await anext(parts)
    assert first.count(b"\n") == 500
    alter(database_url, "ALTER TABLE events RENAME TO away")
    with pytest.raises(DBAPIError):
        await anext(parts)
    database.close()
    assert b'"end"' not in first
