"""What is asked about a record when a batch comes, and by which keys it is found."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from components.consent.event import Event
from components.endpoint.database import Database
from components.endpoint.store import Store

from .devices import Device, arrival


def _asked(database: Database, events: list[Event]) -> list[tuple[str, Any]]:
    """The questions about what is stored that are asked when a batch comes, with their values."""
    statements: list[tuple[str, Any]] = []

    def remember(*call: Any) -> None:
        if call[2].lstrip().startswith("SELECT") and "previous_hash" in call[2]:
            statements.append((call[2], call[3]))

    event.listen(database.engine, "before_cursor_execute", remember)
    Store(database).take([arrival(events)])
    event.remove(database.engine, "before_cursor_execute", remember)
    return statements


def test_only_what_does_not_go_on_where_the_record_ends_is_looked_for(
    opened: Database, device: Device
) -> None:
    events = device.choose_many(9)
    assert len(_asked(opened, events[:3])) == 1, "a new record"
    assert len(_asked(opened, events[3:5])) == 1, "the next events"
    assert len(_asked(opened, events[3:6])) == 2, "some of them again"
    assert len(_asked(opened, events[7:8])) == 2, "a gap"
    assert len(_asked(opened, [events[8], events[6]])) == 2, "not in their order"
    assert Store(opened).record(device.subject) == events


def test_sqlite_looks_a_batch_up_by_the_keys(sqlite_url: str, device: Device) -> None:
    database = Database(sqlite_url)
    events = device.choose_many(3)
    Store(database).take([arrival(events)])
    ends, around = _asked(database, events)
    with database.engine.begin() as connection:
        read = [
            row[3]
            for statement, values in (ends, around)
            for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values)
            if "events" in row[3] or " found" in row[3]
        ]
    database.close()
    last, highest, erased, by_id, by_sequence = read
    assert "subject=? AND sequence=?" in last
    assert "SEARCH events" in highest
    assert "subject=?" in highest
    assert "SEARCH found" in erased
    assert "subject=?" in erased
    assert "subject=? AND event_id=?" in by_id
    assert "subject=? AND sequence>? AND sequence<?" in by_sequence


@pytest.mark.parametrize("analyzed", [True, False])
def test_postgresql_looks_a_batch_up_by_the_keys_in_one_partition(
    postgresql_url: str, device: Device, analyzed: bool
) -> None:
    database = Database(postgresql_url)
    # A few rows are read faster than any index; the question is what becomes of many.
    events = device.choose_many(500)
    Store(database).take([arrival(events)])
    if analyzed:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE events")
    ends, around = _asked(database, events[-3:])
    with database.engine.begin() as connection:
        plan = [
            row[0]
            for statement, values in (ends, around)
            for row in connection.exec_driver_sql("EXPLAIN (ANALYZE) " + statement, values)
        ]
    database.close()
    read = [line for line in plan if " on events_" in line and "never executed" not in line]
    assert len(read) == 3
    assert all("Index" in line for line in read)
    assert len({line.split(" on events_")[1][:2] for line in read}) == 1
    conditions = "".join(line for line in plan if "Index Cond" in line)
    assert "(subject)::text = asked.value" in conditions
    assert "(event_id)::text <= asked.event_id" in conditions
    assert "sequence >= asked_1.first" in conditions
    assert "sequence <= asked_1.last" in conditions
