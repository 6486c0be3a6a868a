"""The ledger: what is written, by whom, and what cannot be."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from components.consent.clock import ManualClock
from components.consent.event import GENESIS, Cause, Event, MalformedEvent
from components.consent.identity import subject_of
from components.consent.ledger import Ask, Draft, Ledger, LedgerDamaged, LedgerError
from components.consent.outbox import Delivery
from components.consent.status import ConsentStatus

from .making import AVATAR, LOCATION, NEARBY, START, WORDS, draft

ROOT = Path(__file__).parents[2]


@pytest.fixture
def other(store: Path, clock: ManualClock) -> Iterator[Ledger]:
    """A second connection to the same file."""
    opened = Ledger(store, clock=clock)
    yield opened
    opened.close()


def assert_one_chain(events: list[Event], subject: str) -> None:
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events] == [
        GENESIS,
        *(event.hash for event in events[:-1]),
    ]
    assert {event.subject for event in events} == {subject}
    assert len({event.event_id for event in events}) == len(events)


def test_who_only_looks_leaves_nothing_behind(ledger: Ledger, store: Path) -> None:
    assert ledger.events() == []
    assert ledger.asks(NEARBY) == []
    assert ledger.outbox.claim(10) == []
    assert ledger.outbox.unsettled() == 0
    assert ledger.outbox.deliveries() == {}
    assert ledger.outbox.rejections() == []
    ledger.outbox.acknowledge([])
    for name in ("secret", "subject"):
        with pytest.raises(LedgerError, match="no choice was ever recorded"):
            getattr(ledger, name)
    ledger.close()
    assert not store.parent.exists()


def test_an_ask_makes_no_identity(ledger: Ledger) -> None:
    ledger.record_ask(NEARBY, "person")
    with pytest.raises(LedgerError, match="no choice was ever recorded"):
        _ = ledger.subject


def test_a_choice_is_kept_as_it_was_made(ledger: Ledger, store: Path, clock: ManualClock) -> None:
    clock.advance(timedelta(seconds=5))
    written = ledger.append(draft(ConsentStatus.GIVEN, label="同意"))
    ledger.close()
    with closing(Ledger(store)) as again:
        assert again.events() == [written]
        assert subject_of(again.secret) == again.subject == written.subject
    assert written.target == NEARBY
    assert written.status is ConsentStatus.GIVEN
    assert written.cause is Cause.PRESSED
    assert (written.notice, written.label, written.gesture) == (WORDS, "同意", "city.locate")
    assert (written.sequence, written.previous_hash) == (1, GENESIS)
    assert written.occurred_at == (START + timedelta(seconds=5)).isoformat(timespec="milliseconds")
    assert written.monotonic_ms == 5000


def test_events_follow_one_another_over_restarts(store: Path) -> None:
    written = []
    for _ in range(3):
        with closing(Ledger(store)) as ledger:
            written += [ledger.append(draft()), ledger.append(draft(ConsentStatus.GIVEN))]
            subject = ledger.subject
    with closing(Ledger(store)) as ledger:
        assert ledger.events() == written
        assert ledger.events(after=4) == written[4:]
        assert ledger.events(after=6) == []
        assert ledger.events(after=60) == []
    assert_one_chain(written, subject)


def test_the_file_is_as_durable_as_sqlite_can_be(ledger: Ledger, store: Path) -> None:
    ledger.append(draft())
    connection = ledger._file.connection
    assert connection is not None
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert not connection.in_transaction


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}'",
        "UPDATE events SET sequence = sequence + 10",
        "DELETE FROM events WHERE sequence = 2",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events VALUES (2, 'x', '{}')",
    ],
)
def test_what_was_recorded_can_be_neither_changed_nor_removed(
    ledger: Ledger, store: Path, statement: str
) -> None:
    written = [ledger.append(draft()) for _ in range(3)]
    with closing(sqlite3.connect(store, isolation_level=None)) as intruder:
        # As the ledger's own connection would: without this REPLACE removes a row unseen.
        intruder.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            intruder.execute(statement)
    assert ledger.events() == written


def test_an_event_has_one_place_in_the_outbox_and_never_one_without_an_event(
    ledger: Ledger,
) -> None:
    ledger.append(draft())
    connection = ledger._file.connection
    assert connection is not None
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("INSERT INTO outbox (sequence, state) VALUES (1, 'pending')")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO outbox (sequence, state) VALUES (2, 'pending')")


def test_a_draft_that_contradicts_itself_leaves_everything_as_it_was(ledger: Ledger) -> None:
    contradictory = Draft(NEARBY, ConsentStatus.GIVEN, Cause.DISMISSED)
    with pytest.raises(MalformedEvent):
        ledger.append(contradictory)
    assert ledger.events() == []
    with pytest.raises(LedgerError, match="no choice"):
        _ = ledger.subject
    written = ledger.append(draft())
    with pytest.raises(MalformedEvent):
        ledger.append(contradictory)
    assert ledger.events() == [written]
    assert ledger.append(draft()).previous_hash == written.hash
    assert list(ledger.outbox.deliveries()) == [1, 2]


def test_asks_are_remembered_in_order(ledger: Ledger, store: Path, clock: ManualClock) -> None:
    ledger.record_ask(NEARBY, "app")
    clock.advance(timedelta(hours=1))
    ledger.record_ask(AVATAR, "app")
    ledger.record_ask(NEARBY, "person")
    ledger.close()
    with closing(Ledger(store)) as again:
        assert again.asks(NEARBY) == [
            Ask(NEARBY, "app", START),
            Ask(NEARBY, "person", START + timedelta(hours=1)),
        ]
        assert again.asks(LOCATION) == []
        assert again.outbox.unsettled() == 0


def test_two_connections_write_one_chain(ledger: Ledger, other: Ledger) -> None:
    assert other.events() == []
    for _ in range(5):
        ledger.append(draft())
        other.append(draft(ConsentStatus.GIVEN))
    assert ledger.events() == other.events()
    assert_one_chain(ledger.events(), other.subject)
    assert len(ledger.events()) == 10


def test_threads_with_a_ledger_each_write_one_chain(store: Path) -> None:
    def choose(count: int) -> list[Event]:
        with closing(Ledger(store)) as own:
            return [own.append(draft()) for _ in range(count)]

    with ThreadPoolExecutor(4) as threads:
        written = [event for made in threads.map(choose, [15] * 4) for event in made]
    with closing(Ledger(store)) as ledger:
        events = ledger.events()
        assert sorted(written, key=lambda event: event.sequence) == events
        assert len(events) == 60
        assert_one_chain(events, ledger.subject)


def test_a_store_may_be_begun_by_many_at_the_same_moment(tmp_path: Path) -> None:
    begin = Barrier(6)

    def choose(path: Path) -> Event:
        with closing(Ledger(path)) as own:
            begin.wait(30)
            return own.append(draft())

    # The change to a write-ahead log is where they meet; once in fifty tries it is a close race.
    for number in range(100):
        path = tmp_path / str(number) / "consent.sqlite3"
        with ThreadPoolExecutor(6) as threads:
            written = list(threads.map(choose, [path] * 6))
        assert sorted(event.sequence for event in written) == [1, 2, 3, 4, 5, 6]


def test_one_ledger_may_go_from_thread_to_thread(ledger: Ledger) -> None:
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(ledger.append, draft()).result()
    assert ledger.append(draft()).previous_hash == first.hash


def test_processes_write_one_chain(store: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.consent.appender", str(store), "25"], cwd=ROOT
        )
        for _ in range(2)
    ]
    with closing(Ledger(store)) as ledger:
        written = [ledger.append(draft()) for _ in range(25)]
        assert [process.wait(60) for process in processes] == [0, 0]
        events = ledger.events()
        assert_one_chain(events, ledger.subject)
        assert len(events) == 75
        assert [event for event in events if event in written] == written
        assert ledger.outbox.counts()[Delivery.PENDING] == 75


def test_a_store_that_another_process_keeps_busy_is_not_damaged(
    ledger: Ledger, other: Ledger, store: Path
) -> None:
    written = ledger.append(draft())
    with closing(sqlite3.connect(store, isolation_level=None)) as neighbour:
        neighbour.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="locked") as busy:
            ledger.append(draft())
        assert not isinstance(busy.value, LedgerDamaged)
        # Reading needs nobody's leave.
        assert ledger.events() == [written]
        neighbour.execute("ROLLBACK")
    assert ledger.append(draft()).sequence == 2
    assert len(other.events()) == 2


def test_a_closed_ledger_is_not_taken_for_a_damaged_one(ledger: Ledger) -> None:
    ledger.append(draft())
    ledger.close()
    for use in (
        ledger.events,
        lambda: ledger.append(draft()),
        lambda: ledger.asks(NEARBY),
        lambda: ledger.secret,
        ledger.outbox.deliveries,
    ):
        with pytest.raises(LedgerError, match="closed") as closed:
            use()
        assert not isinstance(closed.value, LedgerDamaged)
