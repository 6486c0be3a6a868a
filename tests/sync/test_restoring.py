"""An installation begun again from its secret: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.fold import Witness
from components.consent.identity import new_secret
from components.consent.ledger import Ledger, LedgerError
from components.consent.outbox import Delivery
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint
from components.sync import (
    Device,
    Failed,
    FailureKind,
    HttpxTransport,
    Restored,
    Synchroniser,
    SyncPhase,
    erase,
    restore,
)
from components.sync.pages import PAGE_EVENTS

from .journeys import BadConnection, Line, always, arrived
from .servers import CINEMA, Telling, accept, chain, decide, page, problem

pytestmark = pytest.mark.anyio
NOON = datetime(2021, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """The store of a new phone."""
    ledger = Ledger(tmp_path / "new" / "ledger.sqlite3")
    yield ledger
    ledger.close()


async def test_an_installation_goes_on_elsewhere(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger, empty: Ledger
) -> None:
    record = Record(ledger)
    accept(record)
    decide(record, ConsentStatus.GIVEN)
    for _ in range(PAGE_EVENTS + 20):
        decide(record, ConsentStatus.REFUSED)
    await Synchroniser(ledger, transport, always).drain()
    events = ledger.events()

    assert await restore(empty, ledger.secret, transport, always) == Restored(len(events))
    assert empty.events() == events
    assert empty.subject == ledger.subject
    assert empty.outbox.counts()[Delivery.ACKNOWLEDGED] == len(events)
    assert empty.witnesses(events) == ledger.witnesses(events)
    restored = Record(empty)
    restored.refresh()
    assert restored.status(CINEMA) is ConsentStatus.REFUSED
    assert restored.base_was_ever_given

    event = decide(restored, ConsentStatus.GIVEN)
    state = await Synchroniser(empty, transport, always).drain()
    assert (state.phase, state.rejected) == (SyncPhase.IDLE, 0)
    assert (await arrived(endpoint.url, empty, after=PAGE_EVENTS))[-1] == event


async def test_a_cut_leaves_the_store_empty(
    endpoint: EmbeddedEndpoint, ledger: Ledger, empty: Ledger
) -> None:
    record = Record(ledger)
    accept(record)
    direct = HttpxTransport(endpoint.url)
    await Synchroniser(ledger, direct, always).drain()
    await direct.close()
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url)
        connection.line = Line.LOSES_ANSWERS
        lost = await restore(empty, ledger.secret, transport, always)
        assert lost == Failed(FailureKind.NO_CONNECTION)
        assert not empty.path.exists()
        connection.line = Line.GOOD
        assert await restore(empty, ledger.secret, transport, always) == Restored(1)
        await transport.close()


async def test_only_a_store_without_a_record(
    transport: HttpxTransport, ledger: Ledger, empty: Ledger
) -> None:
    accept(Record(ledger))
    await Synchroniser(ledger, transport, always).drain()
    chosen = decide(Record(empty), ConsentStatus.REFUSED)
    assert await restore(empty, ledger.secret, transport, always) == Failed(FailureKind.INTERNAL)
    assert empty.events() == [chosen]


async def test_a_secret_that_nobody_has(transport: HttpxTransport, empty: Ledger) -> None:
    answer = await restore(empty, new_secret(), transport, always)
    assert answer == Failed(FailureKind.NOT_AUTHORISED)
    with pytest.raises(ValueError, match="secret"):
        await restore(empty, "no secret", transport, always)
    with pytest.raises(LedgerError):
        _ = empty.secret


async def test_an_erased_record_does_not_come_back(
    transport: HttpxTransport, ledger: Ledger, empty: Ledger
) -> None:
    accept(Record(ledger))
    await Synchroniser(ledger, transport, always).drain()
    await erase(Device(ledger, transport, always))
    assert await restore(empty, ledger.secret, transport, always) == Failed(FailureKind.ERASED)


async def test_nothing_travels_before_it_may(empty: Ledger) -> None:
    told = Telling(page([]))
    answer = await restore(empty, new_secret(), told.transport(), lambda: False)
    assert answer == Failed(FailureKind.HELD)
    assert told.asked == []


async def _restored(ledger: Ledger, secret: str, *answers: object) -> object:
    return await restore(ledger, secret, Telling(*answers).transport(), always)


async def test_hostile_answers(empty: Ledger) -> None:
    secret = new_secret()
    events = chain(secret, 6)
    untrue = Failed(FailureKind.UNTRUE_RECORD)
    # Another subject's, one that breaks in the middle, one that starts again, one without an end.
    assert await _restored(empty, secret, page(chain(new_secret(), 2))) == untrue
    broken = [*events[:2], *_other_chain(secret)[2:]]
    assert await _restored(empty, secret, page(broken)) == untrue
    for second in (events[:3], [_other_chain(secret)[3]]):
        first = page(events[:3], next_after=3)
        assert await _restored(empty, secret, first, page(second)) == untrue
    assert await _restored(empty, secret, page(events[:3], next_after=3), page([])) == Restored(3)
    assert empty.events() == events[:3]


def _other_chain(secret: str) -> list[Event]:
    """As long, and of the same secret, but not the same events."""
    return chain(secret, 6)


async def test_a_record_longer_than_any(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.sync.restoring.MOST_EVENTS", 5)
    secret = new_secret()
    events = chain(secret, 6)
    pages = [page([event], next_after=event.sequence) for event in events]
    assert await _restored(empty, secret, *pages) == Failed(FailureKind.UNTRUE_RECORD)
    assert not empty.path.exists()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({}, FailureKind.UNTRUE_RECORD),
        (problem(503, "unavailable"), FailureKind.ENDPOINT_FAILED),
        (problem(401, "unauthenticated"), FailureKind.NOT_AUTHORISED),
    ],
)
async def test_other_answers(empty: Ledger, answer: object, kind: FailureKind) -> None:
    assert await _restored(empty, new_secret(), answer) == Failed(kind)


async def test_what_the_ledger_finds_wrong(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages were believed; the ledger looks once more."""
    secret = new_secret()
    events = chain(secret, 3)
    kept = Ledger.restore

    def of_another(
        ledger: Ledger, secret: str, events: list[Event], witnesses: dict[str, Witness]
    ) -> None:
        kept(ledger, new_secret(), events, witnesses)

    monkeypatch.setattr(Ledger, "restore", of_another)
    answer = await _restored(empty, secret, page(events))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)


async def test_numbers_that_were_never_sent(empty: Ledger) -> None:
    secret = new_secret()
    events = chain(secret, 6)
    sent = [events[0], events[3], events[5]]
    assert await _restored(empty, secret, page(sent)) == Restored(3)
    record = Record(empty)
    record.refresh()
    assert decide(record, ConsentStatus.GIVEN).previous_hash == events[5].hash
    clock = ManualClock(NOON)
    reopened = Ledger(empty.path, clock=clock)
    assert [event.sequence for event in reopened.events()] == [1, 4, 6, 7]
    reopened.close()
