"""Copies of the same person's other installations, and what stays on this device."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from components.consent.checkpoint import OTHERS, stored
from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Event
from components.consent.fold import Witness, fold
from components.consent.ledger import Ledger, LedgerDamaged, LedgerError, NotInChain
from components.consent.opening import StoreCondition, open_record
from components.consent.outbox import Delivery
from components.consent.record import Record
from components.consent.status import ConsentStatus

from .hardships import edit, files_end_at
from .making import AVATAR, LOCATION, NEARBY, START, SUBJECTS, chained, draft

GIVEN, REFUSED, WITHDRAWN = ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN
MINUTE = timedelta(minutes=1)
PHONE = chained(
    SUBJECTS[0],
    (BASE_NOTICE, GIVEN, MINUTE),
    (NEARBY, GIVEN, 2 * MINUTE),
    (AVATAR, REFUSED, 3 * MINUTE),
    (NEARBY, WITHDRAWN, 9 * MINUTE),
)
TABLET = chained(SUBJECTS[1], (NEARBY, REFUSED, MINUTE), (LOCATION, REFUSED, MINUTE))


@pytest.fixture
def record(ledger: Ledger) -> Record:
    return Record(ledger)


@pytest.fixture
def window(store: Path, clock: ManualClock) -> Iterator[Record]:
    """Another window on the same record."""
    opened = Record(Ledger(store, clock=clock))
    yield opened
    opened.ledger.close()


def test_who_has_no_others_has_no_file_for_them(ledger: Ledger, store: Path) -> None:
    assert (ledger.others(), ledger.highest_of(SUBJECTS[0])) == ([], 0)
    assert (ledger.other_words(), ledger.others_mark(), ledger.witnesses(PHONE)) == ([], (), {})
    assert ledger.take_in([]) == 0
    ledger.forget_others()
    assert ledger.birth_date is None
    assert not store.parent.exists()


def test_copies_are_kept_once_and_in_their_order(ledger: Ledger, store: Path) -> None:
    assert ledger.take_in(PHONE[:2]) == 2
    assert ledger.take_in([*PHONE[1:], *TABLET, *PHONE]) == 4
    assert ledger.take_in([*TABLET, *PHONE]) == 0
    assert ledger.others() == [*PHONE, *TABLET]
    assert [ledger.highest_of(it) for it in SUBJECTS] == [4, 2, 0]
    ledger.close()
    with closing(Ledger(store)) as again:
        assert again.others() == [*PHONE, *TABLET]
        assert again.verify().others == {SUBJECTS[0]: 4, SUBJECTS[1]: 2}


def test_copies_are_never_sent_and_make_no_identity(ledger: Ledger) -> None:
    ledger.take_in(PHONE)
    assert ledger.events() == []
    assert ledger.outbox.claim(10) == []
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 0
    with pytest.raises(LedgerError, match="no choice"):
        _ = ledger.subject
    assert ledger.append(draft()).sequence == 1


def test_what_was_never_sent_is_not_missed_and_may_still_come(ledger: Ledger) -> None:
    assert ledger.take_in([PHONE[3]]) == 1
    assert ledger.take_in([PHONE[0]]) == 1
    assert {it.target: it for it in ledger.other_words()} == fold([PHONE[0], PHONE[3]])
    assert ledger.take_in(PHONE[:3]) == 2
    assert ledger.others() == PHONE
    assert {it.target: it for it in ledger.other_words()} == fold(PHONE)


OTHER_PHONE = chained(SUBJECTS[0], *[(NEARBY, REFUSED, MINUTE)] * 6)


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        (PHONE[:2], OTHER_PHONE[1:2]),
        (PHONE[:2], OTHER_PHONE[2:3]),
        (PHONE[2:3], OTHER_PHONE[1:2]),
        ([], [PHONE[0], OTHER_PHONE[1]]),
        (PHONE, [*TABLET, OTHER_PHONE[4]]),
    ],
    ids=["another content", "after another", "before another", "in one batch", "beside sound ones"],
)
def test_what_contradicts_the_chain_is_not_kept(
    ledger: Ledger, kept: list[Event], wrong: list[Event]
) -> None:
    ledger.take_in(kept)
    with pytest.raises(NotInChain):
        ledger.take_in(wrong)
    assert ledger.others() == kept


def test_one_id_under_two_numbers_is_not_kept(ledger: Ledger) -> None:
    first, second = OTHER_PHONE[3], OTHER_PHONE[5]
    twin = Event.create(
        **{
            **{name: getattr(second, name) for name in vars(second) if name != "hash"},
            "event_id": first.event_id,
            "occurred_at": START,
        }
    )
    ledger.take_in([first])
    with pytest.raises(NotInChain, match="another number"):
        ledger.take_in([twin])
    assert ledger.others() == [first]


def test_ones_own_events_are_not_another_installations(ledger: Ledger) -> None:
    own = ledger.append(draft())
    with pytest.raises(ValueError, match="own events"):
        ledger.take_in([*PHONE, own])
    assert ledger.others() == []


def test_copies_count_for_the_state_and_for_nothing_else(
    record: Record, clock: ManualClock
) -> None:
    clock.advance(5 * MINUTE)
    own = record.append(draft(GIVEN))
    assert record.take_in(PHONE[:3]) == 3
    assert record.state == fold([own, *PHONE[:3]])
    assert record.status(NEARBY) is GIVEN
    assert record.take_in(PHONE) == 1
    assert record.status(NEARBY) is WITHDRAWN
    assert record.events == (own,)
    assert record.others == tuple(PHONE)
    # The notice was agreed to on the other device: nothing may leave this one for that.
    assert not record.base_was_ever_given
    record.take_in(TABLET)
    record.forget_others([SUBJECTS[1]])
    assert record.others == tuple(PHONE)
    record.forget_others()
    assert (record.state, record.others) == ({NEARBY: own}, ())
    assert record.ledger.others_mark() == ()


def test_a_refusal_here_beats_an_older_grant_there(record: Record, clock: ManualClock) -> None:
    record.take_in(PHONE[:2])
    assert record.status(NEARBY) is GIVEN
    clock.advance(2 * MINUTE)
    refused = record.append(draft(REFUSED))
    assert record.holding(NEARBY) == refused


def test_what_a_system_answered_holds_on_its_own_device_only(record: Record) -> None:
    record.take_in(chained(SUBJECTS[1], (LOCATION, GIVEN, MINUTE)))
    assert record.status(LOCATION) is ConsentStatus.UNKNOWN
    granted = record.append(draft(GIVEN, target=LOCATION))
    record.take_in(chained(SUBJECTS[2], (LOCATION, WITHDRAWN, 9 * MINUTE)))
    assert record.holding(LOCATION) == granted


def test_another_window_learns_of_copies_and_is_told(record: Record, window: Record) -> None:
    told: list[int] = []
    window.refresh()
    window.subscribe(lambda: told.append(len(window.state)))
    record.take_in(TABLET)
    window.refresh()
    window.refresh()
    record.forget_others()
    window.refresh()
    assert told == [1, 0]


def test_what_the_endpoint_saw_is_no_news_to_who_has_no_others(record: Record) -> None:
    own = record.append(draft(GIVEN))
    told: list[int] = []
    record.subscribe(lambda: told.append(len(record.state)))
    record.ledger.outbox.acknowledge([own], {own.event_id: Witness(START + MINUTE)})
    record.refresh()
    assert told == []
    # With others it may decide between them.
    record.take_in(TABLET)
    assert told == [1]


def test_a_record_opens_with_its_copies(store: Path, clock: ManualClock) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        own = ledger.append(draft(REFUSED, AVATAR))
        ledger.take_in([*PHONE, *TABLET])
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SOUND
    purposes = [event for event in (*PHONE, *TABLET) if event.target != LOCATION]
    assert opened.record.state == fold([own, *purposes])
    opened.record.ledger.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE others SET body = replace(body, 'withdrawn', 'given')",
        "DELETE FROM others WHERE sequence = 4",
        "UPDATE others SET body = '{}' WHERE sequence = 1",
        "UPDATE others SET received_at = 'soon'",
        "DROP TABLE others",
    ],
)
def test_a_damaged_copy_is_found_at_opening(store: Path, clock: ManualClock, change: str) -> None:
    with closing(Ledger(store, clock=clock)) as ledger:
        ledger.append(draft(GIVEN, BASE_NOTICE))
        ledger.take_in(PHONE)
    edit(store, change)
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SET_ASIDE
    assert not opened.record.status(BASE_NOTICE).permits


def test_a_lie_about_copies_is_found_by_who_verifies(ledger: Ledger, store: Path) -> None:
    ledger.take_in(PHONE)
    edit(store, "DELETE FROM checkpoint")
    assert ledger.verify().others == {SUBJECTS[0]: 4}
    # The next copies make it again, of all that are kept.
    ledger.take_in(TABLET)
    assert fold(ledger.other_words()) == fold([*PHONE, *TABLET])
    ledger.other_words()
    with closing(sqlite3.connect(store)) as connection, connection:
        lie = stored(connection, OTHERS, SUBJECTS[0])
        assert lie is not None
        lie.words[str(NEARBY)] = (2, PHONE[1].hash)
        lie.write(connection)
    with pytest.raises(LedgerDamaged, match="its events fold to"):
        ledger.verify()
    edit(store, "UPDATE others SET sequence = 9 WHERE sequence = 4")
    with pytest.raises(LedgerDamaged, match="event 4 is stored as number 9"):
        ledger.verify()


def test_a_full_disk_keeps_no_copies(record: Record) -> None:
    record.append(draft(GIVEN))
    with files_end_at(0), pytest.raises(LedgerError):
        record.take_in(PHONE)
    assert record.status(NEARBY) is GIVEN
    assert record.others == ()
    record.take_in(PHONE)
    with files_end_at(0), pytest.raises(LedgerError):
        record.forget_others()
    assert record.others == tuple(PHONE)


# --- clocks that are wrong


def test_a_grant_from_a_clock_that_is_years_ahead_does_not_hold_for_ever(
    record: Record, clock: ManualClock
) -> None:
    grant = chained(SUBJECTS[0], (NEARBY, GIVEN, timedelta(days=3650)))
    seen = Witness(START + MINUTE, clock_skew_ms=int(timedelta(days=3650) / MINUTE) * 60_000)
    record.take_in(grant, {grant[0].event_id: seen})
    assert record.status(NEARBY) is GIVEN
    clock.advance(2 * MINUTE)
    assert record.append(draft(WITHDRAWN)).status is record.status(NEARBY) is WITHDRAWN


def test_ones_own_clock_may_be_the_one_that_is_ahead(
    record: Record, store: Path, clock: ManualClock
) -> None:
    clock.set_wall_clock(START + timedelta(days=3650))
    own = record.append(draft(GIVEN))
    refused = chained(SUBJECTS[1], (NEARBY, REFUSED, 5 * MINUTE))
    record.take_in(refused)
    # Without an endpoint nobody can know. Its answer to the own event settles it.
    assert record.holding(NEARBY) == own
    seen = {own.event_id: Witness(START + MINUTE)}
    record.ledger.outbox.acknowledge([own], seen)
    record.refresh()
    assert record.holding(NEARBY) == refused[0]
    assert record.ledger.witnesses([own, *refused]) == seen
    opened = open_record(store, clock)
    assert opened.record.holding(NEARBY) == refused[0]
    opened.record.ledger.close()


# --- what stays on this device


def test_a_birth_date_is_kept_and_in_no_event(record: Record, store: Path, window: Record) -> None:
    told: list[date | None] = []
    window.refresh()
    window.subscribe(lambda: told.append(window.birth_date))
    record.declare_birth_date(date(2012, 2, 29))
    assert record.birth_date == record.ledger.birth_date == date(2012, 2, 29)
    record.declare_birth_date(date(2011, 2, 28))
    record.append(draft())
    window.refresh()
    assert told == [date(2011, 2, 28)]
    assert not any("2011-02-28" in str(event.to_json()) for event in record.events)
    with files_end_at(0), pytest.raises(LedgerError):
        record.declare_birth_date(date(1990, 1, 1))
    assert record.birth_date == date(2011, 2, 28)
    record.ledger.close()
    edit(store, "UPDATE person SET birth_date = 'long ago'")
    with closing(Ledger(store)) as again, pytest.raises(LedgerDamaged):
        _ = again.birth_date


def test_what_the_endpoint_saw_is_kept_to_the_millisecond(ledger: Ledger) -> None:
    moment = datetime(2021, 11, 1, 9, 0, 0, 123000, tzinfo=UTC)
    seen = {PHONE[0].event_id: Witness(moment, -250), PHONE[1].event_id: Witness(moment)}
    ledger.take_in(PHONE, seen)
    assert ledger.witnesses(PHONE) == seen


def test_nobody_changes_a_copy(ledger: Ledger, store: Path) -> None:
    ledger.take_in(PHONE)
    with (
        closing(sqlite3.connect(store)) as intruder,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        intruder.execute("UPDATE others SET body = '{}'")
