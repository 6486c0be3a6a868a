"""A store begun as an installation that exists: its secret, and what was sent of it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, GENESIS, Event
from components.consent.fold import fold
from components.consent.identity import new_secret, subject_of
from components.consent.ledger import Ledger, LedgerError, NotInChain
from components.consent.opening import StoreCondition, open_record
from components.consent.outbox import Delivery
from components.consent.record import Record
from components.consent.status import ConsentStatus

from .hardships import edit, files_end_at
from .making import AVATAR, NEARBY, SUBJECTS, chained, draft

GIVEN, REFUSED, WITHDRAWN = ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN
MINUTE = timedelta(minutes=1)
PHONE = chained(SUBJECTS[0], (NEARBY, GIVEN, MINUTE), (NEARBY, REFUSED, 2 * MINUTE))
OTHER_PHONE = chained(SUBJECTS[0], *[(NEARBY, REFUSED, MINUTE)] * 6)


@pytest.fixture
def lost(tmp_path: Path, clock: ManualClock) -> tuple[str, list[Event]]:
    """The secret and the events of a device that was lost."""
    with closing(Ledger(tmp_path / "lost.sqlite3", clock=clock)) as ledger:
        ledger.append(draft(GIVEN, BASE_NOTICE))
        for status in (GIVEN, REFUSED, GIVEN, WITHDRAWN):
            clock.advance(MINUTE)
            ledger.append(draft(status))
        return ledger.secret, ledger.events()


def test_a_restored_record_goes_on_where_it_ended(
    ledger: Ledger, store: Path, lost: tuple[str, list[Event]]
) -> None:
    secret, events = lost
    ledger.restore(secret, events[::-1])
    assert (ledger.secret, ledger.subject) == (secret, subject_of(secret))
    assert ledger.events() == events
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 5
    assert ledger.outbox.claim(10) == []
    record = Record(ledger)
    record.refresh()
    assert record.state == fold(events)
    assert record.base_was_ever_given
    written = record.append(draft())
    assert (written.sequence, written.previous_hash) == (6, events[-1].hash)
    assert ledger.outbox.claim(10) == [written]
    assert ledger.verify().events == 6


@pytest.mark.parametrize("missing", [(1,), (2, 3), (1, 2, 4), (1, 3)])
def test_what_was_never_sent_stays_missing_and_is_no_damage(
    ledger: Ledger,
    store: Path,
    clock: ManualClock,
    lost: tuple[str, list[Event]],
    missing: tuple[int, ...],
) -> None:
    secret, events = lost
    kept = [event for event in events if event.sequence not in missing]
    ledger.restore(secret, kept)
    written = ledger.append(draft(REFUSED, AVATAR))
    assert ledger.events() == [*kept, written]
    assert ledger.events(after=kept[0].sequence) == [*kept[1:], written]
    assert ledger.history() == [written, *kept[::-1]]
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == len(kept)
    assert ledger.verify().events == len(kept) + 1
    assert ledger.events(after=2) == [it for it in [*kept, written] if it.sequence > 2]
    ledger.close()
    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SOUND
    assert opened.record.state == fold([*kept, written])
    opened.record.ledger.close()
    # A number that is missing beside these is damage all the same.
    edit(store, "DELETE FROM outbox")
    edit(store, "DELETE FROM events WHERE sequence = 5")
    assert open_record(store, clock).condition is StoreCondition.SET_ASIDE


def test_a_device_that_never_sent_anything_is_restored_with_its_name(ledger: Ledger) -> None:
    secret = new_secret()
    ledger.restore(secret, [])
    assert ledger.events() == []
    assert ledger.append(draft()).subject == subject_of(secret)


def test_only_what_is_empty_is_restored_into(
    ledger: Ledger, store: Path, clock: ManualClock, lost: tuple[str, list[Event]]
) -> None:
    secret, events = lost
    with closing(Ledger(store.with_name("used.sqlite3"), clock=clock)) as used:
        own = used.append(draft())
        with pytest.raises(LedgerError, match="before"):
            used.restore(secret, events)
        assert used.events() == [own]
    with closing(Ledger(store.with_name("copies.sqlite3"), clock=clock)) as copies:
        copies.take_in(PHONE)
        with pytest.raises(LedgerError, match="before"):
            copies.restore(secret, events)
    ledger.record_ask(NEARBY, "app")
    ledger.restore(secret, events)
    with pytest.raises(LedgerError, match="before"):
        ledger.restore(secret, events)
    assert ledger.events() == events


def test_what_is_no_record_of_that_secret_is_not_restored(
    ledger: Ledger, lost: tuple[str, list[Event]]
) -> None:
    secret, events = lost
    for wrong in ([*events, events[0]], PHONE, [*events[:2], OTHER_PHONE[2]]):
        with pytest.raises(NotInChain):
            ledger.restore(secret, wrong)
    with pytest.raises(ValueError, match="not a device secret"):
        ledger.restore("secret", events)
    with files_end_at(0), pytest.raises(LedgerError):
        ledger.restore(secret, events)
    with pytest.raises(LedgerError, match="no choice"):
        _ = ledger.subject
    assert ledger.append(draft()).previous_hash == GENESIS
