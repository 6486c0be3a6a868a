"""What the tests of the journey share: choices, what arrived, and a bad connection."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from types import TracebackType

import httpx

from components.consent.event import Cause, Event, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus
from components.sync import Answer, Delivered, Synchroniser, SyncPhase, SyncState
from tests.patience import PATIENCE

REFUSAL = Draft(
    target=Target.parse("purpose:nearby-cinema"),
    status=ConsentStatus.REFUSED,
    cause=Cause.PRESSED,
    label="不同意",
)


def always() -> bool:
    return True


def at_once(_failures: int) -> float:
    return 0.01


def never(_failures: int) -> float:
    return 1000.0


def choose(ledger: Ledger, number: int) -> list[Event]:
    return [ledger.append(REFUSAL) for _ in range(number)]


async def arrived(url: str, ledger: Ledger, after: int = 0) -> list[Event]:
    """The subject's record as the endpoint has it, in its order."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        answer = await client.get(
            f"/v1/subjects/{ledger.subject}/events",
            params={"limit": 500, "after": after},
            headers={"authorization": f"Bearer {ledger.secret}"},
        )
    return [Event.from_json(one["event"]) for one in answer.json()["events"]]


async def until(
    synchroniser: Synchroniser, reached: Callable[[SyncState], bool], seconds: float = 90
) -> SyncState:
    """Wait until the synchroniser's state is as wished."""
    changed = asyncio.Event()
    unsubscribe = synchroniser.subscribe(lambda _state: changed.set())
    try:
        async with asyncio.timeout(seconds):
            while not reached(synchroniser.state):
                changed.clear()
                await changed.wait()
    finally:
        unsubscribe()
    return synchroniser.state


def in_phase(phase: SyncPhase) -> Callable[[SyncState], bool]:
    return lambda state: state.phase is phase


class Recording:
    """A transport in front of another that keeps what was sent."""

    def __init__(self, answer: Callable[[str, str, Sequence[Event]], Awaitable[Answer]]) -> None:
        self._answer = answer
        self.batches: list[list[Event]] = []

    async def send(self, subject: str, secret: str, events: Sequence[Event]) -> Answer:
        self.batches.append(list(events))
        return await self._answer(subject, secret, events)


def delivered(events: Sequence[Event]) -> Delivered:
    return Delivered(frozenset(event.event_id for event in events))


class Scripted(Recording):
    """A transport that answers as told, and then delivers."""

    def __init__(self, *answers: Answer | Exception) -> None:
        super().__init__(self._next)
        self._answers = list(answers)

    async def _next(self, _subject: str, _secret: str, events: Sequence[Event]) -> Answer:
        answer = self._answers.pop(0) if self._answers else delivered(events)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Line(Enum):
    """How a connection behaves."""

    GOOD = "good"
    LOSES_ANSWERS = "loses-answers"
    """The request arrives; the connection breaks before the answer does."""
    CUT = "cut"


class BadConnection:
    """A TCP proxy before an endpoint, whose line can be made bad."""

    def __init__(self, url: str) -> None:
        target = httpx.URL(url)
        self._target = (target.host, target.port)
        self.line: Line = Line.GOOD
        self.lost = 0

    async def __aenter__(self) -> BadConnection:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
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
        await self._server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            if not self._is_cut():
                there, here = await asyncio.open_connection(*self._target)
                back = asyncio.create_task(self._answers(there, writer))
                while data := await reader.read(65536):
                    if self._is_cut():
                        break
                    here.write(data)
                    await here.drain()
                here.close()
                await back
        writer.close()

    def _is_cut(self) -> bool:
        return self.line is Line.CUT

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await there.read(65536):
            if self.line is not Line.GOOD:
                self.lost += 1
                writer.transport.abort()
                return
            writer.write(data)
            await writer.drain()
        writer.close()
