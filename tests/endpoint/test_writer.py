"""Many requests, one commit; and nobody is answered before it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from components.consent.event import Event
from components.endpoint.database import Database
from components.endpoint.judgement import Arrival, Taken
from components.endpoint.schema import EVENTS
from components.endpoint.store import Store
from components.endpoint.writer import Writer

from .commits import held_commit
from .devices import Device, entries
from .tampering import alter

pytestmark = pytest.mark.anyio

NO_SUCH_NUMBER = 2**70


def arrival(events: list[Event], clock_skew_ms: int | None = None) -> Arrival:
    return Arrival(events[0].subject, entries(events), "2021-11-01T08:00:00.000Z", clock_skew_ms)


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def stored(database_url: str) -> int:
    """How many events another process sees."""
    other = Database(database_url)
    count: int = other.read(
        lambda connection: connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()
    )
    other.close()
    return count


async def test_nobody_is_answered_before_the_commit_that_all_share(
    opened: Database, database_url: str
) -> None:
    writer = Writer(Store(opened))
    devices = [Device() for _ in range(30)]
    with held_commit(opened) as held:
        first = asyncio.create_task(writer.take(arrival([Device().choose()])))
        await asyncio.to_thread(held.wait)
        rest = [asyncio.create_task(writer.take(arrival([one.choose()]))) for one in devices]
        assert await asyncio.to_thread(stored, database_url) == 0
        assert not first.done()
        assert not any(task.done() for task in rest)
        held.let_through()
        verdicts = await asyncio.gather(first, *rest)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    # One for the batch that came first, and one for all that came while it waited.
    assert held.count == 2
    assert await asyncio.to_thread(stored, database_url) == 31


async def test_large_batches_do_not_all_wait_for_one_commit(opened: Database) -> None:
    commits: list[object] = []
    event.listen(opened.engine, "commit", commits.append)
    writer = Writer(Store(opened))
    devices = [Device() for _ in range(5)]
    taking = [writer.take(arrival(device.choose_many(400))) for device in devices]
    verdicts = await asyncio.gather(*taking)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    assert len(commits) == 3


async def test_no_commit_takes_more_locks_than_there_is_room_for(opened: Database) -> None:
    writer = Writer(Store(opened))
    commits: list[object] = []
    event.listen(opened.engine, "commit", commits.append)
    taking = [writer.take(arrival([Device().choose()])) for _ in range(2 * 256 + 1)]
    verdicts = await asyncio.gather(*taking)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    assert len(commits) >= 3


async def test_one_batch_that_cannot_be_stored_does_not_spoil_the_others(
    opened: Database,
) -> None:
    writer = Writer(Store(opened))
    devices = [Device() for _ in range(5)]
    with held_commit(opened) as held:
        first = asyncio.create_task(writer.take(arrival([Device().choose()])))
        await asyncio.to_thread(held.wait)
        taking = [
            asyncio.create_task(
                writer.take(arrival([device.choose()], NO_SUCH_NUMBER if index == 2 else None))
            )
            for index, device in enumerate(devices)
        ]
        held.let_through()
        verdicts = await asyncio.gather(*taking, return_exceptions=True)
        await first
    assert [isinstance(verdict, Taken) for verdict in verdicts] == [True, True, False, True, True]
    assert isinstance(verdicts[2], (OverflowError, DBAPIError))
    store = Store(opened)
    assert [len(store.record(device.subject)) for device in devices] == [1, 1, 0, 1, 1]


async def test_a_database_that_fails_fails_all_at_once(opened: Database) -> None:
    asked: list[str] = []

    def remember(*call: Any) -> None:
        asked.append(call[2])
        raise OperationalError(call[2], None, RuntimeError("the disk is on fire"))

    writer = Writer(Store(opened))
    with held_commit(opened) as held:
        first = asyncio.create_task(writer.take(arrival([Device().choose()])))
        await asyncio.to_thread(held.wait)
        taking = [asyncio.create_task(writer.take(arrival([Device().choose()]))) for _ in range(20)]
        event.listen(opened.engine, "before_cursor_execute", remember)
        held.let_through()
        await first
        verdicts = await asyncio.gather(*taking, return_exceptions=True)
    assert [type(verdict) for verdict in verdicts] == [OperationalError] * 20
    # All of them were asked for together, and not each for itself afterwards.
    assert len(asked) == 1


async def test_what_failed_is_taken_when_it_comes_again(
    opened: Database, database_url: str, device: Device
) -> None:
    writer = Writer(Store(opened))
    sent = arrival(device.choose_many(2))
    alter(database_url, "ALTER TABLE events RENAME TO away")
    with pytest.raises(DBAPIError):
        await writer.take(sent)
    alter(database_url, "ALTER TABLE away RENAME TO events")
    verdict = await writer.take(sent)
    assert isinstance(verdict, Taken)
    assert {one.outcome for one in verdict.acknowledgements} == {"stored"}


async def test_a_request_cut_off_while_it_stores_leaves_the_others_whole(
    opened: Database,
) -> None:
    writer = Writer(Store(opened))
    first = Device()
    devices = [Device() for _ in range(3)]
    with held_commit(opened) as held:
        leader = asyncio.create_task(writer.take(arrival([first.choose()])))
        await asyncio.to_thread(held.wait)
        taking = [
            asyncio.create_task(writer.take(arrival([device.choose()]))) for device in devices
        ]
        # So that they wait before they are cut off.
        await asyncio.sleep(0)
        leader.cancel()
        taking[0].cancel()
        held.let_through()
        cut, *verdicts = await asyncio.gather(*taking, return_exceptions=True)
    assert isinstance(cut, asyncio.CancelledError)
    assert all(isinstance(verdict, Taken) for verdict in verdicts)
    again = await writer.take(arrival(first.made))
    assert isinstance(again, Taken)
    assert Store(opened).record(first.subject) == first.made
