"""The outbox: how far each event has come, over crashes and late answers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.consent.event import Event, Target
from components.consent.fold import fold
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery, Rejection

from .making import AVATAR, LOCATION, NEARBY, draft


@pytest.fixture
def events(ledger: Ledger) -> list[Event]:
    return [ledger.append(draft()) for _ in range(5)]


def states(ledger: Ledger) -> list[Delivery]:
    deliveries = ledger.outbox.deliveries()
    assert list(deliveries) == list(range(1, len(deliveries) + 1))
    return list(deliveries.values())


def counted(
    pending: int = 0, sent: int = 0, acknowledged: int = 0, rejected: int = 0, superseded: int = 0
) -> dict[Delivery, int]:
    numbers = (pending, sent, acknowledged, rejected, superseded)
    return dict(zip(Delivery, numbers, strict=True))


def test_every_event_starts_pending(ledger: Ledger, events: list[Event]) -> None:
    assert states(ledger) == [Delivery.PENDING] * 5
    assert ledger.outbox.counts() == counted(pending=5)
    assert ledger.outbox.unsettled() == 5


def test_the_oldest_are_claimed_first_and_are_then_sent(
    ledger: Ledger, events: list[Event]
) -> None:
    assert ledger.outbox.claim(2) == events[:2]
    assert states(ledger) == [Delivery.SENT] * 2 + [Delivery.PENDING] * 3
    assert ledger.outbox.counts() == counted(pending=3, sent=2)
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
    ledger.outbox.reject(events[2], "kept with another content", code="other-body")
    ledger.outbox.reject(events[0], "no event")
    assert ledger.outbox.rejections() == [
        Rejection(events[0], "", "no event"),
        Rejection(events[2], "other-body", "kept with another content"),
    ]
    assert ledger.outbox.claim(9) == [events[1], events[3], events[4]]
    assert ledger.outbox.counts() == counted(sent=3, rejected=2)


def test_what_is_released_waits_again(ledger: Ledger, events: list[Event]) -> None:
    ledger.outbox.release(ledger.outbox.claim(4))
    assert states(ledger) == [Delivery.PENDING] * 5


@pytest.mark.parametrize("settled", [Delivery.ACKNOWLEDGED, Delivery.REJECTED, Delivery.SUPERSEDED])
def test_what_is_settled_stays_settled(
    ledger: Ledger, events: list[Event], settled: Delivery
) -> None:
    outbox, first = ledger.outbox, events[0]
    outbox.claim(1)
    match settled:
        case Delivery.ACKNOWLEDGED:
            outbox.acknowledge([first])
        case Delivery.REJECTED:
            outbox.reject(first, "the first answer")
        case _:
            outbox.supersede([first], "not wanted any more")
    outbox.release([first])
    outbox.supersede([first], "too late")
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


def test_what_is_superseded_is_not_sent_and_stays_in_the_record(
    ledger: Ledger, events: list[Event]
) -> None:
    ledger.outbox.supersede(events[:2], "a newer copy is there")
    assert ledger.outbox.counts() == counted(pending=3, superseded=2)
    assert ledger.outbox.superseded_for("a newer copy is there") == 2
    assert ledger.outbox.superseded_for("another reason") == 0
    assert ledger.outbox.unsettled() == 3
    assert ledger.outbox.claim(9) == events[2:]
    assert ledger.events() == events
    assert ledger.verify().events == 5


def test_a_queue_within_its_limit_is_left_alone(ledger: Ledger, events: list[Event]) -> None:
    assert [ledger.outbox.trim(limit) for limit in (5, 6)] == [0, 0]
    assert states(ledger) == [Delivery.PENDING] * 5


def test_a_queue_over_its_limit_loses_the_oldest_that_a_later_one_stands_for(
    ledger: Ledger,
) -> None:
    targets = (NEARBY, AVATAR, NEARBY, LOCATION, NEARBY, AVATAR)
    for target in targets:
        ledger.append(draft(target=target))
    assert ledger.outbox.trim(5) == 1
    assert ledger.outbox.trim(5) == 0
    assert ledger.outbox.trim(0) == 2
    assert states(ledger) == [
        *[Delivery.SUPERSEDED] * 3,
        # The last word on each target is sent, whatever the limit.
        *[Delivery.PENDING] * 3,
    ]
    assert ledger.outbox.trim(0) == 0
    assert len(ledger.events()) == 6


def test_what_may_have_arrived_is_not_taken_out_of_the_queue(
    ledger: Ledger, events: list[Event]
) -> None:
    ledger.outbox.claim(2)
    assert ledger.outbox.trim(1) == 2
    assert states(ledger) == [
        *[Delivery.SENT] * 2,
        *[Delivery.SUPERSEDED] * 2,
        Delivery.PENDING,
    ]


@given(st.lists(st.sampled_from([NEARBY, AVATAR, LOCATION]), max_size=9), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_trimming_never_changes_what_the_endpoint_comes_to(
    targets: list[Target], limit: int
) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Ledger(Path(folder) / "consent.sqlite3")) as ledger,
    ):
        events = [ledger.append(draft(target=target)) for target in targets]
        left_out = ledger.outbox.trim(limit)
        sent = ledger.outbox.claim(99)
        assert len(sent) + left_out == len(events)
        assert fold(sent) == fold(events)
        assert len(sent) <= max(limit, len(set(targets)))


def test_how_far_a_page_has_come_is_told_without_the_rest(
    ledger: Ledger, events: list[Event]
) -> None:
    ledger.outbox.acknowledge(events[:3])
    assert ledger.outbox.deliveries(first=3, last=4) == {
        3: Delivery.ACKNOWLEDGED,
        4: Delivery.PENDING,
    }
    assert list(ledger.outbox.deliveries(first=4)) == [4, 5]


def test_counting_reads_no_table(ledger: Ledger, events: list[Event], store: Path) -> None:
    ledger.outbox.acknowledge(events[:4])
    plans: list[str] = []
    with closing(sqlite3.connect(store)) as connection:
        for state in ("IN ('pending', 'sent')", "= 'sent'", "= 'rejected'", "= 'superseded'"):
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN SELECT count(*) FROM outbox WHERE state {state}"  # noqa: S608
            )
            plans.extend(row[3] for row in plan)
    assert len(plans) == 4
    assert all("USING COVERING INDEX outbox_" in plan for plan in plans)
