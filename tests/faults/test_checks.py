"""The checks at the end of a run see what they are there to see."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components.consent.ledger import Ledger, LedgerDamaged
from tests.consent.making import draft

from .checks import (
    DeviceRecord,
    acknowledged,
    check_answers,
    check_devices,
    check_endpoint,
    device_record,
    stored_rows,
)
from .client import ClientSettings
from .processes import Devices, DidNotHappen, Replica

Rows = list[dict[str, Any]]
Confirmed = list[tuple[str, int, str]]


@pytest.fixture
def records(tmp_path: Path) -> list[DeviceRecord]:
    """Two devices with four choices each, all acknowledged."""
    paths = [tmp_path / name for name in ("one.sqlite3", "two.sqlite3")]
    for path in paths:
        with closing(Ledger(path)) as ledger:
            ledger.outbox.acknowledge([ledger.append(draft()) for _ in range(4)])
    return [device_record(path) for path in paths]


@pytest.fixture
def rows(records: list[DeviceRecord]) -> Rows:
    """What an endpoint that does right has stored of them."""
    return [
        {
            "subject": event.subject,
            "sequence": event.sequence,
            "event_id": event.event_id,
            "hash": event.hash,
            "previous_hash": event.previous_hash,
            "target": str(event.target),
            "status": event.status.value,
            "body": body,
            "late": False,
        }
        for record in sorted(records, key=lambda record: record.subject)
        for event, body in zip(record.events, record.bodies, strict=True)
    ]


@pytest.fixture
def confirmed(records: list[DeviceRecord]) -> Confirmed:
    return [
        (event.subject, event.sequence, event.event_id)
        for record in records
        for event in record.events
    ]


def test_a_right_endpoint_passes(records: list[DeviceRecord], rows: Rows) -> None:
    found = check_endpoint(records, rows)
    assert (found.lost, found.doubled, found.reordered, found.stored) == (0, 0, 0, 8)


def _second_time(rows: Rows) -> None:
    rows.append({**rows[3], "sequence": 5})


def _second_at_one_place(rows: Rows) -> None:
    rows.append({**rows[3], "event_id": rows[3]["event_id"][:-1] + "x"})


def _exchanged(rows: Rows) -> None:
    rows[1], rows[2] = ({**rows[i], "sequence": rows[j]["sequence"]} for i, j in ((2, 1), (1, 2)))


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda rows: rows.pop(2), "lost=1, doubled=0"),
        (_second_time, "lost=0, doubled=1"),
        (_second_at_one_place, "lost=0, doubled=1"),
        (_exchanged, "lost=0, doubled=0, reordered=2"),
        (lambda rows: rows[1].update(late=True), "reordered=1"),
        (lambda rows: rows.append({**rows[0], "subject": "x", "event_id": "x"}), "no device made"),
        (lambda rows: rows[1].update(body=rows[1]["body"].replace(",", ", ")), "another body"),
        (lambda rows: rows[1].update(hash="ab" * 32), "another value"),
        (lambda rows: rows[1].update(target=None), "another value"),
        (lambda rows: rows[1].update(status="given"), "another value"),
    ],
)
def test_a_wrong_endpoint_does_not(
    records: list[DeviceRecord], rows: Rows, spoil: Callable[[Rows], object], complaint: str
) -> None:
    spoil(rows)
    with pytest.raises(AssertionError, match=complaint):
        check_endpoint(records, rows)


def test_an_event_changed_at_the_endpoint_is_seen(records: list[DeviceRecord], rows: Rows) -> None:
    rows[1]["body"] = rows[1]["body"].replace("refused", "withdrawn")
    with pytest.raises(LedgerDamaged):
        check_endpoint(records, rows)


def test_devices_that_keep_what_they_confirmed_pass(
    records: list[DeviceRecord], confirmed: Confirmed
) -> None:
    check_devices(records, confirmed)
    check_devices(records, confirmed[:-1])


def test_a_device_that_lost_something_does_not(
    records: list[DeviceRecord], confirmed: Confirmed
) -> None:
    lost = [replace(records[0], events=records[0].events[:-1]), records[1]]
    with pytest.raises(AssertionError, match="confirmed and lost"):
        check_devices(lost, confirmed)
    with pytest.raises(AssertionError, match="not all acknowledged"):
        check_devices(lost, confirmed[:3])  # not confirmed, and yet it was there
    with pytest.raises(AssertionError, match="twice"):
        check_devices(records, [*confirmed, confirmed[0]])


def test_a_device_with_something_unsent_does_not(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite3"
    with closing(Ledger(path)) as ledger:
        first, second = ledger.append(draft()), ledger.append(draft())
        ledger.outbox.acknowledge([first])
    assert acknowledged([path]) == {first.event_id}
    with pytest.raises(AssertionError, match="not all acknowledged"):
        check_devices([device_record(path)], [])
    with closing(Ledger(path)) as ledger:
        ledger.outbox.acknowledge([second])
    check_devices([device_record(path)], [])
    assert acknowledged([path]) == {first.event_id, second.event_id}


def test_an_endpoint_and_devices_without_faults(tmp_path: Path) -> None:
    """The processes of a run by themselves; also what is said when something never comes."""
    database = tmp_path / "endpoint.sqlite3"
    deadline = time.monotonic() + 60
    with Replica(f"sqlite:///{database}") as replica:
        settings = ClientSettings(str(tmp_path), replica.url, devices=2, choices=9, seed="1")
        with Devices(settings, tmp_path / "errors.txt") as devices:
            devices.until_said("drained", deadline)
            devices.until_confirmed(18, deadline)
            with pytest.raises(DidNotHappen, match="19 choices: 18 confirmed"):
                devices.until_confirmed(19, deadline)
        records = [device_record(settings.ledger(number)) for number in range(2)]
        check_devices(records, devices.confirmed)
        assert check_endpoint(records, stored_rows(f"sqlite:///{database}")).stored == 18
        check_answers(records, replica.url)
        fewer = replace(records[0], events=records[0].events[:-1])
        with pytest.raises(AssertionError, match="the endpoint tells"):
            check_answers([fewer], replica.url)
