"""The proxy in a thread of its own, so that killing and starting processes does not hold it up."""

from __future__ import annotations

import asyncio
import copy
import threading
from collections.abc import Coroutine, Sequence
from types import TracebackType
from typing import Any, TypeVar

from .faults import Plan
from .proxy import Address, FaultyProxy, Figures

T = TypeVar("T")


class ProxyThread:
    """A :class:`FaultyProxy` that serves between ``with`` and its end."""

    def __init__(self, upstreams: Sequence[Address], plan: Plan) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faulty-proxy")
        self._upstreams, self._plan = upstreams, plan

    def __enter__(self) -> ProxyThread:
        self._thread.start()
        try:
            self.url = self._run(self._open())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._run(self._proxy.__aexit__(None, None, None))
        finally:
            self._end()

    @property
    def figures(self) -> Figures:
        """What the proxy has done so far."""
        return self._run(self._copied())

    def calm(self) -> None:
        """A good line from now on; see :meth:`FaultyProxy.calm`."""
        self._run(self._proxy.calm())

    async def _open(self) -> str:
        self._proxy = FaultyProxy(self._upstreams, self._plan)
        await self._proxy.__aenter__()
        return self._proxy.url

    async def _copied(self) -> Figures:
        return copy.deepcopy(self._proxy.figures)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_LONGEST_SECONDS)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


_LONGEST_SECONDS = 60.0
