"""When to send: what the outbox holds, in order, until the endpoint has answered about all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from ..consent.clock import Clock, SystemClock
from ..consent.event import Event
from ..consent.ledger import Ledger
from ..consent.outbox import Delivery
from ..listeners import Listeners
from .answers import Answer, Delivered, Erased, FailureKind, Refused, TooLarge, Unreachable
from .backoff import Backoff, full_jitter
from .connectivity import Connectivity, Network, SimulatedConnectivity
from .remedy import ERASED_CODE, TOO_LARGE_CODE
from .state import SyncPhase, SyncState
from .transport import Transport

BATCH = 50
"""Most events in one request."""

LONGEST_QUEUE = 10_000
"""From how many waiting events on those are left out that a later one makes needless."""

LONGEST_RETRY_AFTER_SECONDS = 3600.0
"""How far ahead an endpoint may put the next attempt off; a typing error must not be for ever."""

_GIVEN_UP_AT_ONCE = 500

Listener = Callable[[SyncState], None]
_LOGGER = logging.getLogger("mingshi.sync")


class Synchroniser:
    """Brings one ledger's events to the endpoint, all of them, once, in order.

    Everything runs in the event loop's thread, the use of the ledger included: its connection
    takes one caller at a time, and the screens use it from there too. Several synchronisers may
    serve one file (two windows of one person): what both send, the endpoint stores once.

    Args:
        ledger: The record, with its outbox. Stays the caller's to close, after :meth:`stop`.
        transport: The way to the endpoint. Stays the caller's to close.
        may_send: Asked before every single request; while it answers False none is made.
        backoff: How long to wait after failures; see :func:`~.backoff.full_jitter`.
        clock: What ``next_try_at`` is told by.
        batch: Most events in one request.
        queue: Most events that wait; see :meth:`~..consent.outbox.Outbox.trim`.
        connectivity: What the device knows about its network. Known to be offline, nothing is
            tried; when the network is back, it is at once. By default nothing is known.
    """

    def __init__(
        self,
        ledger: Ledger,
        transport: Transport,
        may_send: Callable[[], bool],
        *,
        backoff: Backoff | None = None,
        clock: Clock | None = None,
        batch: int = BATCH,
        queue: int = LONGEST_QUEUE,
        connectivity: Connectivity | None = None,
    ) -> None:
        self._ledger = ledger
        self._transport = transport
        self._may_send = may_send
        self._backoff = backoff
        self._clock = clock or SystemClock()
        self._batch = batch
        self._queue = queue
        self._connectivity = connectivity or SimulatedConnectivity()
        self._unsubscribe: Callable[[], None] | None = None
        self._erased = False
        self._listeners = Listeners[[SyncState]](failed=_listener_failed)
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._attempting = asyncio.Lock()
        self._failures = 0
        self._last_error: FailureKind | None = None
        self._state = SyncState(SyncPhase.HELD, pending=0, rejected=0)
        self._publish(SyncPhase.HELD)

    @property
    def state(self) -> SyncState:
        """How things stand."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have every change of the state told, from now on; returns how to end that."""
        return self._listeners.add(listener)

    async def start(self) -> None:
        """Send in the background from now on; does nothing if it does already."""
        if self._task is None:
            self._unsubscribe = self._connectivity.subscribe(lambda _network: self.wake())
            self._task = asyncio.create_task(self._run(), name="mingshi-sync")

    def wake(self) -> None:
        """Try now: an event is new, the network is back, the app is, sending is allowed at last.

        To be called in the event loop's thread.
        """
        self._woken.set()

    async def stop(self) -> None:
        """Stop sending. A batch under way is given up here, and sent again another time."""
        if self._task is None:
            return
        task, self._task = self._task, None
        if self._unsubscribe is not None:
            self._unsubscribe()
        task.cancel()
        # Waits for the task's end without taking its cancellation for one's own.
        await asyncio.wait([task])
        self._publish(SyncPhase.HELD)

    async def drain(self) -> SyncState:
        """Try once, now: send until nothing is left or an attempt fails; the state after it.

        For demos and tests. The background task keeps to its own time.
        """
        await self._attempt()
        return self._state

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            pause = await self._attempt()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()

    async def _attempt(self) -> float | None:
        """One attempt; the seconds until the next one, or None to wait for a wake-up."""
        async with self._attempting:
            try:
                failure = await self._send_all()
            except Exception:
                _LOGGER.exception("an attempt to send failed; there will be another")
                failure = Unreachable(FailureKind.INTERNAL)
            if failure is None:
                return None
            return self._wait_after(failure)

    async def _send_all(self) -> Unreachable | None:
        """Send batch after batch; None when there is nothing to do before the next wake-up."""
        outbox = self._ledger.outbox
        outbox.trim(self._queue)
        size = self._batch
        while True:
            if not self._may_send():
                self._publish(SyncPhase.HELD)
                return None
            if self._erased or outbox.superseded_for(ERASED_CODE):
                self._give_up()
                return None
            if not outbox.unsettled():
                self._succeeded()
                self._publish(SyncPhase.IDLE)
                return None
            if self._connectivity.network is Network.OFFLINE:
                self._publish(SyncPhase.OFFLINE)
                return None
            events = outbox.claim(size)
            self._publish(SyncPhase.SENDING)
            answer = await self._send(events)
            if isinstance(answer, Unreachable):
                return answer
            if isinstance(answer, TooLarge):
                size = max(1, len(events) // 2)
            self._succeeded()

    async def _send(self, events: Sequence[Event]) -> Answer:
        """Send a batch and write down what the answer settles."""
        outbox = self._ledger.outbox
        try:
            answer = await self._transport.send(self._ledger.subject, self._ledger.secret, events)
        except BaseException:
            # Stopped, or a transport that breaks its promise: nothing is known about these.
            outbox.release(events)
            raise
        settled = _settled(answer, events)
        match answer:
            case Delivered(_, witnesses):
                outbox.acknowledge(settled, witnesses)
            case Refused(faults):
                for event in settled:
                    fault = faults[event.event_id]
                    outbox.reject(event, fault.reason, fault.code)
            case TooLarge():
                for event in settled:
                    outbox.reject(event, "too large for the endpoint", TOO_LARGE_CODE)
            case Erased():
                self._erased = True
        outbox.release([event for event in events if event not in settled])
        if settled or not isinstance(answer, Delivered | Refused):
            return answer
        # An answer about none of these events would be asked for again at once, for ever.
        return Unreachable(FailureKind.UNEXPECTED_ANSWER)

    def _give_up(self) -> None:
        """Nothing of this subject will ever be taken: what waits is not to be sent any more."""
        self._erased = True
        outbox = self._ledger.outbox
        while events := outbox.claim(_GIVEN_UP_AT_ONCE):
            outbox.supersede(events, ERASED_CODE)
        self._succeeded()
        self._publish(SyncPhase.ERASED)

    def _wait_after(self, failure: Unreachable) -> float | None:
        self._failures += 1
        self._last_error = failure.reason
        if failure.reason is FailureKind.NO_ENDPOINT:
            self._publish(SyncPhase.WAITING)
            return None
        if self._backoff is None:
            self._backoff = full_jitter()
        pause = self._backoff(self._failures)
        if failure.retry_after is not None:
            pause = max(pause, min(failure.retry_after, LONGEST_RETRY_AFTER_SECONDS))
        self._publish(SyncPhase.WAITING, pause)
        return pause

    def _succeeded(self) -> None:
        self._failures = 0
        self._last_error = None

    def _counts(self) -> tuple[int, int, int]:
        counts = self._ledger.outbox.counts()
        pending = counts[Delivery.PENDING] + counts[Delivery.SENT]
        return pending, counts[Delivery.REJECTED], counts[Delivery.SUPERSEDED]

    def _publish(self, phase: SyncPhase, pause: float | None = None) -> None:
        try:
            pending, rejected, superseded = self._counts()
        except Exception:
            _LOGGER.exception("the outbox cannot be counted; the last known numbers stand")
            before = self._state
            pending, rejected, superseded = before.pending, before.rejected, before.superseded
        # Without a background task nobody will try at that time.
        awaited = None if pause is None or self._task is None else timedelta(seconds=pause)
        state = SyncState(
            phase,
            pending,
            rejected,
            next_try_at=None if awaited is None else self._clock.now() + awaited,
            last_error=self._last_error,
            superseded=superseded,
        )
        if state == self._state:
            return
        self._state = state
        self._listeners.tell(state)


def _listener_failed() -> None:
    _LOGGER.exception("a listener failed; sending goes on")


def _settled(answer: Answer, events: Sequence[Event]) -> list[Event]:
    match answer:
        case Delivered(event_ids):
            return [event for event in events if event.event_id in event_ids]
        case Refused(faults):
            return [event for event in events if event.event_id in faults]
        case TooLarge():
            # What is too large alone can only be left where it is.
            return list(events) if len(events) == 1 else []
        case Erased() | Unreachable():
            return []
