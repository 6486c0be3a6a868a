"""What is stored of which batch, whatever comes in whatever order."""

from __future__ import annotations

import random
import tempfile
import threading
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import UniqueConstraint, func, insert, select
from sqlalchemy.exc import IntegrityError

from components.consent.event import Event, canonical
from components.endpoint.additions import Row, add
from components.endpoint.database import Database
from components.endpoint.entries import Entry
from components.endpoint.erasure import erase
from components.endpoint.judgement import Contradicted, RecordErased, Taken
from components.endpoint.problems import Problem
from components.endpoint.schema import EVENTS, METADATA
from components.endpoint.store import Store

from .devices import RECEIVED_AT, Device, altered, arrival, entries


@pytest.fixture
def store(opened: Database) -> Store:
    return Store(opened)


def codes(verdict: object) -> list[tuple[int, str]]:
    assert isinstance(verdict, Contradicted)
    return [(fault.index, fault.code) for fault in verdict.faults]


DEVICES = [Device(), Device()]
for _device in DEVICES:
    _device.choose_many(6)
EVENTS_MADE = [event for device in DEVICES for event in device.made]


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
        database = Database(f"sqlite:///{folder}/e.sqlite3")
        _hold_whatever_comes(Store(database), batches, group)
        database.close()


def _hold_whatever_comes(store: Store, batches: list[tuple[int, list[int]]], group: int) -> None:
    arrivals = [
        arrival([DEVICES[who].made[index] for index in indices]) for who, indices in batches
    ]
    # What came before, then everything once: any order, any number of copies.
    arrivals += [arrival(device.made) for device in DEVICES]
    first_answers: dict[str, tuple[str, bool]] = {}
    for start in range(0, len(arrivals), group):
        sent = arrivals[start : start + group]
        for one_sent, verdict in zip(sent, store.take(sent), strict=True):
            assert isinstance(verdict, Taken)
            answered = [one.event_id for one in verdict.acknowledgements]
            assert answered == [one.event_id for one in one_sent.events]
            for one in verdict.acknowledgements:
                known = first_answers.setdefault(one.event_id, (one.received_at, one.late))
                assert known == (one.received_at, one.late)
    assert len(first_answers) == len(EVENTS_MADE)
    for device in DEVICES:
        assert store.record(device.subject) == device.made


def test_the_same_on_each_database(store: Store) -> None:
    _hold_whatever_comes(
        store, [(0, [3, 4, 4]), (1, [0, 5]), (0, [1, 0]), (1, [5, 2]), (0, [5, 2])], 2
    )


def test_batches_of_one_transaction_stand_and_fall_alone(store: Store, device: Device) -> None:
    first, second = device.choose_many(2)
    forked = device.fork().choose()
    taken, contradicted, after = store.take(
        [arrival([first]), arrival([forked]), arrival([second])]
    )
    assert isinstance(taken, Taken)
    assert codes(contradicted) == [(0, "forked-record")]
    assert isinstance(after, Taken)
    assert store.record(device.subject) == [first, second]


def test_batches_of_one_subject_in_one_transaction_know_of_each_other(
    store: Store, device: Device
) -> None:
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


def test_an_event_must_follow_the_stored_one_below_it(store: Store, device: Device) -> None:
    first, second = device.choose_many(2)
    other = device.fork()
    other.choose(label="不同意")
    other_second = other.choose()
    store.take([arrival([first])])
    [verdict] = store.take([arrival([other_second])])
    assert codes(verdict) == [(0, "broken-chain")]
    [verdict] = store.take([arrival([second])])
    assert isinstance(verdict, Taken)


def test_the_stored_one_above_must_follow_an_event(store: Store, device: Device) -> None:
    first, second, third = device.choose_many(3)
    other = device.fork()
    other_first = other.choose(label="不同意")
    store.take([arrival([second, third])])
    [verdict] = store.take([arrival([other_first])])
    assert codes(verdict) == [(0, "broken-chain")]
    [verdict] = store.take([arrival([first])])
    assert isinstance(verdict, Taken)


@pytest.mark.parametrize("turned", [False, True])
def test_the_chain_is_held_within_a_batch_too(store: Store, device: Device, turned: bool) -> None:
    first, _ = device.choose_many(2)
    other = device.fork()
    other.choose(label="不同意")
    other_second = other.choose()
    events = [other_second, first] if turned else [first, other_second]
    [verdict] = store.take([arrival(events)])
    assert codes(verdict) == [(0 if turned else 1, "broken-chain")]
    assert store.record(device.subject) == []


def test_gaps_may_be_filled_later(store: Store, device: Device) -> None:
    events = device.choose_many(5)
    for numbers in ([4], [1, 0], [2, 3]):
        [verdict] = store.take([arrival([events[number] for number in numbers])])
        assert isinstance(verdict, Taken)
    assert store.record(device.subject) == events


def test_what_a_faulty_batch_would_have_added_binds_nobody(store: Store, device: Device) -> None:
    first, second = device.choose_many(2)
    other = device.fork()
    other_first, other_second = other.choose(label="不同意"), other.choose()
    store.take([arrival([second])])
    refused, taken = store.take([arrival([other_first, other_second]), arrival([first])])
    assert codes(refused) == [(0, "broken-chain"), (1, "forked-record")]
    assert isinstance(taken, Taken)


def test_nothing_is_taken_or_given_of_what_was_erased(
    store: Store, opened: Database, device: Device
) -> None:
    first, second = device.choose_many(2)
    other = Device()
    store.take([arrival([first])])
    opened.write(lambda connection: erase(connection, device.subject, at=RECEIVED_AT, by="subject"))
    replay, new, taken = store.take(
        [arrival([first]), arrival([second]), arrival([other.choose()])]
    )
    assert replay == new == RecordErased(RECEIVED_AT)
    assert isinstance(taken, Taken)
    for reading in (
        lambda: store.record(device.subject),
        lambda: store.events(device.subject, 0, 10),
    ):
        with pytest.raises(Problem, match="erased"):
            reading()
    stored = opened.read(
        lambda connection: connection.execute(
            select(EVENTS.c.body, EVENTS.c.hash).where(EVENTS.c.subject == device.subject)
        ).all()
    )
    assert stored == [(None, first.hash)]


def test_replicas_that_write_for_one_subject_stand_in_line(
    database_url: str, device: Device
) -> None:
    """However two replicas interleave: one chain, each event once, one answer for each."""
    other = device.fork()
    device.choose_many(30)
    for number in range(30):
        other.choose(label="不同意" if number == 0 else "同意")
    chains = [device.made, other.made]
    answers: list[list[tuple[str, str]]] = [[], []]
    begin = threading.Barrier(2)

    def replica(number: int) -> None:
        database = Database(database_url)
        order = random.Random(number)  # noqa: S311
        begin.wait()
        for event_made in chains[number]:
            # Its own, and what it saw another replica's device send.
            sent = [event_made] if order.random() < 0.5 else chains[number][: event_made.sequence]
            [verdict] = Store(database).take([arrival(sent, f"2021-11-01T08:00:00.00{number}Z")])
            if isinstance(verdict, Taken):
                answers[number] += [
                    (one.event_id, one.received_at) for one in verdict.acknowledgements
                ]
        database.close()

    threads = [threading.Thread(target=replica, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database = Database(database_url)
    record = Store(database).record(device.subject)
    database.close()
    for before, after in pairwise(record):
        assert after.sequence != before.sequence + 1 or after.previous_hash == before.hash
    assert {one.event_id for one in record} == {id_ for each in answers for id_, _ in each}
    assert len(dict(answers[0] + answers[1])) == len(set(answers[0] + answers[1]))


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


@given(st.text(min_size=1, max_size=200), st.integers(0, 2**53 - 1))
def test_what_is_stored_is_canonical(label: str, monotonic_ms: int) -> None:
    body = altered(TEMPLATE, label=label, monotonic_ms=monotonic_ms)
    assert Entry.of(Event.from_json(body)).body == canonical(body).decode()


TEMPLATE = Device().choose()


def test_an_id_that_comes_again_with_the_next_number_is_refused(
    store: Store, device: Device
) -> None:
    """That is seen only when the key of the table refuses the row."""
    first, second = device.choose_many(2)
    again = Event.from_json(altered(second, event_id=first.event_id))
    other = Device()
    store.take([arrival([first])])
    refused, taken = store.take([arrival([again]), arrival([other.choose()])])
    assert codes(refused) == [(0, "other-body")]
    assert isinstance(taken, Taken)
    assert store.record(device.subject) == [first]
    assert store.record(other.subject) == other.made


def test_rows_that_sqlite_refuses_take_their_whole_transaction_back(
    sqlite_url: str, device: Device
) -> None:
    device.choose_many(70)
    rows = [
        Row(**msgspec.structs.asdict(entry), received_at=RECEIVED_AT, late=False, clock_skew_ms=0)
        for entry in entries(device.made)
    ]
    database = Database(sqlite_url)
    store = Store(database)
    database.write(lambda connection: add(connection, rows[69:]))
    # The first statement holds 64 of them, and goes well.
    with pytest.raises(IntegrityError):
        database.write(lambda connection: add(connection, rows))
    assert [row.body for row in store.events(device.subject, 0, 100)] == [rows[69].body]
    database.write(lambda connection: add(connection, rows[:69]))
    assert len(store.events(device.subject, 0, 100)) == 70
    database.close()


def test_a_long_record_is_read_in_stretches(store: Store, opened: Database) -> None:
    device = Device()
    events = device.choose_many(1002)
    for start in range(0, len(events), 500):
        store.take([arrival(events[start : start + 500])])
    assert store.record(device.subject) == events
    assert [row.late for row in store.events(device.subject, 1000, 5)] == [False, False]
    with opened.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(EVENTS)).scalar_one() == 1002


def test_a_damaged_row_is_no_event(opened: Database, device: Device) -> None:
    made = device.choose()
    row = {
        "subject": made.subject,
        "sequence": 1,
        "event_id": made.event_id,
        "hash": made.hash,
        "previous_hash": made.previous_hash,
        "body": canonical(altered(made, label="其他") | {"hash": made.hash}).decode(),
        "received_at": RECEIVED_AT,
        "late": False,
    }
    opened.write(lambda connection: connection.execute(insert(EVENTS), row))
    with pytest.raises(ValueError, match="hash"):
        Store(opened).record(device.subject)
