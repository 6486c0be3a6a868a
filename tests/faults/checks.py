"""What must be true after a run, read in the files of the devices and in the database itself."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from components.consent.chain import read_chain
from components.consent.event import Event
from components.consent.fold import fold
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery

_ROWS = """
SELECT subject, sequence, event_id, hash, previous_hash, target, status, body, late
FROM events ORDER BY subject, sequence
"""


@dataclass(frozen=True)
class Found:
    """What was counted at the end; the three that must be 0 come first.

    Attributes:
        lost: Choices that were confirmed or stand in a ledger, and are not at the endpoint.
        doubled: Copies beyond the first of one event id, or of one number of one subject.
        reordered: Events that arrived before one that was chosen earlier, or stand elsewhere.
        stored: Rows at the endpoint.
    """

    lost: int
    doubled: int
    reordered: int
    stored: int


@dataclass(frozen=True)
class DeviceRecord:
    """A device's own file at the end: who it is, its events, and their JSON byte for byte."""

    secret: str
    subject: str
    events: Sequence[Event]
    bodies: Sequence[str]
    states: Counter[str]


def device_record(path: Path) -> DeviceRecord:
    """Read a device's file; the ledger's own code holds the chain together."""
    with closing(Ledger(path)) as ledger:
        events = ledger.events()
        identity = ledger.secret, ledger.subject
        assert ledger.outbox.rejections() == [], "the endpoint would not take a true event"
    with closing(sqlite3.connect(path)) as connection:
        bodies = [
            body for (body,) in connection.execute("SELECT body FROM events ORDER BY sequence")
        ]
        states = Counter(dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY 1")))
    return DeviceRecord(*identity, events, bodies, states)


def acknowledged(paths: Iterable[Path]) -> set[str]:
    """Ids of the events that the devices were told are stored, at this moment."""
    ids: set[str] = set()
    for path in paths:
        with closing(sqlite3.connect(path)) as connection:
            ids |= {
                event_id
                for (event_id,) in connection.execute(
                    "SELECT event_id FROM events JOIN outbox USING (sequence) WHERE state = ?",
                    (Delivery.ACKNOWLEDGED.value,),
                )
            }
    return ids


def stored_rows(database_url: str) -> list[dict[str, Any]]:
    """Every row of the endpoint's table of events, by subject and number."""
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(_ROWS)).mappings()]
    finally:
        engine.dispose()


def check_devices(
    records: Sequence[DeviceRecord], confirmed: Sequence[tuple[str, int, str]]
) -> None:
    """Every confirmed choice stands in its ledger, once; every event has been acknowledged."""
    kept = {
        (event.subject, event.sequence, event.event_id)
        for record in records
        for event in record.events
    }
    assert len(set(confirmed)) == len(confirmed), "a choice was confirmed twice"
    assert set(confirmed) <= kept, f"confirmed and lost: {set(confirmed) - kept}"
    for record in records:
        numbers = [event.sequence for event in record.events]
        assert numbers == list(range(1, len(numbers) + 1)), "a ledger has a gap"
        assert record.states == {Delivery.ACKNOWLEDGED.value: len(numbers)}, "not all acknowledged"


def check_endpoint(records: Sequence[DeviceRecord], rows: Sequence[dict[str, Any]]) -> Found:
    """The endpoint has what the devices have, byte for byte, and nothing else."""
    made = {event.event_id for record in records for event in record.events}
    ids = Counter(row["event_id"] for row in rows)
    places = Counter((row["subject"], row["sequence"]) for row in rows)
    by_subject: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_subject[row["subject"]].append(row)
    reordered = 0
    for record in records:
        mine = by_subject[record.subject]
        chosen = [event.event_id for event in record.events]
        stands = [row["event_id"] for row in mine]
        # "late" says that a higher number was there already when the event arrived.
        reordered += sum(bool(row["late"]) for row in mine)
        reordered += sum(a != b for a, b in zip(chosen, stands, strict=False))
    found = Found(
        lost=len(made - set(ids)),
        doubled=sum(ids.values()) - len(ids) + sum(places.values()) - len(places),
        reordered=reordered,
        stored=len(rows),
    )
    assert (found.lost, found.doubled, found.reordered) == (0, 0, 0), found
    assert set(ids) == made, "the endpoint has events that no device made"
    for record in records:
        mine = by_subject[record.subject]
        # Raises where a number is missing or an event does not follow the one before it.
        assert read_chain([(row["sequence"], row["body"]) for row in mine]) == list(record.events)
        differing = [
            row for row, body in zip(mine, record.bodies, strict=True) if row["body"] != body
        ]
        assert differing == [], "stored with another body"
        for row, event in zip(mine, record.events, strict=True):
            copied = (row["hash"], row["previous_hash"], row["target"], row["status"])
            made_of = (event.hash, event.previous_hash, str(event.target), event.status)
            assert copied == made_of, "stored beside its body with another value"
    return found


def check_answers(records: Sequence[DeviceRecord], url: str) -> None:
    """The endpoint tells each device its own events, and the state that they leave behind."""
    with httpx.Client(base_url=url, timeout=30) as client:
        for record in records:
            bearer = {"authorization": f"Bearer {record.secret}"}
            place = f"/v1/subjects/{record.subject}"
            told = client.get(f"{place}/state", headers=bearer)
            assert told.status_code == 200, told.text
            assert {
                target: (entry["status"], entry["event_id"])
                for target, entry in told.json()["state"].items()
            } == {
                str(target): (event.status.value, event.event_id)
                for target, event in fold(record.events).items()
            }, "the endpoint tells another state"
            events = _events_told(client, place, bearer)
            assert events == list(record.events), "the endpoint tells other events"


def _events_told(client: httpx.Client, place: str, bearer: dict[str, str]) -> list[Event]:
    events: list[Event] = []
    after: int | None = 0
    while after is not None:
        told = client.get(
            f"{place}/events", params={"after": after, "limit": 500}, headers=bearer
        ).json()
        events += [Event.from_json(one["event"]) for one in told["events"]]
        after = told["next_after"]
    return events
