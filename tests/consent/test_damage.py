"""Files that are no sound record: found out, whatever was done to them, and left as they are."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.identity import new_secret, subject_of
from components.consent.ledger import Ledger, LedgerDamaged, LedgerError
from components.consent.opening import StoreCondition, open_record
from components.consent.status import ConsentStatus

from .hardships import edit
from .making import NEARBY, altered, draft

STATUSES = (
    ConsentStatus.GIVEN,
    ConsentStatus.WITHDRAWN,
    ConsentStatus.GIVEN,
    ConsentStatus.REFUSED,
)


@pytest.fixture
def written(store: Path, clock: ManualClock) -> list[Event]:
    """What a closed store holds: given, withdrawn, given, refused."""
    with closing(Ledger(store, clock=clock)) as ledger:
        ledger.record_ask(NEARBY, "app")
        return [ledger.append(draft(status)) for status in STATUSES]


@pytest.fixture
def damaged(store: Path, written: list[Event], clock: ManualClock) -> Iterator[Ledger]:
    opened = Ledger(store, clock=clock)
    yield opened
    opened.close()


def body(event: Event, **changes: object) -> str:
    return json.dumps(altered(event.to_json(), **changes), ensure_ascii=False)


BODY = "UPDATE events SET body = ? WHERE sequence = ?"

# A statement and its values, made from what the store holds.
EDITS: dict[str, Callable[[list[Event]], tuple[str, *tuple[object, ...]]]] = {
    "another label, the old hash": lambda it: (
        "UPDATE events SET body = replace(body, '不同意', '同意') WHERE sequence = 4",
    ),
    "a withdrawal made a grant, with a hash to go with it": lambda it: (
        BODY,
        body(it[1], status="given"),
        2,
    ),
    "another installation's event": lambda it: (BODY, body(it[3], subject="Z" * 43), 4),
    "a removed event": lambda it: ("DELETE FROM events WHERE sequence = 2",),
    "a removed beginning": lambda it: ("DELETE FROM events WHERE sequence = 1",),
    "a body under another's number": lambda it: (BODY, body(it[0]), 2),
    "an event under another number": lambda it: (
        "UPDATE events SET sequence = 9 WHERE sequence = 4",
    ),
    "no JSON": lambda it: (BODY, "{", 3),
    "a number": lambda it: (BODY, "3", 3),
    "a list": lambda it: (BODY, "[[]]", 3),
    "nothing": lambda it: (BODY, "", 4),
    "a number of too many digits": lambda it: (BODY, "9" * 5000, 4),
    "a bottomless list": lambda it: (BODY, "[" * 100_000, 4),
    "no UTF-8": lambda it: ("UPDATE events SET body = CAST(x'ff' AS TEXT) WHERE sequence = 4",),
    "no such table": lambda it: ("ALTER TABLE events RENAME TO happenings",),
}


@pytest.mark.parametrize("change", EDITS)
def test_an_edit_from_outside_is_found(
    store: Path, written: list[Event], damaged: Ledger, change: str
) -> None:
    edit(store, *EDITS[change](written))
    kept = store.read_bytes()
    with pytest.raises(LedgerDamaged):
        damaged.events()
    damaged.close()
    assert store.read_bytes() == kept


def test_an_edit_of_the_tail_is_found_by_who_read_the_rest_before(
    store: Path, written: list[Event], damaged: Ledger
) -> None:
    assert damaged.events(after=3) == written[3:]
    edit(store, BODY, body(written[2], label="好"), 3)
    with pytest.raises(LedgerDamaged, match="event 4"):
        damaged.events(after=3)


def test_nothing_is_written_after_a_broken_event(
    store: Path, written: list[Event], damaged: Ledger
) -> None:
    for broken in ("3", "{}", "{", body(written[3], hash="0" * 64)):
        edit(store, BODY, broken, 4)
        with pytest.raises(LedgerDamaged):
            damaged.append(draft())
        with pytest.raises(LedgerDamaged):
            damaged.outbox.claim(10)
    edit(store, BODY, body(written[3]), 4)
    assert damaged.append(draft()).previous_hash == written[3].hash


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE identity SET secret = ?", new_secret()),
        ("UPDATE identity SET secret = ?", "no secret"),
        ("UPDATE identity SET subject = ?", ""),
    ],
    ids=["another secret", "no secret", "no subject"],
)
def test_a_changed_identity_is_found(
    store: Path, damaged: Ledger, statement: str, value: str
) -> None:
    edit(store, statement, value)
    with pytest.raises(LedgerDamaged, match="do not belong together"):
        _ = damaged.secret
    with pytest.raises(LedgerDamaged, match="do not belong together"):
        damaged.append(draft())
    assert len(damaged.events()) == len(STATUSES)


def test_another_installations_identity_is_found(
    store: Path, damaged: Ledger, clock: ManualClock
) -> None:
    secret = new_secret()
    edit(store, "UPDATE identity SET secret = ?, subject = ?", secret, subject_of(secret))
    for use in (damaged.standing, damaged.verify, lambda: damaged.append(draft())):
        with pytest.raises(LedgerDamaged, match="another installation"):
            use()
    damaged.close()
    assert open_record(store, clock).condition is StoreCondition.SET_ASIDE


def test_a_changed_ask_is_found(store: Path, damaged: Ledger) -> None:
    edit(store, "UPDATE asks SET asked_at = 'now and then'")
    with pytest.raises(LedgerDamaged):
        damaged.asks(NEARBY)
    edit(store, "DROP TABLE asks")
    with pytest.raises(LedgerDamaged):
        damaged.asks(NEARBY)


def test_what_was_sent_cannot_be_noted_without_an_outbox(store: Path, damaged: Ledger) -> None:
    events = damaged.outbox.claim(1)
    edit(store, "DROP TABLE outbox")
    with pytest.raises(LedgerDamaged):
        damaged.outbox.acknowledge(events)
    with pytest.raises(LedgerDamaged):
        damaged.append(draft())
    assert len(damaged.events()) == len(STATUSES)


def test_a_file_that_was_cut_off_is_found(
    store: Path, written: list[Event], clock: ManualClock
) -> None:
    whole = store.read_bytes()
    # What fills up the last page may go unmissed; a whole page less never does.
    for length in range(2, len(whole) - 4096, 1001):
        store.write_bytes(whole[:length])
        with closing(Ledger(store)) as ledger, pytest.raises(LedgerDamaged):
            ledger.events()
    for length in range(len(whole) - 4096, len(whole), 101):
        store.write_bytes(whole[:length])
        with closing(open_record(store, clock).record.ledger) as ledger:
            assert ledger.events() in ([], written)


CONTENTS = [b"no", b"no database" * 1000, b"SQLite format 3\0", b"\0" * 8192]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_file_that_is_no_database_is_found(store: Path, content: bytes) -> None:
    store.parent.mkdir()
    store.write_bytes(content)
    with closing(Ledger(store)) as ledger:
        for use in (ledger.events, lambda: ledger.append(draft())):
            with pytest.raises(LedgerDamaged):
                use()
    assert store.read_bytes() == content


def test_a_folder_in_place_of_the_file_is_no_damage(store: Path) -> None:
    store.mkdir(parents=True)
    with closing(Ledger(store)) as ledger:
        for use in (ledger.events, lambda: ledger.append(draft())):
            with pytest.raises(LedgerError) as failed:
                use()
            assert not isinstance(failed.value, LedgerDamaged)
        store.rmdir()
        assert ledger.append(draft()).sequence == 1


def test_a_file_in_place_of_the_folder_is_no_damage(store: Path) -> None:
    store.parent.write_text("in the way", encoding="utf-8")
    with closing(Ledger(store)) as ledger:
        assert ledger.events() == []
        with pytest.raises(LedgerError):
            ledger.append(draft())
        store.parent.unlink()
        assert ledger.append(draft()).sequence == 1


def test_a_store_of_another_program_is_no_record(store: Path) -> None:
    store.parent.mkdir()
    with closing(sqlite3.connect(store)) as other, other:
        other.execute("PRAGMA user_version = 1")
        other.execute("CREATE TABLE films (title TEXT)")
    with closing(Ledger(store)) as ledger, pytest.raises(LedgerDamaged):
        ledger.events()


def test_an_emptied_file_knows_nothing(store: Path, damaged: Ledger) -> None:
    store.write_bytes(b"")
    assert damaged.events() == []
    with pytest.raises(LedgerError, match="no choice"):
        _ = damaged.secret


def test_no_flipped_byte_makes_another_record(
    store: Path, written: list[Event], clock: ManualClock
) -> None:
    whole = store.read_bytes()
    chance = random.Random(20211101)  # noqa: S311
    outcomes = set()
    for round_ in range(300):
        place = store.with_name(f"{round_}.sqlite3")
        flipped = bytearray(whole)
        for _ in range(chance.choice([1, 1, 8])):
            flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        place.write_bytes(flipped)
        opened = open_record(place, clock)
        outcomes.add(opened.condition)
        if opened.condition is StoreCondition.SOUND:
            assert list(opened.record.events) == written, round_
        else:
            assert opened.record.events == ()
        opened.record.ledger.close()
    assert outcomes >= {StoreCondition.SOUND, StoreCondition.SET_ASIDE}
