"""Requests on their way: durable first, sent when they may be, and asked about again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from ..consent.clock import Clock, SystemClock
from ..consent.ledger_errors import LedgerError
from ..listeners import Listeners
from .answers import Failed, FailureKind
from .backoff import Backoff, full_jitter
from .device import Device, broken
from .rights import RightsRequest, RightsRequests
from .rights_store import KeptRequest, RequestDelivery, RequestStore

_LOGGER = logging.getLogger("mingshi.sync")
_FINAL = (FailureKind.CONTRADICTED, FailureKind.ERASED)
_UNTIL_WOKEN = (FailureKind.HELD, FailureKind.OFFLINE, FailureKind.NO_ENDPOINT)
_OVER = ("done", "refused", "cancelled")


class RequestQueue:
    """One installation's requests, kept in a store and brought to the endpoint.

    Everything runs in the event loop's thread. Several queues may serve one file: what both send,
    the endpoint takes once.

    Args:
        store: Where requests are kept.
        device: Asks the endpoint; it asks nothing before a base notice was accepted.
        clock: Where the time comes from.
        backoff: How long to wait after failures; see :func:`~.backoff.full_jitter`.
    """

    def __init__(
        self,
        store: RequestStore,
        device: Device,
        *,
        clock: Clock | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._store = store
        self._requests = RightsRequests(device)
        self._clock = clock or SystemClock()
        self._backoff = backoff
        self._listeners = Listeners[[]](failed=_listener_failed)
        self._woken = asyncio.Event()
        self._bringing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._failures = 0
        self.last_failure: FailureKind | None = None
        """Why the endpoint was not reached when it was last tried; None if it was."""

    def now(self) -> datetime:
        """The time by the clock that requests are dated with."""
        return self._clock.now()

    @property
    def was_damaged(self) -> bool:
        """Whether the store was found damaged and set aside since this queue was made."""
        return self._store.kept_as is not None

    def all(self) -> tuple[KeptRequest, ...]:
        """Every request, the newest first. Raises LedgerError if they cannot be read."""
        return self._store.all()

    def add(self, request: RightsRequest) -> None:
        """Keep a request, durably, and send it as soon as that can be.

        Raises:
            LedgerError: It could not be kept; nothing was sent.
        """
        self._store.add(request, self._clock.now())
        self._listeners.tell()
        self.wake()

    def take_back(self, request_id: str) -> None:
        """Take a request back: at once if it was never sent, else as soon as that can be.

        Raises:
            LedgerError: That could not be kept.
        """
        self._store.take_back(request_id)
        self._listeners.tell()
        self.wake()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    async def start(self) -> None:
        """Send in the background from now on; does nothing if it does already."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="mingshi-requests")

    def wake(self) -> None:
        """Try now. To be called in the event loop's thread."""
        self._woken.set()

    async def stop(self) -> None:
        """Stop sending and close the store. What was not confirmed is sent another time."""
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            await asyncio.wait([task])
        self._store.close()

    async def bring(self) -> Failed | None:
        """Send what waits, once; None when nothing is left to send."""
        async with self._bringing:
            try:
                failure = await self._bring_all()
            except LedgerError as error:
                failure = broken(error)
            return self._noted(failure)

    async def look(self) -> Failed | None:
        """Send what waits, and ask what became of everything; None if that is known now."""
        failure = await self.bring()
        if failure is not None:
            return failure
        answer = await self._requests.list()
        if isinstance(answer, Failed):
            return self._noted(answer)
        try:
            now = self._clock.now()
            for state in answer:
                self._store.confirm(state, now)
        except LedgerError as error:
            return self._noted(broken(error))
        return self._noted(None)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            try:
                pause = self._pause_after(await self._attempt())
            except Exception:
                _LOGGER.exception("an attempt to send requests failed; there will be another")
                pause = self._pause_after(Failed(FailureKind.INTERNAL))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()

    async def _attempt(self) -> Failed | None:
        # Somebody without requests makes no traffic.
        kept = self._store.all()
        if any(_is_open(it) for it in kept):
            return await self.look()
        return await self.bring() if kept else None

    def _pause_after(self, failure: Failed | None) -> float | None:
        if failure is None or failure.reason in _UNTIL_WOKEN:
            self._failures = 0
            return None
        self._failures += 1
        if self._backoff is None:
            self._backoff = full_jitter()
        return max(self._backoff(self._failures), min(failure.retry_after or 0.0, 3600.0))

    async def _bring_all(self) -> Failed | None:
        # Oldest first.
        for kept in reversed(self._store.all()):
            if kept.delivery is RequestDelivery.WAITING:
                failure = await self._submit(kept.request)
                if failure is not None:
                    return failure
        for kept in reversed(self._store.all()):
            if kept.taking_back and kept.delivery is RequestDelivery.CONFIRMED:
                failure = await self._cancel(kept.request.request_id)
                if failure is not None:
                    return failure
        return None

    async def _submit(self, request: RightsRequest) -> Failed | None:
        if not self._requests.may_ask:
            # Not sent, so it can still be taken back as if it had never been.
            return Failed(FailureKind.HELD)
        if not self._store.begin_sending(request.request_id):
            return None
        answer = await self._requests.submit(request)
        if not isinstance(answer, Failed):
            self._store.confirm(answer, self._clock.now())
        elif answer.reason in _FINAL:
            self._store.not_taken(request.request_id, answer.reason)
        else:
            return answer
        return None

    async def _cancel(self, request_id: str) -> Failed | None:
        answer = await self._requests.cancel(request_id)
        if not isinstance(answer, Failed):
            self._store.confirm(answer, self._clock.now())
        elif answer.reason in _FINAL:
            self._store.stays(request_id)
        else:
            return answer
        return None

    def _noted(self, failure: Failed | None) -> Failed | None:
        self.last_failure = None if failure is None else failure.reason
        self._listeners.tell()
        return failure


def _listener_failed() -> None:
    _LOGGER.exception("a listener failed; sending goes on")


def _is_open(kept: KeptRequest) -> bool:
    if kept.delivery is RequestDelivery.WAITING:
        return True
    return kept.state is not None and kept.state.status not in _OVER
