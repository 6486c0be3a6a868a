"""Opening the record: sound, set aside, or unreadable, and never an exception."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.ledger import Ledger, LedgerError
from components.consent.opening import StoreCondition, open_record
from components.consent.status import ConsentStatus

from .hardships import edit
from .making import NEARBY, draft

GARBAGE = b"this was a database once " * 400


def garble(store: Path) -> None:
    store.parent.mkdir(exist_ok=True)
    store.write_bytes(GARBAGE)


def test_a_sound_record_is_read(store: Path, clock: ManualClock) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        written = ledger.append(draft(ConsentStatus.GIVEN))
    opened = open_record(store, clock)
    assert (opened.condition, opened.kept_as) == (StoreCondition.SOUND, None)
    assert opened.record.events == (written,)
    assert opened.record.status(NEARBY) is ConsentStatus.GIVEN
    opened.record.ledger.close()


def test_no_record_is_sound_and_leaves_nothing_behind(store: Path, clock: ManualClock) -> None:
    opened = open_record(store, clock)
    assert (opened.condition, opened.kept_as) == (StoreCondition.SOUND, None)
    assert opened.record.events == ()
    assert not store.parent.exists()


def test_a_damaged_record_is_set_aside_and_a_new_one_begun(
    store: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    garble(store)
    with caplog.at_level(logging.ERROR):
        opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SET_ASIDE
    kept_as = store.with_name(f"{store.name}.damaged-20211101T080000-0")
    assert opened.kept_as == kept_as
    assert kept_as.name in caplog.text
    assert kept_as.read_bytes() == GARBAGE
    assert not store.exists()
    assert opened.record.events == ()
    written = opened.record.append(draft())
    assert written.sequence == 1
    opened.record.ledger.close()
    again = open_record(store, clock)
    assert again.condition is StoreCondition.SOUND
    assert again.record.events == (written,)
    again.record.ledger.close()


def test_a_damaged_record_that_another_window_has_open_is_set_aside_with_its_side_files(
    store: Path, clock: ManualClock
) -> None:
    window = Ledger(store, clock=clock)
    for _ in range(2):
        window.append(draft(ConsentStatus.GIVEN))
    edit(store, "UPDATE events SET body = '{}' WHERE sequence = 2")
    # As long as the window is open, what was written is in the side files alone.
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SET_ASIDE
    kept_as = opened.kept_as
    assert kept_as is not None
    names = {kept_as.name + suffix for suffix in ("", "-wal", "-shm")}
    assert {path.name for path in store.parent.iterdir()} == names
    assert opened.record.append(draft()).sequence == 1
    with closing(sqlite3.connect(kept_as)) as kept:
        rows = kept.execute("SELECT body FROM events ORDER BY sequence").fetchall()
    assert len(rows) == 2
    assert rows[1] == ("{}",)
    opened.record.ledger.close()
    window.close()


def test_nothing_that_was_set_aside_before_is_overwritten(store: Path, clock: ManualClock) -> None:
    names = []
    for number in range(3):
        garble(store)
        store.write_bytes(f"{number} {GARBAGE.decode()}".encode())
        opened = open_record(store, clock)
        assert opened.kept_as is not None
        names.append(opened.kept_as)
    assert [kept.name.rpartition("-")[2] for kept in names] == ["0", "1", "2"]
    assert [kept.read_bytes()[:1] for kept in names] == [b"0", b"1", b"2"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE events SET body = replace(body, '同意', '不同意')",
        "DELETE FROM events WHERE sequence = 1",
        "DROP TABLE events",
    ],
)
def test_what_a_damaged_record_granted_is_granted_no_more(
    store: Path, clock: ManualClock, damage: str
) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        old = ledger.append(draft(ConsentStatus.GIVEN, label="同意")).subject
        ledger.append(draft(ConsentStatus.GIVEN, label="同意"))
    edit(store, damage)
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SET_ASIDE
    assert opened.record.status(NEARBY) is ConsentStatus.UNKNOWN
    # A new record is a new installation: the endpoint cannot join it to the broken chain.
    assert opened.record.append(draft()).subject != old
    opened.record.ledger.close()


def test_what_cannot_be_read_now_is_not_set_aside(
    store: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    store.mkdir(parents=True)
    with caplog.at_level(logging.ERROR):
        opened = open_record(store, clock)
    assert (opened.condition, opened.kept_as) == (StoreCondition.UNREADABLE, None)
    assert "cannot be read" in caplog.text
    assert opened.record.events == ()
    assert store.is_dir()


def test_a_name_that_is_too_long_for_the_disk_cannot_be_read(
    store: Path, clock: ManualClock
) -> None:
    opened = open_record(store.with_name("n" * 300), clock)
    # What the file system says of such a name differs between releases of Python.
    assert opened.condition in (StoreCondition.UNREADABLE, StoreCondition.SOUND)
    assert opened.record.events == ()


def test_a_record_of_a_newer_version_stays_where_it_is_and_permits_nothing(
    store: Path, clock: ManualClock
) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        ledger.append(draft(ConsentStatus.GIVEN, label="同意"))
    edit(store, "PRAGMA user_version = 99")
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.UNREADABLE
    assert opened.record.events == ()
    with pytest.raises(LedgerError, match="newer version"):
        opened.record.append(draft(ConsentStatus.GIVEN, label="同意"))
    assert [path.name for path in store.parent.glob("*damaged*")] == []
