"""A disk that is full and a folder that cannot be written: nothing recorded, nothing lost."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE
from components.consent.ledger import Ledger, LedgerDamaged, LedgerError
from components.consent.opening import StoreCondition, open_record
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.policy.pack import Pack

from .hardships import LARGEST_STORE_BYTES, files_end_at, not_writable
from .making import NEARBY, draft
from .someone import Someone

STEP_BYTES = 1024


def test_the_first_choice_fails_wherever_the_disk_ends(store: Path, clock: ManualClock) -> None:
    failures = 0
    for size in range(0, LARGEST_STORE_BYTES, STEP_BYTES):
        place = store.with_name(f"{size}.sqlite3")
        with closing(Ledger(place, clock=clock)) as ledger:
            with files_end_at(size):
                try:
                    ledger.append(draft())
                    break
                except LedgerError as error:
                    assert not isinstance(error, LedgerDamaged)
                    failures += 1
            assert ledger.events() == []
            with pytest.raises(LedgerError, match="no choice"):
                _ = ledger.subject
            assert ledger.append(draft()).sequence == 1
    else:
        pytest.fail("no disk was large enough")
    assert failures > 10


def test_a_later_choice_fails_wherever_the_disk_ends(store: Path, clock: ManualClock) -> None:
    record = Record(Ledger(store, clock=clock))
    told: list[int] = []
    record.append(draft(ConsentStatus.GIVEN))
    record.subscribe(lambda: told.append(len(record.events)))
    before = record.events
    failures = 0
    for size in range(0, LARGEST_STORE_BYTES, STEP_BYTES):
        with files_end_at(size):
            try:
                record.append(draft(ConsentStatus.WITHDRAWN))
                break
            except LedgerError as error:
                assert not isinstance(error, LedgerDamaged)
                failures += 1
        assert record.events == before
        assert record.status(NEARBY) is ConsentStatus.GIVEN
        assert told == []
        record.refresh()
        assert record.events == before
        with closing(Ledger(store)) as fresh:
            assert tuple(fresh.events()) == before
            assert list(fresh.outbox.deliveries()) == [1]
    assert failures > 3
    assert told == [2]
    assert record.status(NEARBY) is ConsentStatus.WITHDRAWN
    record.ledger.close()


def test_a_question_that_cannot_be_counted_fails(ledger: Ledger) -> None:
    ledger.record_ask(NEARBY, "app")
    with files_end_at(0), pytest.raises(LedgerError):
        ledger.record_ask(NEARBY, "app")
    assert len(ledger.asks(NEARBY)) == 1
    ledger.record_ask(NEARBY, "app")
    assert len(ledger.asks(NEARBY)) == 2


def test_what_the_endpoint_answered_can_be_noted_later(ledger: Ledger) -> None:
    ledger.append(draft())
    events = ledger.outbox.claim(10)
    with files_end_at(0), pytest.raises(LedgerError):
        ledger.outbox.acknowledge(events)
    assert ledger.outbox.unsettled() == 1
    ledger.outbox.acknowledge(events)
    assert ledger.outbox.unsettled() == 0


def test_a_sound_record_is_not_set_aside_because_the_disk_is_full(
    store: Path, clock: ManualClock
) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        written = ledger.append(draft(ConsentStatus.GIVEN))
    with files_end_at(0):
        opened = open_record(store, clock)
        assert opened.condition is StoreCondition.UNREADABLE
        assert opened.kept_as is None
        assert not opened.record.status(NEARBY).permits
    # The disk has room again: the same record, without a restart.
    opened.record.refresh()
    assert opened.record.events == (written,)
    opened.record.ledger.close()
    assert [path.name for path in store.parent.iterdir()] == [store.name]


def test_no_choice_is_recorded_in_a_folder_that_cannot_be_written(
    everybodys: Path, pack: Pack, clock: ManualClock
) -> None:
    store = everybodys / "consent.sqlite3"
    person = Someone(store, pack, clock)
    with not_writable(everybodys):
        with pytest.raises(LedgerError) as failed:
            person.accept_notice()
        assert not isinstance(failed.value, LedgerDamaged)
        assert not person.gate.notice_accepted
        assert list(everybodys.iterdir()) == []
    person.accept_notice()
    assert person.gate.notice_accepted
    person.close()


def test_nor_in_a_folder_that_cannot_be_made(everybodys: Path, clock: ManualClock) -> None:
    with (
        not_writable(everybodys),
        closing(Ledger(everybodys / "app" / "consent.sqlite3")) as ledger,
    ):
        with pytest.raises(LedgerError):
            ledger.append(draft())
        assert ledger.events() == []


def test_a_record_in_a_folder_that_cannot_be_written_permits_nothing_and_is_not_set_aside(
    everybodys: Path, clock: ManualClock
) -> None:
    store = everybodys / "consent.sqlite3"
    with closing(Ledger(store, clock=clock)) as ledger:
        written = ledger.append(draft(ConsentStatus.GIVEN, BASE_NOTICE))
    with not_writable(everybodys):
        opened = open_record(store, clock)
        assert opened.condition is StoreCondition.UNREADABLE
        assert opened.record.status(BASE_NOTICE) is ConsentStatus.UNKNOWN
        with pytest.raises(LedgerError):
            opened.record.append(draft())
    opened.record.refresh()
    assert opened.record.events == (written,)
    opened.record.ledger.close()


def test_a_damaged_record_that_cannot_be_set_aside_permits_nothing(
    everybodys: Path, clock: ManualClock
) -> None:
    store = everybodys / "consent.sqlite3"
    store.write_bytes(b"no database" * 100)
    with not_writable(everybodys):
        opened = open_record(store, clock)
        assert opened.condition is StoreCondition.UNREADABLE
        assert opened.record.events == ()
    assert store.read_bytes() == b"no database" * 100
    again = open_record(store, clock)
    assert again.condition is StoreCondition.SET_ASIDE
    with suppress(LedgerError):
        opened.record.ledger.close()
    again.record.ledger.close()


def test_a_store_behind_a_closed_door_cannot_be_read(everybodys: Path, clock: ManualClock) -> None:
    room = everybodys / "room"
    store = room / "consent.sqlite3"
    with closing(Ledger(store, clock=clock)) as ledger:
        ledger.append(draft(ConsentStatus.GIVEN))
    room.chmod(0o000)
    with not_writable(everybodys):
        room_is_closed = open_record(store, clock)
        assert room_is_closed.condition is not StoreCondition.SET_ASIDE
        assert not room_is_closed.record.status(NEARBY).permits
    room.chmod(0o755)
