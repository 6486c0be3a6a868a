"""A long record: opened by its checkpoint, which is believed only as far as it can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.chain import read_event, read_link
from components.consent.checkpoint import OWN, TAIL, stored
from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Event, Target, TargetKind
from components.consent.fold import fold
from components.consent.ledger import Ledger, LedgerDamaged, Standing
from components.consent.opening import StoreCondition, open_record
from components.consent.record import Record
from components.consent.status import ConsentStatus

from .hardships import edit
from .making import AVATAR, LOCATION, NEARBY, draft

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
LENGTH = 3 * TAIL
assert LENGTH == 96  # the statements below name numbers near the end
CHECKPOINT = "SELECT sequence, hash, folded, digest FROM checkpoint"


@pytest.fixture
def written(store: Path, clock: ManualClock) -> list[Event]:
    """What a closed store holds: an early word on three targets, then many on a fourth."""
    with closing(Ledger(store, clock=clock)) as ledger:
        ledger.append(draft(GIVEN, BASE_NOTICE))
        ledger.append(draft(REFUSED, BASE_NOTICE))
        ledger.append(draft(GIVEN, AVATAR))
        ledger.append(draft(REFUSED, LOCATION))
        for number in range(LENGTH - 4):
            ledger.append(draft(GIVEN if number % 2 else REFUSED))
        return ledger.events()


@pytest.fixture
def again(store: Path, written: list[Event], clock: ManualClock) -> Iterator[Ledger]:
    """The same store, opened another time."""
    opened = Ledger(store, clock=clock)
    yield opened
    opened.close()


def checkpoint(store: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(CHECKPOINT).fetchall()


def by_target(standing: Standing) -> dict[Target, Event]:
    return {event.target: event for event in standing.words}


def test_a_record_stands_where_its_events_fold_to(again: Ledger, written: list[Event]) -> None:
    standing = again.standing()
    assert standing.sequence == LENGTH
    assert by_target(standing) == fold(written)
    assert standing.base_was_ever_given


def test_a_record_that_was_not_begun_stands_nowhere(ledger: Ledger) -> None:
    for asked in range(2):
        if asked:
            ledger.record_ask(NEARBY, "app")
        assert ledger.standing() == Standing(0, (), base_was_ever_given=False)
        assert ledger.verify().events == 0


def test_opening_reads_the_tail_and_the_last_words_and_nothing_else(
    again: Ledger, store: Path
) -> None:
    again.standing()
    read: list[str] = []
    connection = again._file.connection
    assert connection is not None
    connection.set_trace_callback(read.append)
    standing = again.standing()
    connection.set_trace_callback(None)
    assert len(standing.words) == 4
    # Three words are older than the tail, and are looked up by their numbers.
    assert sum("WHERE sequence = " in statement for statement in read) == 3
    assert not any("sequence >=" in statement for statement in read)


def test_a_record_opened_by_its_checkpoint_goes_on_as_any_other(
    store: Path, written: list[Event], clock: ManualClock
) -> None:
    record = open_record(store, clock).record
    assert record.state == fold(written)
    fresh = record.append(draft(REFUSED, AVATAR))
    assert record.events == (*written, fresh)
    assert record.state == fold([*written, fresh])
    assert record.history(limit=3) == [fresh, *written[:-3:-1]]
    record.ledger.close()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM checkpoint",
        "UPDATE checkpoint SET digest = ''",
        "UPDATE checkpoint SET sequence = 3",
        "UPDATE checkpoint SET sequence = sequence + 1",
        "UPDATE checkpoint SET hash = '00'",
        "UPDATE checkpoint SET folded = replace(folded, 'true', 'false')",
        "UPDATE checkpoint SET folded = '['",
    ],
)
def test_a_checkpoint_that_does_not_fit_is_made_again(
    store: Path, again: Ledger, written: list[Event], change: str
) -> None:
    sound = checkpoint(store)
    edit(store, change)
    assert again.verify().events == LENGTH
    standing = again.standing()
    assert by_target(standing) == fold(written)
    assert standing.base_was_ever_given
    assert checkpoint(store) == sound


def test_it_is_made_again_by_the_next_choice_too(
    store: Path, again: Ledger, written: list[Event]
) -> None:
    edit(store, "DELETE FROM checkpoint")
    fresh = again.append(draft(REFUSED, AVATAR))
    assert fresh.previous_hash == written[-1].hash
    assert by_target(again.standing()) == fold([*written, fresh])
    assert again.verify().head == fresh.hash


def test_an_old_checkpoint_put_back_is_found(
    store: Path, again: Ledger, written: list[Event]
) -> None:
    """Its digest fits, but the newest event is not the one that it names."""
    old = checkpoint(store)[0]
    fresh = again.append(draft(REFUSED, AVATAR))
    again.close()
    edit(store, "UPDATE checkpoint SET sequence = ?, hash = ?, folded = ?, digest = ?", *old)
    with closing(Ledger(store)) as ledger:
        assert by_target(ledger.standing()) == fold([*written, fresh])


def test_a_checkpoint_that_lies_with_a_digest_to_go_with_it_is_found(
    store: Path, again: Ledger, written: list[Event], clock: ManualClock
) -> None:
    with closing(Ledger(store.with_name("other.sqlite3"), clock=clock)) as other:
        for status in (GIVEN, REFUSED):
            other.append(draft(status, AVATAR))
    # Words of another installation under its own digest: they are not this one's events.
    alien = checkpoint(store.with_name("other.sqlite3"))[0]
    edit(store, "UPDATE checkpoint SET sequence = ?, hash = ?, folded = ?, digest = ?", *alien)
    assert by_target(again.standing()) == fold(written)


DAMAGE = {
    "the end cut off": "DELETE FROM events WHERE sequence > 94",
    "everything removed": "DELETE FROM events",
    "a gap in the tail": "DELETE FROM events WHERE sequence = 93",
    "an edit in the tail": "UPDATE events SET body = replace(body, '不同意', '同意')"
    " WHERE sequence = 93",
    "an old word removed": "DELETE FROM events WHERE sequence = 3",
    "an old word changed": "UPDATE events SET body = replace(body, 'avatar-upload', 'other')"
    " WHERE sequence = 3",
    "the beginning removed": "DELETE FROM events WHERE sequence <= 3",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_that_matters_is_found_at_opening(
    store: Path, written: list[Event], clock: ManualClock, damage: str
) -> None:
    edit(store, "DELETE FROM outbox")
    edit(store, DAMAGE[damage])
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SET_ASIDE
    assert opened.record.state == {}
    assert not opened.record.base_was_ever_given


def test_damage_in_the_middle_is_found_by_who_reads_all(
    store: Path, again: Ledger, written: list[Event], clock: ManualClock
) -> None:
    edit(store, "UPDATE events SET body = replace(body, '不同意', '同意') WHERE sequence = 40")
    # No word of it counts any more, so the state is what it was.
    opened = open_record(store, clock)
    assert opened.record.state == fold(written)
    for use in (again.verify, again.events, lambda: opened.record.events):
        with pytest.raises(LedgerDamaged, match="event 40"):
            use()
    with pytest.raises(LedgerDamaged, match="event 40"):
        again.history(before=50)
    assert again.history(before=40) == written[38::-1][:50]
    opened.record.ledger.close()


def test_a_well_made_lie_is_found_by_who_verifies(
    store: Path, again: Ledger, written: list[Event]
) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        lie = stored(connection, OWN, again.subject)
        assert lie is not None
        lie.words[str(BASE_NOTICE)] = (1, written[0].hash)
        lie.write(connection)
    with pytest.raises(LedgerDamaged, match="not what the events fold to"):
        again.verify()


def test_an_event_without_its_place_in_the_outbox_is_found_by_who_verifies(
    store: Path, again: Ledger
) -> None:
    edit(store, "DELETE FROM outbox WHERE sequence = 7")
    with pytest.raises(LedgerDamaged, match="event 7 has no place"):
        again.verify()


def test_a_checkpoint_that_cannot_be_written_is_done_without(
    store: Path, again: Ledger, written: list[Event]
) -> None:
    again.events()
    edit(store, "DELETE FROM checkpoint")
    with closing(sqlite3.connect(store, isolation_level=None)) as neighbour:
        neighbour.execute("BEGIN IMMEDIATE")
        assert by_target(again.standing()) == fold(written)
        neighbour.execute("ROLLBACK")
    assert checkpoint(store) == []
    again.standing()
    assert len(checkpoint(store)) == 1


def test_many_that_open_and_choose_keep_one_checkpoint_right(
    store: Path, written: list[Event], clock: ManualClock
) -> None:
    def choose(number: int) -> None:
        target = Target(TargetKind.PURPOSE, f"purpose-{number}")
        for round_ in range(6):
            if round_ % 3 == 0:
                edit_checkpoint_away(store)
            with closing(Ledger(store, clock=clock)) as own:
                record = Record(own)
                record.refresh()
                chosen = record.append(draft(REFUSED if round_ % 2 else GIVEN, target))
                assert record.holding(target) == chosen

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(choose, range(4)))
    with closing(Ledger(store)) as ledger:
        assert ledger.verify().events == LENGTH + 24
        assert by_target(ledger.standing()) == fold(ledger.events())


def edit_checkpoint_away(store: Path) -> None:
    with closing(sqlite3.connect(store, timeout=30)) as connection, connection:
        connection.execute("DELETE FROM checkpoint")


def test_a_link_is_read_only_from_what_was_hashed(written: list[Event], store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT sequence, body FROM events ORDER BY sequence").fetchall()
    for sequence, body in rows[:5]:
        event, link = read_event(sequence, body), read_link(sequence, body)
        assert (link.sequence, link.hash, link.previous_hash, link.subject) == (
            event.sequence,
            event.hash,
            event.previous_hash,
            event.subject,
        )
        assert (link.target, link.status) == (str(event.target), event.status.value)
        for changed in (
            body.replace('"given"', '"refused"').replace("city.locate", "city.other"),
            body.replace(event.hash, "0" * 64),
            body.replace(f'"sequence":{sequence}', '"sequence":77'),
            body + " ",
            "{}",
        ):
            if changed == body + " ":
                assert read_link(sequence, changed) == link
            else:
                with pytest.raises(LedgerDamaged):
                    read_link(sequence, changed)
