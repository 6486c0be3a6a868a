"""What the screens of the record read: a page about one thing, one event, the last receipt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.consent.event import BASE_NOTICE, Cause, Target
from components.consent.fold import Witness
from components.consent.ledger import Draft, Ledger
from components.consent.ledger_errors import LedgerDamaged
from components.consent.record import Record
from components.consent.status import ConsentStatus

PUSH = Target.parse("purpose:push-delivery")
REGION = Target.parse("purpose:push-region")


def dismissed(target: Target, gesture: str | None = None) -> Draft:
    return Draft(target, ConsentStatus.DEFERRED, Cause.DISMISSED, gesture=gesture)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "record.sqlite")


def test_nothing_recorded_has_nothing_to_look_back_on(ledger: Ledger) -> None:
    assert ledger.history(about=PUSH) == []
    assert ledger.event("no-such-event") is None
    assert ledger.outbox.last_received_at() is None
    assert not ledger.path.exists()


def test_a_page_about_one_thing_holds_that_alone_newest_first(ledger: Ledger) -> None:
    events = [ledger.append(dismissed(target)) for target in (PUSH, REGION, PUSH, PUSH)]
    assert ledger.history(about=PUSH) == [events[3], events[2], events[0]]
    assert ledger.history(about=PUSH, limit=2) == [events[3], events[2]]
    assert ledger.history(before=3, about=PUSH) == [events[0]]
    assert Record(ledger).history(about=REGION) == [events[1]]
    assert ledger.history(about=BASE_NOTICE) == []


def test_words_that_look_like_a_target_are_not_taken_for_one(ledger: Ledger) -> None:
    ledger.append(dismissed(REGION, gesture=f'"target":"{PUSH}"'))
    assert ledger.history(about=PUSH) == []


def test_one_event_is_found_by_its_id_here_and_among_the_copies(
    ledger: Ledger, tmp_path: Path
) -> None:
    own = ledger.append(dismissed(PUSH))
    other = Ledger(tmp_path / "other.sqlite").append(dismissed(PUSH))
    record = Record(ledger)
    record.take_in([other])
    assert record.event(own.event_id) == own
    assert record.event(other.event_id) == other
    assert ledger.event(other.event_id) is None
    assert record.event("no-such-event") is None


def test_when_the_endpoint_took_the_newest_of_what_it_has(ledger: Ledger) -> None:
    events = [ledger.append(dismissed(PUSH)) for _ in range(3)]
    ledger.outbox.acknowledge(events[:1])
    assert ledger.outbox.last_received_at() is None
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    ledger.outbox.acknowledge(events[1:2], {events[1].event_id: Witness(moment, 0)})
    assert ledger.outbox.last_received_at() == moment


def test_a_changed_event_is_not_shown(ledger: Ledger) -> None:
    event = ledger.append(dismissed(PUSH))
    with ledger._file.writing() as connection:
        connection.execute("DROP TRIGGER events_are_not_changed")
        connection.execute("UPDATE events SET body = replace(body, 'deferred', 'given')")
    for look in (lambda: ledger.history(about=PUSH), lambda: ledger.event(event.event_id)):
        with pytest.raises(LedgerDamaged):
            look()
