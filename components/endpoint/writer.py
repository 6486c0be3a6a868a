"""Many requests, one commit.

A commit waits for the disk, and the disk takes one commit about as fast as it takes fifty rows.
Batches that arrive together, or while a commit is under way, are therefore stored together by the
next one, and each request is answered only after the commit that holds its batch.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

import anyio
import anyio.to_thread
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from .metrics import Metrics
from .store import Arrival, Store, Verdict

_EVENTS_A_COMMIT = 1000
"""Most events of several batches in one transaction, so that nobody waits long for the others."""


_BATCHES_A_COMMIT = 256
"""Most batches in one transaction: each may hold a lock, and a server has room for thousands."""

# The database's own troubles: they are the same for every batch, and asking for each of them
# again would keep all of them waiting.
_OF_THE_DATABASE = (OperationalError, InterfaceError, PoolTimeout)


@dataclass(eq=False)
class _Waiting:
    arrival: Arrival
    verdict: Verdict | None = None
    error: Exception | None = None
    gone: bool = False
    """Its request was cut off: nobody waits any more."""
    woken: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    """It is settled, or it is its turn to store."""

    @property
    def settled(self) -> bool:
        return self.verdict is not None or self.error is not None

    def wake(self) -> None:
        if not self.woken.done():
            self.woken.set_result(None)


class Writer:
    """The one writer of events of a process. SQLite takes one at a time anyway.

    There is no task to start or stop: one of the requests that wait stores for all of them, and
    hands this on to the next once it is settled itself. The others are woken only when they are.

    Args:
        store: Where events are stored.
        metrics: Where commits are noted; None for nobody who looks.
    """

    def __init__(self, store: Store, metrics: Metrics | None = None) -> None:
        self._store = store
        self._metrics = Metrics() if metrics is None else metrics
        self._metrics.watch_waiting(lambda: len(self._waiting))
        # Its own, so that writing never waits behind reads for a thread.
        self._thread = anyio.CapacityLimiter(1)
        self._waiting: deque[_Waiting] = deque()
        self._storing: _Waiting | None = None

    async def take(self, arrival: Arrival) -> Verdict:
        """Store a batch; see :meth:`Store.take`. Durable when this returns.

        Raises:
            sqlalchemy.exc.DBAPIError: The database failed; nothing of this batch was stored, or
                it was and will be recognised when it is sent again.
        """
        mine = _Waiting(arrival)
        self._waiting.append(mine)
        if self._storing is None:
            self._storing = mine
        try:
            if self._storing is not mine:
                await mine.woken
            while self._storing is mine and not mine.settled:
                await self._store_some_waiting()
        finally:
            mine.gone = True
            if not mine.settled and mine in self._waiting:
                self._waiting.remove(mine)
            if self._storing is mine:
                self._hand_on()
        if mine.error is not None:
            raise mine.error
        if mine.verdict is None:
            raise RuntimeError("a batch was neither stored nor refused")
        return mine.verdict

    def _hand_on(self) -> None:
        self._storing = self._waiting[0] if self._waiting else None
        if self._storing is not None:
            self._storing.wake()

    async def _store_some_waiting(self) -> None:
        await self._let_others_come()
        group = self._next_group()
        try:
            await self._settle(group)
        finally:
            # Cut off by a shutdown: the others try again, and know what is stored already.
            again = [one for one in group if not (one.settled or one.gone)]
            self._waiting.extendleft(reversed(again))
            for one in group:
                if one.settled:
                    one.wake()

    async def _let_others_come(self) -> None:
        """Wait as long as each turn of the event loop brings more batches, and no group is full."""
        come = 0
        while come < len(self._waiting) < _BATCHES_A_COMMIT:
            come = len(self._waiting)
            await asyncio.sleep(0)

    def _next_group(self) -> list[_Waiting]:
        """The oldest batches, as many as one transaction takes."""
        group = [self._waiting.popleft()]
        events = len(group[0].arrival.events)
        while self._waiting:
            events += len(self._waiting[0].arrival.events)
            if events > _EVENTS_A_COMMIT or len(group) == _BATCHES_A_COMMIT:
                break
            group.append(self._waiting.popleft())
        return group

    async def _settle(self, group: list[_Waiting]) -> None:
        try:
            verdicts = await self._in_thread(group)
        except Exception as error:
            if len(group) == 1 or isinstance(error, _OF_THE_DATABASE):
                for one in group:
                    one.error = error
                return
            # One batch must not make the others fail with it.
            for one in group:
                await self._settle([one])
            return
        for one, verdict in zip(group, verdicts, strict=True):
            one.verdict = verdict

    async def _in_thread(self, group: list[_Waiting]) -> list[Verdict]:
        started = time.perf_counter()
        verdicts = await anyio.to_thread.run_sync(
            self._store.take, [one.arrival for one in group], limiter=self._thread
        )
        self._metrics.committed(len(group), time.perf_counter() - started)
        return verdicts
