"""The outbox: how far each event has come, over crashes and late answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from components.consent.event import Event
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery, Rejection

from .making import draft


@pytest.fixture
def events(ledger: Ledger) -> list[Event]:
    return [ledger.append(draft()) for _ in range(5)]


def states(ledger: Ledger) -> list[Delivery]:
    deliveries = ledger.outbox.deliveries()
    assert list(deliveries) == list(range(1, len(deliveries) + 1))
    return list(deliveries.values())


def counted(pending: int, sent: int, acknowledged: int, rejected: int) -> dict[Delivery, int]:
    return dict(zip(Delivery, (pending, sent, acknowledged, rejected), strict=True))


def test_every_event_starts_pending(ledger: Ledger, events: list[Event]) -> None:
    assert states(ledger) == [Delivery.PENDING] * 5
    assert ledger.outbox.counts() == counted(5, 0, 0, 0)
    assert ledger.outbox.unsettled() == 5


def test_the_oldest_are_claimed_first_and_are_then_sent(
    ledger: Ledger, events: list[Event]
) -> None:
    assert ledger.outbox.claim(2) == events[:2]
    assert states(ledger) == [Delivery.SENT] * 2 + [Delivery.PENDING] * 3
    assert ledger.outbox.counts() == counted(3, 2, 0, 0)
    assert ledger.outbox.unsettled() == 5


def test_claiming_none_changes_nothing(ledger: Ledger, events: list[Event]) -> None:
    assert ledger.outbox.claim(0) == []
    assert states(ledger) == [Delivery.PENDING] * 5


def test_what_was_sent_without_an_answer_is_claimed_again_after_a_crash(
    ledger: Ledger, events: list[Event], store: Path
) -> None:
    ledger.outbox.claim(2)
    with closing(Ledger(store)) as after_a_crash:
        assert after_a_crash.outbox.claim(3) == events[:3]
        assert states(after_a_crash) == [Delivery.SENT] * 3 + [Delivery.PENDING] * 2


def test_what_is_acknowledged_is_not_sent_again(ledger: Ledger, events: list[Event]) -> None:
    ledger.outbox.acknowledge(ledger.outbox.claim(2))
    assert ledger.outbox.claim(9) == events[2:]
    assert states(ledger) == [Delivery.ACKNOWLEDGED] * 2 + [Delivery.SENT] * 3
    assert ledger.outbox.unsettled() == 3


def test_what_is_rejected_is_not_sent_again_and_keeps_the_reason(
    ledger: Ledger, events: list[Event]
) -> None:
    ledger.outbox.claim(3)
    ledger.outbox.reject(events[2], "no such subject")
    ledger.outbox.reject(events[0], "malformed")
    assert ledger.outbox.rejections() == [
        Rejection(events[0], "malformed"),
        Rejection(events[2], "no such subject"),
    ]
    assert ledger.outbox.claim(9) == [events[1], events[3], events[4]]
    assert ledger.outbox.counts() == counted(0, 3, 0, 2)


def test_what_is_released_waits_again(ledger: Ledger, events: list[Event]) -> None:
    ledger.outbox.release(ledger.outbox.claim(4))
    assert states(ledger) == [Delivery.PENDING] * 5


@pytest.mark.parametrize("settled", [Delivery.ACKNOWLEDGED, Delivery.REJECTED])
def test_what_is_settled_stays_settled(
    ledger: Ledger, events: list[Event], settled: Delivery
) -> None:
    outbox, first = ledger.outbox, events[0]
    outbox.claim(1)
    if settled is Delivery.ACKNOWLEDGED:
        outbox.acknowledge([first])
    else:
        outbox.reject(first, "the first answer")
    outbox.release([first])
    outbox.acknowledge([first])
    outbox.reject(first, "a late answer")
    assert states(ledger)[0] is settled
    reasons = [it.reason for it in outbox.rejections()]
    assert reasons == (["the first answer"] if settled is Delivery.REJECTED else [])


def test_an_answer_may_come_for_what_is_not_marked_as_sent(
    ledger: Ledger, events: list[Event]
) -> None:
    # Another window of the same person sent it; what it released was answered all the same.
    ledger.outbox.acknowledge(events[:1])
    assert states(ledger)[0] is Delivery.ACKNOWLEDGED
