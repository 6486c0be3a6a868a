"""When the synchroniser sends, when it does not, and what it says about it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery
from components.sync import (
    Answer,
    Delivered,
    FailureKind,
    Fault,
    NoTransport,
    Refused,
    Synchroniser,
    SyncPhase,
    SyncState,
    Unreachable,
    full_jitter,
)
from components.sync.synchroniser import LONGEST_RETRY_AFTER_SECONDS

from .journeys import (
    Recording,
    Scripted,
    always,
    at_once,
    choose,
    delivered,
    in_phase,
    never,
    until,
)

pytestmark = pytest.mark.anyio
FORKED = Fault("forked-record", "forked")


class Silent(Recording):
    """A transport whose answer does not come."""

    def __init__(self) -> None:
        super().__init__(self._wait)

    async def _wait(self, _subject: str, _secret: str, _events: Sequence[Event]) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets that event")


async def test_nothing_is_sent_before_it_may(ledger: Ledger) -> None:
    allowed = False
    transport = Scripted()
    synchroniser = Synchroniser(ledger, transport, lambda: allowed)
    await synchroniser.start()
    choose(ledger, 2)
    synchroniser.wake()
    held = await until(synchroniser, lambda state: state.pending == 2)
    assert held == SyncState(SyncPhase.HELD, pending=2, rejected=0)
    assert await synchroniser.drain() == held
    assert transport.batches == []
    allowed = True
    synchroniser.wake()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert len(transport.batches) == 1


async def test_it_stops_between_two_batches_when_it_may_no_longer(ledger: Ledger) -> None:
    choose(ledger, 3)
    transport = Scripted()
    synchroniser = Synchroniser(ledger, transport, lambda: not transport.batches, batch=1)
    state = await synchroniser.drain()
    assert (state.phase, state.pending) == (SyncPhase.HELD, 2)


async def test_the_states_of_a_journey(ledger: Ledger) -> None:
    now = datetime(2021, 11, 1, 8, tzinfo=UTC)
    events = choose(ledger, 2)
    transport = Scripted(Unreachable(FailureKind.TIMED_OUT), Refused({events[0].event_id: FORKED}))
    synchroniser = Synchroniser(
        ledger, transport, always, backoff=lambda _: 30, clock=ManualClock(now)
    )
    seen: list[SyncState] = []
    unsubscribe = synchroniser.subscribe(seen.append)
    await synchroniser.start()
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.WAITING))
    synchroniser.wake()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    timed_out = FailureKind.TIMED_OUT
    assert seen == [
        SyncState(SyncPhase.SENDING, 2, 0),
        SyncState(SyncPhase.WAITING, 2, 0, now + timedelta(seconds=30), timed_out),
        SyncState(SyncPhase.SENDING, 2, 0, None, timed_out),
        SyncState(SyncPhase.SENDING, 1, 1),
        SyncState(SyncPhase.IDLE, 0, 1),
        SyncState(SyncPhase.HELD, 0, 1),
    ]
    unsubscribe()
    unsubscribe()
    await synchroniser.drain()
    assert len(seen) == 6


async def test_waits_grow_and_begin_anew_after_a_success(ledger: Ledger) -> None:
    asked: list[int] = []

    def backoff(failures: int) -> float:
        asked.append(failures)
        return 0.0

    choose(ledger, 2)
    failed = Unreachable(FailureKind.ENDPOINT_FAILED)
    events = ledger.events()
    transport = Scripted(failed, failed, delivered(events[:1]), failed)
    synchroniser = Synchroniser(ledger, transport, always, backoff=backoff, batch=1)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert asked == [1, 2, 1]


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [(None, 7.0), (3.0, 7.0), (60.0, 60.0), (1e9, LONGEST_RETRY_AFTER_SECONDS)],
)
async def test_an_endpoint_may_ask_for_longer_but_not_for_ever(
    ledger: Ledger, retry_after: float | None, seconds: float
) -> None:
    now = datetime(2021, 11, 1, 8, tzinfo=UTC)
    choose(ledger, 1)
    transport = Scripted(Unreachable(FailureKind.THROTTLED, retry_after))
    synchroniser = Synchroniser(
        ledger, transport, always, backoff=lambda _: 7.0, clock=ManualClock(now)
    )
    await synchroniser.start()
    waiting = await until(synchroniser, in_phase(SyncPhase.WAITING))
    await synchroniser.stop()
    assert waiting.next_try_at == now + timedelta(seconds=seconds)


async def test_without_an_endpoint_it_waits_for_a_wake_up(ledger: Ledger) -> None:
    choose(ledger, 1)
    recording = Recording(NoTransport().send)
    synchroniser = Synchroniser(ledger, recording, always, backoff=at_once)
    await synchroniser.start()
    waiting = await until(synchroniser, in_phase(SyncPhase.WAITING))
    await asyncio.sleep(0.1)
    await synchroniser.stop()
    assert waiting == SyncState(
        SyncPhase.WAITING, 1, 0, next_try_at=None, last_error=FailureKind.NO_ENDPOINT
    )
    assert len(recording.batches) == 1


async def test_a_fault_inside_is_logged_and_tried_again(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    choose(ledger, 2)
    transport = Scripted(RuntimeError("a fault of the transport"))
    synchroniser = Synchroniser(ledger, transport, always, backoff=at_once)
    seen: list[SyncState] = []
    synchroniser.subscribe(seen.append)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert FailureKind.INTERNAL in {state.last_error for state in seen}
    assert "a fault of the transport" in caplog.text
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 2


async def test_a_store_that_fails_is_tried_again(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    choose(ledger, 2)
    transport = Scripted()
    synchroniser = Synchroniser(ledger, transport, always, backoff=at_once)
    _rename(ledger, "outbox", "away")
    await synchroniser.start()
    waiting = await until(synchroniser, in_phase(SyncPhase.WAITING))
    assert (waiting.pending, waiting.last_error) == (2, FailureKind.INTERNAL)
    _rename(ledger, "away", "outbox")
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert "cannot be counted" in caplog.text
    assert [len(batch) for batch in transport.batches] == [2]


def _rename(ledger: Ledger, before: str, after: str) -> None:
    with sqlite3.connect(ledger.path) as connection:
        connection.execute(f"ALTER TABLE {before} RENAME TO {after}")
    connection.close()


async def test_a_listener_that_fails_disturbs_nobody(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    choose(ledger, 1)
    synchroniser = Synchroniser(ledger, Scripted(), always)
    seen: list[SyncState] = []

    def fail(_state: SyncState) -> None:
        raise RuntimeError("a fault of the screen")

    synchroniser.subscribe(fail)
    synchroniser.subscribe(seen.append)
    assert (await synchroniser.drain()).phase is SyncPhase.IDLE
    assert [state.phase for state in seen] == [SyncPhase.SENDING, SyncPhase.IDLE]
    assert "a fault of the screen" in caplog.text


async def test_stopping_gives_up_the_batch_under_way(ledger: Ledger) -> None:
    choose(ledger, 2)
    transport = Silent()
    synchroniser = Synchroniser(ledger, transport, always)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.SENDING))
    await asyncio.sleep(0.01)
    assert ledger.outbox.counts()[Delivery.SENT] == 2
    await synchroniser.stop()
    await synchroniser.stop()
    assert ledger.outbox.counts()[Delivery.PENDING] == 2
    assert synchroniser.state == SyncState(SyncPhase.HELD, pending=2, rejected=0)


async def test_it_starts_again_after_a_stop(ledger: Ledger) -> None:
    transport = Scripted()
    synchroniser = Synchroniser(ledger, transport, always)
    await synchroniser.start()
    await synchroniser.stop()
    choose(ledger, 1)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert len(transport.batches) == 1


@pytest.mark.parametrize(
    "answer", [Delivered(frozenset({"another"})), Refused({"another": FORKED})]
)
async def test_an_answer_about_other_events_settles_nothing(ledger: Ledger, answer: Answer) -> None:
    choose(ledger, 2)
    synchroniser = Synchroniser(ledger, Scripted(answer), always, backoff=never)
    state = await synchroniser.drain()
    assert (state.phase, state.pending) == (SyncPhase.WAITING, 2)
    assert state.last_error is FailureKind.UNEXPECTED_ANSWER
    assert state.next_try_at is None
    assert ledger.outbox.counts()[Delivery.PENDING] == 2


async def test_what_an_answer_leaves_out_is_sent_again(ledger: Ledger) -> None:
    events = choose(ledger, 3)
    transport = Scripted(delivered(events[:1]))
    state = await Synchroniser(ledger, transport, always).drain()
    assert state.phase is SyncPhase.IDLE
    assert transport.batches == [events, events[1:]]


async def test_a_drain_waits_for_the_attempt_under_way(ledger: Ledger) -> None:
    choose(ledger, 1)
    going_on = asyncio.Event()

    async def slow(_subject: str, _secret: str, events: Sequence[Event]) -> Answer:
        await going_on.wait()
        return delivered(events)

    recording = Recording(slow)
    synchroniser = Synchroniser(ledger, recording, always)
    await synchroniser.start()
    await until(synchroniser, in_phase(SyncPhase.SENDING))
    draining = asyncio.create_task(synchroniser.drain())
    await asyncio.sleep(0.01)
    assert not draining.done()
    going_on.set()
    assert (await draining).phase is SyncPhase.IDLE
    await synchroniser.stop()
    assert len(recording.batches) == 1


def test_waits_are_jittered_and_bounded() -> None:
    backoff = full_jitter(shortest=1.0, longest=300.0)
    for failures, most in [(1, 2.0), (2, 4.0), (5, 32.0), (9, 300.0), (5000, 300.0)]:
        drawn = [backoff(failures) for _ in range(400)]
        assert all(1.0 <= seconds <= most for seconds in drawn)
        # Drawn over the whole range, not about its end.
        assert min(drawn) < 1.0 + (most - 1.0) * 0.1
        assert max(drawn) > 1.0 + (most - 1.0) * 0.9
