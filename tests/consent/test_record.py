"""The record in memory: what is on the disk, no more and no less."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Event, MalformedEvent
from components.consent.fold import fold
from components.consent.gate import Gate
from components.consent.ledger import Draft, Ledger, LedgerDamaged, LedgerError
from components.consent.opening import open_record
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.policy.pack import Pack

from .hardships import edit
from .making import AVATAR, NEARBY, draft

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
REFUSAL = draft(REFUSED, AVATAR)


@pytest.fixture
def record(ledger: Ledger) -> Record:
    return Record(ledger)


@pytest.fixture
def other(store: Path, clock: ManualClock) -> Iterator[Record]:
    """Another window on the same record."""
    opened = Record(Ledger(store, clock=clock))
    yield opened
    opened.ledger.close()


def test_a_new_record_knows_nothing(record: Record) -> None:
    assert record.events == ()
    assert record.status(NEARBY) is ConsentStatus.UNKNOWN
    assert record.holding(NEARBY) is None
    assert record.base_was_ever_given is False
    assert record.birth_date is None
    assert record.asks(NEARBY) == []


def test_a_choice_holds_once_it_is_written(record: Record) -> None:
    given = record.append(draft(GIVEN))
    avatar = record.append(draft(REFUSED, AVATAR))
    refused = record.append(draft(REFUSED))
    assert record.events == (given, avatar, refused)
    assert (record.holding(NEARBY), record.status(NEARBY)) == (refused, REFUSED)
    assert (record.holding(AVATAR), record.status(AVATAR)) == (avatar, REFUSED)
    assert record.ledger.events() == [given, avatar, refused]
    assert record.state == {NEARBY: refused, AVATAR: avatar}


def test_asks_are_the_ledgers(record: Record) -> None:
    record.ledger.record_ask(NEARBY, "app")
    assert [ask.initiative for ask in record.asks(NEARBY)] == ["app"]
    assert record.asks(AVATAR) == []


def test_two_windows_come_to_the_same_state(record: Record, other: Record) -> None:
    record.append(draft(GIVEN))
    assert other.status(NEARBY) is ConsentStatus.UNKNOWN
    other.refresh()
    assert other.status(NEARBY) is GIVEN
    refused = other.append(draft(REFUSED))
    assert record.status(NEARBY) is GIVEN
    # A choice made here takes in what was chosen there before.
    record.append(draft(GIVEN, AVATAR))
    assert record.holding(NEARBY) == refused
    other.refresh()
    assert record.events == other.events


class Overtaken(Ledger):
    """A ledger into which another window writes at the last moment."""

    def __init__(self, store: Path, other: Record) -> None:
        super().__init__(store)
        self._other = other

    def append(self, draft: Draft) -> Event:
        self._other.append(REFUSAL)
        return super().append(draft)


def test_a_choice_that_another_window_overtakes_takes_that_one_in(
    store: Path, other: Record
) -> None:
    overtaken = Record(Overtaken(store, other))
    for _ in range(2):
        given = overtaken.append(draft(GIVEN))
        assert overtaken.holding(NEARBY) == given
        assert overtaken.status(AVATAR) is REFUSED
    assert len(overtaken.events) == 4
    assert overtaken.state == fold(overtaken.events)
    overtaken.ledger.close()


def test_what_is_known_is_answered_from_memory(record: Record, other: Record) -> None:
    record.append(draft(GIVEN))
    record.refresh()
    connection = record.ledger._file.connection
    assert connection is not None
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    assert record.status(NEARBY) is GIVEN
    assert not record.base_was_ever_given
    assert record.birth_date is None
    assert asked == []
    # Nobody wrote: whether that is so is all that is asked.
    record.refresh()
    assert asked == ["PRAGMA data_version"]
    other.append(draft(REFUSED))
    record.refresh()
    assert record.status(NEARBY) is REFUSED
    # What was written here is known here.
    record.append(draft(GIVEN))
    asked.clear()
    record.refresh()
    assert asked == ["PRAGMA data_version"]
    connection.set_trace_callback(None)


def test_the_base_notice_once_given_stays_known(record: Record, other: Record) -> None:
    assert not record.base_was_ever_given
    record.append(draft(REFUSED, BASE_NOTICE))
    assert not record.base_was_ever_given
    record.append(draft(GIVEN, BASE_NOTICE))
    record.append(draft(ConsentStatus.WITHDRAWN, BASE_NOTICE))
    other.refresh()
    assert record.base_was_ever_given
    assert other.base_was_ever_given


def test_the_history_is_read_page_by_page(record: Record) -> None:
    assert record.history() == []
    written = [record.append(draft()) for _ in range(7)]
    pages: list[list[int]] = []
    before = None
    while len(pages) < 9 and (page := record.history(before, 3)):
        pages.append([event.sequence for event in page])
        before = page[-1].sequence
    assert pages == [[7, 6, 5], [4, 3, 2], [1]]
    assert record.history() == written[::-1]
    for _ in range(44):
        record.append(draft())
    assert [event.sequence for event in record.history()] == list(range(51, 1, -1))


def test_the_clock_going_back_makes_no_old_choice_new(
    record: Record, other: Record, clock: ManualClock
) -> None:
    record.append(draft(GIVEN))
    clock.set_wall_clock(clock.now().replace(year=1999))
    record.append(draft(REFUSED))
    other.refresh()
    assert record.status(NEARBY) is other.status(NEARBY) is REFUSED


def test_listeners_are_told_of_every_change_and_of_nothing_else(
    record: Record, other: Record
) -> None:
    told: list[int] = []
    unsubscribe = record.subscribe(lambda: told.append(len(record.events)))
    record.refresh()
    record.append(draft())
    record.refresh()
    other.append(draft())
    record.refresh()
    assert told == [1, 2]
    unsubscribe()
    record.append(draft())
    assert told == [1, 2]


def test_a_listener_may_leave_while_it_is_told(record: Record) -> None:
    told: list[str] = []

    def once() -> None:
        told.append("once")
        leave()

    leave = record.subscribe(once)
    record.subscribe(lambda: told.append("always"))
    record.append(draft())
    record.append(draft())
    assert told == ["once", "always", "always"]


def test_a_listener_that_fails_undoes_nothing(
    record: Record, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []

    def fail() -> None:
        raise RuntimeError("the screen is gone")

    record.subscribe(fail)
    record.subscribe(lambda: told.append(len(record.events)))
    with caplog.at_level(logging.ERROR):
        event = record.append(draft(GIVEN))
    assert caplog.messages == ["a listener of the consent record failed"]
    assert "the screen is gone" in caplog.text
    assert record.events == (event,)
    assert record.status(NEARBY) is GIVEN
    assert told == [1]
    with closing(Ledger(store)) as ledger:
        assert ledger.events() == [event]


def test_a_listener_may_choose(record: Record) -> None:
    def withdraw_at_once() -> None:
        if record.status(NEARBY) is GIVEN:
            record.append(draft(ConsentStatus.WITHDRAWN))

    record.subscribe(withdraw_at_once)
    record.append(draft(GIVEN))
    assert [event.status for event in record.events] == [GIVEN, ConsentStatus.WITHDRAWN]
    assert record.status(NEARBY) is ConsentStatus.WITHDRAWN


def test_a_draft_that_contradicts_itself_changes_nothing(record: Record) -> None:
    given = record.append(draft(GIVEN))
    told: list[int] = []
    record.subscribe(lambda: told.append(1))
    with pytest.raises(MalformedEvent):
        record.append(Draft(NEARBY, GIVEN, draft().cause))
    assert record.events == (given,)
    assert told == []


def test_a_store_that_can_be_read_no_more_is_not_written_to(
    record: Record, other: Record, store: Path
) -> None:
    given = record.append(draft(GIVEN))
    other.append(draft(GIVEN, AVATAR))
    third = other.append(draft(GIVEN, AVATAR, label="好"))
    # Only the middle one is broken: the ledger alone would not see it and go on after the third.
    edit(store, "UPDATE events SET body = replace(body, '不同意', '不') WHERE sequence = 2")
    with pytest.raises(LedgerDamaged):
        record.append(draft(ConsentStatus.WITHDRAWN))
    with pytest.raises(LedgerDamaged):
        record.refresh()
    assert record.events == (given,)
    assert record.status(NEARBY) is GIVEN
    assert max(record.ledger.outbox.deliveries()) == third.sequence


def test_an_unreadable_store_permits_nothing(store: Path, pack: Pack, clock: ManualClock) -> None:
    store.mkdir(parents=True)
    record = open_record(store, clock).record
    gate = Gate(pack, record, clock)
    free = {purpose.id for purpose in pack.purposes.values() if not purpose.notice_required}
    assert {it for it in pack.purposes if gate.permits(it)} == free
    assert gate.notice_due
    assert not gate.may_send
    with pytest.raises(LedgerError):
        record.append(draft(GIVEN))
    assert record.events == ()
    store.rmdir()
    record.append(draft(GIVEN))
    assert record.status(NEARBY) is GIVEN
    record.ledger.close()
