"""Stores of every age: brought up to date with nothing lost, or left as they are."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Event
from components.consent.fold import Witness
from components.consent.ledger import Ledger, LedgerError
from components.consent.migrations import STEPS, Step, version_of
from components.consent.opening import StoreCondition, open_record
from components.consent.outbox import Delivery, Rejection
from components.consent.status import ConsentStatus

from .hardships import LARGEST_STORE_BYTES, files_end_at, not_writable
from .making import AVATAR, LOCATION, NEARBY, START, draft

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = range(1, len(STEPS) + 1)


def laid_down(store: Path, version: int) -> list[str]:
    """A store as the code of that version left it; the bodies of its events, as written."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript((GOLDEN / f"schema-{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
        rows = connection.execute("SELECT body FROM events ORDER BY sequence").fetchall()
    return [body for (body,) in rows]


def schema(store: Path) -> list[tuple[str, str]]:
    """Every table, index and trigger, with its definition but for the white space."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    return [(name, "".join((sql or "").split())) for name, sql in rows]


def version(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        return version_of(connection)


def with_a_step(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    """As if the next release had one step more."""
    monkeypatch.setattr("components.consent.store_file.STEPS", [*STEPS, step])


@pytest.mark.parametrize("number", VERSIONS)
def test_a_store_of_every_version_is_the_same_record_today(
    store: Path, clock: ManualClock, number: int
) -> None:
    bodies = laid_down(store, number)
    with closing(Ledger(store, clock=clock)) as ledger:
        events = ledger.events()
        assert events == [Event.from_json(json.loads(body)) for body in bodies]
        assert ledger.verify().events == len(bodies) == 7
        assert ledger.subject == events[0].subject == "NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54"
        assert [ask.initiative for ask in ledger.asks(NEARBY)] == ["app"]
        assert [ask.initiative for ask in ledger.asks(AVATAR)] == ["person"]
        assert [delivery.value for delivery in ledger.outbox.deliveries().values()] == [
            *["acknowledged"] * 3,
            "rejected",
            *["sent"] * 2,
            "pending",
        ]
        assert ledger.outbox.rejections() == [Rejection(events[3], "", "the content differs")]
        assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 3
        assert ledger.outbox.claim(9) == events[4:]
        written = ledger.append(draft())
        assert (written.sequence, written.previous_hash) == (8, events[-1].hash)
    assert version(store) == len(STEPS)


@pytest.mark.parametrize("number", VERSIONS)
def test_a_store_of_every_version_comes_to_the_same_state(
    store: Path, clock: ManualClock, number: int
) -> None:
    laid_down(store, number)
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SOUND
    record = opened.record
    assert record.base_was_ever_given
    assert {target: event.status for target, event in record.state.items()} == {
        BASE_NOTICE: ConsentStatus.GIVEN,
        NEARBY: ConsentStatus.WITHDRAWN,
        LOCATION: ConsentStatus.REVOKED,
        AVATAR: ConsentStatus.DEFERRED,
    }
    record.ledger.close()


@pytest.mark.parametrize("number", VERSIONS)
def test_an_old_store_and_a_new_one_have_the_same_tables(
    store: Path, clock: ManualClock, number: int
) -> None:
    laid_down(store, number)
    begun = store.with_name("begun.sqlite3")
    for path in (store, begun):
        with closing(Ledger(path, clock=clock)) as ledger:
            ledger.append(draft())
    assert schema(store) == schema(begun)


def test_every_version_has_its_golden_store() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"schema-{it}.sql" for it in VERSIONS}


def test_what_was_brought_up_to_date_is_not_brought_up_again(
    store: Path, clock: ManualClock
) -> None:
    laid_down(store, 1)
    for _ in range(2):
        with closing(Ledger(store, clock=clock)) as ledger:
            assert len(ledger.events()) == 7
    with closing(sqlite3.connect(store)) as connection, pytest.raises(sqlite3.OperationalError):
        STEPS[1](connection)  # a step is for its own version and no other


def test_a_step_that_fails_grants_nothing_and_loses_nothing(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = laid_down(store, 1)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE asks")
        raise OSError("no room for this")

    with monkeypatch.context() as patched:
        with_a_step(patched, fail)
        opened = open_record(store, clock)
        assert opened.condition is StoreCondition.UNREADABLE
        assert not opened.record.status(BASE_NOTICE).permits
        with pytest.raises(LedgerError, match="no room"):
            opened.record.append(draft())
        assert version(store) == 1
    # The next release mends it, without a restart.
    opened.record.refresh()
    assert opened.record.status(BASE_NOTICE).permits
    assert len(opened.record.events) == len(bodies)
    opened.record.ledger.close()


def test_a_process_killed_in_a_step_leaves_the_old_version_behind(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = laid_down(store, 1)

    def die(connection: sqlite3.Connection) -> None:
        # The tables of the steps before are there, the number is raised, nothing is committed.
        assert version_of(connection) == 2
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        with_a_step(monkeypatch, die)
        Ledger(store, clock=clock).events()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert version(store) == 1
    with closing(Ledger(store, clock=clock)) as ledger:
        assert len(ledger.events()) == len(bodies)
        assert ledger.verify().events == len(bodies)


def test_a_step_fails_wherever_the_disk_ends(store: Path, clock: ManualClock) -> None:
    failures = 0
    for size in range(0, LARGEST_STORE_BYTES, 4096):
        place = store.with_name(f"{size}.sqlite3")
        bodies = laid_down(place, 1)
        with closing(Ledger(place, clock=clock)) as ledger:
            with files_end_at(size):
                try:
                    ledger.events()
                    break
                except LedgerError:
                    failures += 1
            assert [it.sequence for it in ledger.events()] == list(range(1, len(bodies) + 1))
    assert failures > 3
    with closing(open_record(place, clock).record.ledger) as ledger:
        assert ledger.verify().events == len(bodies)


def test_a_store_that_cannot_be_written_stays_of_its_version(
    everybodys: Path, clock: ManualClock
) -> None:
    store = everybodys / "consent.sqlite3"
    bodies = laid_down(store, 1)
    with not_writable(everybodys):
        opened = open_record(store, clock)
        assert opened.condition is StoreCondition.UNREADABLE
        assert not opened.record.status(BASE_NOTICE).permits
    assert version(store) == 1
    opened.record.refresh()
    assert len(opened.record.events) == len(bodies)
    opened.record.ledger.close()


def test_two_that_find_an_old_store_bring_it_up_to_date_once(
    store: Path, clock: ManualClock
) -> None:
    for _ in range(10):
        for path in store.parent.glob("consent*"):
            path.unlink()
        laid_down(store, 1)
        begin = Barrier(3)

        def read(begin: Barrier = begin) -> int:
            with closing(Ledger(store, clock=clock)) as own:
                begin.wait(30)
                return len(own.events())

        with ThreadPoolExecutor(3) as threads:
            read_by = [threads.submit(read) for _ in range(3)]
            assert [it.result() for it in read_by] == [7, 7, 7]


def test_copies_and_the_birth_date_of_schema_2_are_the_same_today(
    store: Path, clock: ManualClock
) -> None:
    laid_down(store, 2)
    with closing(Ledger(store, clock=clock)) as ledger:
        others = ledger.others()
        assert [(it.subject, it.sequence, it.status.value) for it in others] == [
            ("A" * 43, 1, "given"),
            ("A" * 43, 2, "refused"),
        ]
        assert ledger.verify().others == {"A" * 43: 2}
        assert ledger.witnesses(others) == {others[0].event_id: Witness(START, 250)}
        assert ledger.birth_date == date(2010, 5, 4)
