"""A TCP proxy before an endpoint that does to requests what bad networks and balancers do.

It knows just enough of HTTP to tell one request from the next. What it lets through, it lets
through byte for byte. Every request is counted under the fault it met.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from .faults import Fault, Plan, faultless
from .messages import Message, answer, read_message

Address = tuple[str, int]

_PIECES = 4
_LONGEST_PAUSE_SECONDS = 0.05
_RESET_AT_ONCE = struct.pack("ii", 1, 0)
_PORTAL_PAGE = b"<!doctype html><title>Free Wi-Fi</title><p>Please log in."


@dataclass
class Figures:
    """What was done so far.

    Attributes:
        faults: How many requests met which fault.
        requests: Whole requests that clients sent.
        events: Copies of events in them.
        upstream_lost: Requests that the proxy wanted to pass on, and no endpoint answered.
    """

    faults: Counter[Fault] = field(default_factory=Counter)
    requests: int = 0
    events: int = 0
    upstream_lost: int = 0


@dataclass(frozen=True)
class _Exchange:
    """One request, its number among all, and the way back to whoever sent it."""

    number: int
    request: Message
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class UpstreamLost(Exception):
    """No endpoint was there, or it went away before it had answered."""


class FaultyProxy:
    """A proxy on a free port of the loopback device; serves between ``async with`` and its end.

    Args:
        upstreams: The endpoints. They take turns; one that is not there is passed over.
        plan: Which request meets which fault.
        patience: Seconds after which a request that is held back goes on anyway.
    """

    def __init__(
        self, upstreams: Sequence[Address], plan: Plan = faultless, *, patience: float = 5.0
    ) -> None:
        self._upstreams = list(upstreams)
        self._turn = 0
        self._plan = plan
        self._patience = patience
        self._calm = asyncio.Event()
        self._connections = itertools.count(1)
        self._passed: dict[str, int] = {}
        self._passing = asyncio.Condition()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[bytes | None]] = set()
        self.figures = Figures()
        self._do: dict[Fault, Callable[[_Exchange], Coroutine[Any, Any, bool]]] = {
            Fault.NONE: self._pass_on,
            Fault.RESET: self._reset,
            Fault.CLOSED: self._close,
            Fault.CUT_REQUEST: self._cut_request,
            Fault.LOST_ANSWER: self._lose_answer,
            Fault.DELAY: self._delay,
            Fault.DUPLICATE: self._duplicate,
            Fault.REPLAY: self._replay,
            Fault.REORDER: self._reorder,
            Fault.HALF_OPEN: self._never_answer,
            Fault.MUTE: self._mute,
            Fault.TRUNCATED: self._truncate,
            Fault.ERROR_BEFORE: self._fail_before,
            Fault.ERROR_AFTER: self._fail_after,
            Fault.PORTAL: self._portal,
            Fault.GARBAGE_ANSWER: self._garbage_answer,
            Fault.GARBAGE_REQUEST: self._garbage_request,
        }

    async def __aenter__(self) -> FaultyProxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        tasks = [*self._tasks, *self._late]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def calm(self) -> None:
        """A good line from now on; returns when all that was held back has gone on."""
        self._plan = faultless
        self._calm.set()
        async with self._passing:
            self._passing.notify_all()
        while self._late:
            await asyncio.wait(self._late)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        connection = next(self._connections)
        try:
            # Clients break connections off in the middle of anything; so do killed endpoints.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                for number in itertools.count(1):
                    request = await read_message(reader)
                    if request is None or not await self._meet(
                        self._plan(connection, number), request, reader, writer
                    ):
                        break
        except asyncio.CancelledError:
            # The proxy ends. A handler that ends as cancelled would be reported as a failure.
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _meet(
        self,
        fault: Fault,
        request: Message,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Let a request meet its fault; whether the connection lives on."""
        self.figures.requests += 1
        self.figures.events += request.events
        self.figures.faults[fault] += 1
        exchange = _Exchange(self.figures.requests, request, reader, writer)
        try:
            return await self._do[fault](exchange)
        except UpstreamLost:
            self.figures.upstream_lost += 1
            return await self._reset(exchange)

    async def _pass_on(self, it: _Exchange) -> bool:
        await _say(it.writer, await self._answer_to(it))
        return True

    async def _reset(self, it: _Exchange) -> bool:
        _break_off(it.writer)
        return False

    async def _close(self, it: _Exchange) -> bool:
        return False

    async def _cut_request(self, it: _Exchange) -> bool:
        async with self._upstream() as (_, writer):
            await _say(writer, it.request.raw[: len(it.request.raw) // 2])
            _break_off(writer)
        return await self._reset(it)

    async def _lose_answer(self, it: _Exchange) -> bool:
        await self._answer_to(it)
        return await self._reset(it)

    async def _delay(self, it: _Exchange) -> bool:
        chance = self._chance(it)
        async with self._upstream() as (reader, writer):
            await _say_in_pieces(writer, it.request.raw, chance)
            whole = await _whole_answer(reader)
        await self._tell_passed(it)
        await _say_in_pieces(it.writer, whole, chance)
        return True

    async def _duplicate(self, it: _Exchange) -> bool:
        first, second = await asyncio.gather(
            self._answer_to(it), self._answer_to(it), return_exceptions=True
        )
        for one in (first, second):
            if isinstance(one, bytes):
                await _say(it.writer, one)
                return True
        raise UpstreamLost

    async def _replay(self, it: _Exchange) -> bool:
        self._start_late(it)
        return await self._pass_on(it)

    async def _reorder(self, it: _Exchange) -> bool:
        # The client may have gone by then; what it sent is still on its way.
        sending = self._start_late(it)
        gone = asyncio.create_task(_until_gone(it.reader))
        try:
            await asyncio.wait([sending, gone], return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if sending.done() and (whole := sending.result()) is not None:
            await _say(it.writer, whole)
        return False

    async def _never_answer(self, it: _Exchange) -> bool:
        await _until_gone(it.reader)
        return False

    async def _mute(self, it: _Exchange) -> bool:
        await self._answer_to(it)
        return await self._never_answer(it)

    async def _truncate(self, it: _Exchange) -> bool:
        whole = await self._answer_to(it)
        await _say(it.writer, whole[: self._chance(it).randrange(1, len(whole))])
        return False

    async def _fail_before(self, it: _Exchange) -> bool:
        await _say(it.writer, self._failure(it))
        return True

    async def _fail_after(self, it: _Exchange) -> bool:
        await self._answer_to(it)
        return await self._fail_before(it)

    async def _portal(self, it: _Exchange) -> bool:
        await _say(it.writer, answer(200, _PORTAL_PAGE, "text/html"))
        return True

    async def _garbage_answer(self, it: _Exchange) -> bool:
        await self._answer_to(it)
        await _say(it.writer, _garbage(self._chance(it)))
        return False

    async def _garbage_request(self, it: _Exchange) -> bool:
        async with self._upstream() as (reader, writer):
            await _say(writer, _garbage(self._chance(it)))
            # It may take them for the beginning of a request, and wait for the rest.
            writer.write_eof()
            with contextlib.suppress(OSError):
                await _say(it.writer, await reader.read())
        return False

    async def _send_late(self, it: _Exchange) -> bytes | None:
        """Pass a request on after a younger one of its path; its answer, None if there is none."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                await self._until_overtaken(it)
        try:
            return await self._answer_to(it)
        except UpstreamLost:
            self.figures.upstream_lost += 1
            return None

    async def _until_overtaken(self, it: _Exchange) -> None:
        def overtaken() -> bool:
            return self._calm.is_set() or self._passed.get(it.request.path, 0) > it.number

        async with self._passing:
            await self._passing.wait_for(overtaken)

    async def _answer_to(self, it: _Exchange) -> bytes:
        """Pass a request on, whole; the whole answer."""
        async with self._upstream() as (reader, writer):
            await _say(writer, it.request.raw)
            whole = await _whole_answer(reader)
        await self._tell_passed(it)
        return whole

    async def _tell_passed(self, it: _Exchange) -> None:
        path = it.request.path
        async with self._passing:
            self._passed[path] = max(it.number, self._passed.get(path, 0))
            self._passing.notify_all()

    @contextlib.asynccontextmanager
    async def _upstream(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection to the endpoint whose turn it is, or to the next one that is there."""
        for _ in self._upstreams:
            address = self._upstreams[self._turn % len(self._upstreams)]
            self._turn += 1
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(*address)
                break
        else:
            raise UpstreamLost
        try:
            yield reader, writer
        except (OSError, asyncio.IncompleteReadError) as error:
            raise UpstreamLost from error
        finally:
            writer.close()

    def _start_late(self, it: _Exchange) -> asyncio.Task[bytes | None]:
        task = asyncio.create_task(self._send_late(it))
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        return task

    def _failure(self, it: _Exchange) -> bytes:
        return answer(self._chance(it).choice([500, 502, 503]), b"the proxy has no endpoint")

    def _chance(self, it: _Exchange) -> random.Random:
        return random.Random(it.number)  # noqa: S311


async def _whole_answer(reader: asyncio.StreamReader) -> bytes:
    message = await read_message(reader)
    if message is None:
        raise UpstreamLost
    return message.raw


async def _until_gone(reader: asyncio.StreamReader) -> None:
    """Wait until the other end is closed."""
    with contextlib.suppress(OSError):
        while await reader.read(65536):
            pass


async def _say(writer: asyncio.StreamWriter, raw: bytes) -> None:
    writer.write(raw)
    await writer.drain()


async def _say_in_pieces(writer: asyncio.StreamWriter, raw: bytes, chance: random.Random) -> None:
    size = len(raw) // _PIECES + 1
    for start in range(0, len(raw), size):
        await _say(writer, raw[start : start + size])
        await asyncio.sleep(chance.uniform(0, _LONGEST_PAUSE_SECONDS))


def _break_off(writer: asyncio.StreamWriter) -> None:
    """Reset a connection: its other end gets an error and not an end."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
    writer.transport.abort()


def _garbage(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 400))
