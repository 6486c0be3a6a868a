"""The store and its writer, on real files."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, UniqueConstraint, event

from components.consent.event import Event
from components.endpoint.database import UnsuitableDatabase, open_database, writing
from components.endpoint.schema import METADATA
from components.endpoint.store import Arrival, Contradicted, Store, Taken
from components.endpoint.writer import Writer

from .devices import Device

RECEIVED_AT = "2021-11-01T08:00:00.000Z"


def arrival(events: list[Event], clock_skew_ms: int | None = None) -> Arrival:
    return Arrival(events[0].subject, events, RECEIVED_AT, clock_skew_ms)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_database(database_url)
    yield opened
    opened.dispose()


DEVICES = [Device(), Device()]
for _device in DEVICES:
    _device.choose_many(6)
EVENTS = [event for device in DEVICES for event in device.made]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(range(len(DEVICES))),
            st.lists(st.sampled_from(range(6)), min_size=1, max_size=8),
        ),
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_however_batches_come_the_same_events_are_stored(
    batches: list[tuple[int, list[int]]], group: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(open_database(f"sqlite:///{folder}/e.sqlite3"))
        arrivals = [
            arrival([DEVICES[who].made[index] for index in indices]) for who, indices in batches
        ]
        # What came before, then everything once: any order, any number of copies.
        arrivals += [arrival(device.made) for device in DEVICES]
        first_answers: dict[str, tuple[str, bool]] = {}
        for start in range(0, len(arrivals), group):
            for sent, verdict in zip(
                arrivals[start : start + group],
                store.take(arrivals[start : start + group]),
                strict=True,
            ):
                assert isinstance(verdict, Taken)
                assert [one.event_id for one in verdict.acknowledgements] == [
                    one.event_id for one in sent.events
                ]
                for one in verdict.acknowledgements:
                    known = first_answers.setdefault(one.event_id, (one.received_at, one.late))
                    assert known == (one.received_at, one.late)
        assert len(first_answers) == len(EVENTS)
        for device in DEVICES:
            assert list(store.record(device.subject)) == device.made
        store.close()


def test_batches_of_one_transaction_stand_and_fall_alone(engine: Engine, device: Device) -> None:
    store = Store(engine)
    first, second = device.choose_many(2)
    fork = Device()
    fork.secret, fork.subject = device.secret, device.subject
    forked = fork.choose()
    taken, contradicted, after = store.take(
        [arrival([first]), arrival([forked]), arrival([second])]
    )
    assert isinstance(taken, Taken)
    assert isinstance(contradicted, Contradicted)
    assert isinstance(after, Taken)
    assert list(store.record(device.subject)) == [first, second]


def test_batches_of_one_subject_in_one_transaction_know_of_each_other(
    engine: Engine, device: Device
) -> None:
    store = Store(engine)
    first, second, third = device.choose_many(3)
    verdicts = store.take([arrival([second]), arrival([first, second]), arrival([third])])
    answers = [
        [(one.outcome, one.late) for one in verdict.acknowledgements]
        for verdict in verdicts
        if isinstance(verdict, Taken)
    ]
    assert answers == [
        [("stored", False)],
        [("stored", True), ("replayed", False)],
        [("stored", False)],
    ]


def test_every_key_and_unique_constraint_holds_the_subject() -> None:
    for table in METADATA.tables.values():
        keys = [table.primary_key] + [
            constraint
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        ]
        for key in keys:
            assert "subject" in {column.name for column in key.columns}
        assert not [index for index in table.indexes if index.unique]
        assert table.autoincrement_column is None


def test_a_commit_is_on_the_disk_before_it_returns(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        full = 2
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == full


def test_looking_up_a_batch_does_not_read_the_whole_record(engine: Engine, device: Device) -> None:
    statements: list[tuple[str, tuple[object, ...]]] = []

    def remember(*call: Any) -> None:
        statements.append((call[2], call[3]))

    event.listen(engine, "before_cursor_execute", remember)
    Store(engine).take([arrival(device.choose_many(3))])
    event.remove(engine, "before_cursor_execute", remember)
    looked_up = [found for found in statements if found[0].startswith("SELECT")]
    plan: list[str] = []
    with engine.begin() as connection:
        for statement, values in looked_up:
            rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()
            plan += [row[3] for row in rows if "events" in row[3]]
    by_id, by_sequence, highest = plan
    assert "subject=? AND event_id=?" in by_id
    assert "subject=? AND sequence=?" in by_sequence
    assert "SEARCH" in highest
    for search in plan:
        assert "SCAN" not in search


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://user:secret@host/database",
        "sqlite+aiosqlite:///file",
        "secret words",
    ],
)
def test_what_is_no_place_for_a_record(url: str) -> None:
    with pytest.raises(UnsuitableDatabase) as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


def test_a_database_of_newer_code_is_left_alone(database: Path, database_url: str) -> None:
    open_database(database_url).dispose()
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UnsuitableDatabase, match="99"):
        open_database(database_url)


@pytest.mark.anyio
async def test_batches_that_wait_share_a_commit(engine: Engine, database: Path) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    writer = Writer(Store(engine))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    devices = [Device() for _ in range(30)]
    taking = [asyncio.create_task(writer.take(arrival([device.choose()]))) for device in devices]
    await asyncio.sleep(0.1)
    other.execute("ROLLBACK")
    other.close()
    verdicts = await asyncio.gather(*taking)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    # At most one for the batch that came first, and one for all that came while it waited.
    assert len(commits) <= 2


@pytest.mark.anyio
async def test_large_batches_do_not_all_wait_for_one_commit(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    writer = Writer(Store(engine))
    devices = [Device() for _ in range(5)]
    taking = [writer.take(arrival(device.choose_many(400))) for device in devices]
    verdicts = await asyncio.gather(*taking)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    assert len(commits) == 3
    assert [len(list(Store(engine).record(device.subject))) for device in devices] == [400] * 5


@pytest.mark.anyio
async def test_one_batch_that_cannot_be_stored_does_not_spoil_the_others(
    engine: Engine, database: Path
) -> None:
    writer = Writer(Store(engine))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    devices = [Device() for _ in range(5)]
    no_such_number = 2**70
    taking = [
        asyncio.create_task(
            writer.take(arrival([device.choose()], no_such_number if index == 2 else None))
        )
        for index, device in enumerate(devices)
    ]
    await asyncio.sleep(0.1)
    other.execute("ROLLBACK")
    other.close()
    verdicts = await asyncio.gather(*taking, return_exceptions=True)
    assert [isinstance(verdict, Taken) for verdict in verdicts] == [True, True, False, True, True]
    assert isinstance(verdicts[2], OverflowError)
    store = Store(engine)
    assert [len(list(store.record(device.subject))) for device in devices] == [1, 1, 0, 1, 1]


@pytest.mark.anyio
async def test_a_request_cut_off_while_it_stores_leaves_the_others_whole(
    engine: Engine, database: Path
) -> None:
    writer = Writer(Store(engine))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    first = Device()
    leader = asyncio.create_task(writer.take(arrival([first.choose()])))
    await asyncio.sleep(0.05)
    devices = [Device() for _ in range(3)]
    taking = [asyncio.create_task(writer.take(arrival([device.choose()]))) for device in devices]
    await asyncio.sleep(0.05)
    leader.cancel()
    taking[0].cancel()
    await asyncio.sleep(0.05)
    other.execute("ROLLBACK")
    other.close()
    cut, *verdicts = await asyncio.gather(*taking, return_exceptions=True)
    assert isinstance(cut, asyncio.CancelledError)
    assert leader.cancelled()
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    again = await writer.take(arrival(first.made))
    assert isinstance(again, Taken)
    assert list(Store(engine).record(first.subject)) == first.made


def test_a_writing_transaction_holds_the_lock_from_its_start(
    engine: Engine, database: Path
) -> None:
    other = sqlite3.connect(database, timeout=0, isolation_level=None)
    with engine.begin():
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with writing(engine).begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
