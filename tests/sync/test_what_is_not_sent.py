"""What the synchroniser does not send: too much, in vain, for ever, or without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.ledger import Ledger
from components.consent.outbox import Delivery
from components.sync import (
    Answer,
    Erased,
    FailureKind,
    Network,
    Remedy,
    SimulatedConnectivity,
    Synchroniser,
    SyncPhase,
    SyncState,
    TooLarge,
    Unreachable,
    remedy_for,
)

from .journeys import Recording, Scripted, always, choose, delivered, in_phase, never, until

pytestmark = pytest.mark.anyio


async def test_a_batch_that_is_too_large_is_sent_in_pieces(ledger: Ledger) -> None:
    events = choose(ledger, 7)
    heavy = events[4]

    async def takes_little(_subject: str, _secret: str, sent: Sequence[Event]) -> Answer:
        return TooLarge() if len(sent) > 2 or heavy in sent else delivered(sent)

    recording = Recording(takes_little)
    state = await Synchroniser(ledger, recording, always).drain()
    assert state == SyncState(SyncPhase.IDLE, pending=0, rejected=1)
    [rejection] = ledger.outbox.rejections()
    assert (rejection.event, rejection.code) == (heavy, "too-large")
    assert remedy_for(rejection.code) is Remedy.UPDATE_THE_APP
    numbers = [[event.sequence for event in batch] for batch in recording.batches]
    assert numbers == [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3], [1], [2], [3], [4], [5], [6], [7]]


async def test_an_erased_record_is_never_sent_again(ledger: Ledger) -> None:
    choose(ledger, 3)
    transport = Scripted(delivered(ledger.events()[:2]), Erased())
    synchroniser = Synchroniser(ledger, transport, always, batch=2)
    erased = SyncState(SyncPhase.ERASED, 0, 0, superseded=1)
    assert await synchroniser.drain() == erased
    assert ledger.outbox.counts()[Delivery.ACKNOWLEDGED] == 2
    # What is chosen from now on stays here, also after a restart of the app.
    for sender in (synchroniser, Synchroniser(ledger, transport, always)):
        choose(ledger, 1)
        assert (await sender.drain()).phase is SyncPhase.ERASED
    assert sender.state == SyncState(SyncPhase.ERASED, 0, 0, superseded=3)
    assert len(transport.batches) == 2


async def test_offline_nothing_is_tried_and_online_it_goes_on_at_once(ledger: Ledger) -> None:
    network = SimulatedConnectivity(Network.OFFLINE)
    transport = Scripted(Unreachable(FailureKind.NO_CONNECTION))
    synchroniser = Synchroniser(ledger, transport, always, backoff=never, connectivity=network)
    # There is nothing to send: being offline is no news.
    assert (await synchroniser.drain()).phase is SyncPhase.IDLE
    await synchroniser.start()
    choose(ledger, 1)
    synchroniser.wake()
    offline = await until(synchroniser, in_phase(SyncPhase.OFFLINE))
    assert offline == SyncState(SyncPhase.OFFLINE, pending=1, rejected=0)
    assert (await synchroniser.drain()).phase is SyncPhase.OFFLINE
    assert transport.batches == []
    network.set_network(Network.UNKNOWN)
    await until(synchroniser, in_phase(SyncPhase.WAITING))
    # Lost while it waits for a next try that would not come for long.
    network.set_network(Network.OFFLINE)
    await until(synchroniser, in_phase(SyncPhase.OFFLINE))
    network.set_network(Network.ONLINE)
    await until(synchroniser, in_phase(SyncPhase.IDLE))
    await synchroniser.stop()
    assert len(transport.batches) == 2


async def test_a_stopped_synchroniser_does_not_listen_to_the_network(ledger: Ledger) -> None:
    network = SimulatedConnectivity(Network.OFFLINE)
    transport = Scripted()
    synchroniser = Synchroniser(ledger, transport, always, connectivity=network)
    await synchroniser.start()
    await synchroniser.stop()
    choose(ledger, 1)
    network.set_network(Network.ONLINE)
    await asyncio.sleep(0.01)
    assert transport.batches == []


async def test_a_long_queue_is_trimmed_to_what_still_says_something(ledger: Ledger) -> None:
    events = choose(ledger, 30)
    transport = Scripted()
    state = await Synchroniser(ledger, transport, always, queue=10).drain()
    assert state == SyncState(SyncPhase.IDLE, 0, 0, superseded=20)
    assert transport.batches == [events[20:]]


async def test_waits_are_jittered_without_being_told(ledger: Ledger) -> None:
    choose(ledger, 1)
    now = datetime(2021, 11, 1, 8, tzinfo=UTC)
    transport = Scripted(Unreachable(FailureKind.NO_CONNECTION))
    synchroniser = Synchroniser(ledger, transport, always, clock=ManualClock(now))
    await synchroniser.start()
    waiting = await until(synchroniser, in_phase(SyncPhase.WAITING))
    await synchroniser.stop()
    assert waiting.next_try_at is not None
    assert timedelta(seconds=1) <= waiting.next_try_at - now <= timedelta(seconds=2)


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("malformed", Remedy.UPDATE_THE_APP),
        ("other-body", Remedy.BEGIN_ANEW),
        ("forked-record", Remedy.BEGIN_ANEW),
        ("broken-chain", Remedy.BEGIN_ANEW),
        ("erased", Remedy.ERASED),
        ("something-new", Remedy.ASK_THE_SERVICE),
        ("", Remedy.ASK_THE_SERVICE),
    ],
)
def test_every_rejection_has_a_remedy(code: str, remedy: Remedy) -> None:
    assert remedy_for(code) is remedy


def test_a_simulated_network() -> None:
    network = SimulatedConnectivity()
    seen: list[Network] = []
    end = network.subscribe(seen.append)
    assert network.network is Network.UNKNOWN
    for told in (Network.UNKNOWN, Network.OFFLINE, Network.OFFLINE, Network.ONLINE):
        network.set_network(told)
    end()
    end()
    network.set_network(Network.OFFLINE)
    assert seen == [Network.OFFLINE, Network.ONLINE]
