"""Servers of the tests: the real endpoint with logins, and one that answers as told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import uuid6
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.consent.event import (
    BASE_NOTICE,
    GENESIS,
    Cause,
    Event,
    Layer,
    NoticeReference,
    Target,
)
from components.consent.identity import subject_of
from components.consent.ledger import Draft
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.sync import HttpxTransport

NOTICE = NoticeReference(
    "epiao/first-notice", "2021-11-01", "zh_Hans", Layer.FIRST_NOTICE, "a" * 64
)
CINEMA = Target.parse("purpose:nearby-cinema")


def decide(record: Record, status: ConsentStatus, target: Target = CINEMA) -> Event:
    return record.append(Draft(target, status, Cause.PRESSED, notice=NOTICE, label="选了"))


def accept(record: Record) -> Event:
    """The base notice is agreed to, so that something may travel."""
    return decide(record, ConsentStatus.GIVEN, BASE_NOTICE)


def chain(secret: str, number: int) -> list[Event]:
    """A record that never was in a ledger."""
    events: list[Event] = []
    for sequence in range(1, number + 1):
        events.append(
            Event.create(
                event_id=str(uuid6.uuid7()),
                subject=subject_of(secret),
                sequence=sequence,
                target=BASE_NOTICE if sequence == 1 else CINEMA,
                status=ConsentStatus.GIVEN if sequence == 1 else ConsentStatus.REFUSED,
                cause=Cause.PRESSED,
                gesture=None,
                notice=NOTICE,
                label="选了",
                occurred_at=datetime(2021, 11, 1, 8, tzinfo=UTC),
                monotonic_ms=sequence,
                previous_hash=events[-1].hash if events else GENESIS,
            )
        )
    return events


class Telling:
    """An endpoint that answers each call with the next thing it was told, the last for ever."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    async def answer(self, request: Request) -> Response:
        self.asked.append((request.method, str(request.url)))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Response):
            return answer
        return JSONResponse(answer)

    def transport(self) -> HttpxTransport:
        route = Route("/{path:path}", self.answer, methods=["GET", "POST", "DELETE"])
        app = Starlette(routes=[route])
        return HttpxTransport("http://localhost", carrier=lambda: httpx.ASGITransport(app))


def problem(status: int, kind: str) -> Response:
    body = {"type": f"urn:mingshi:problem:{kind}", "title": "", "status": status, "detail": ""}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def page(events: list[Event], **more: Any) -> dict[str, Any]:
    entries = [
        {
            "event": event.to_json(),
            "received_at": "2021-11-01T08:00:00.000Z",
            "late": False,
            "clock_skew_ms": 0,
        }
        for event in events
    ]
    return {"events": entries, "next_after": None, **more}


@asynccontextmanager
async def dripping() -> AsyncIterator[str]:
    """A server that answers one byte at a time, for ever."""
    dripping: set[asyncio.Task[None]] = set()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dripping.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{")
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.01)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()
        if dripping:
            await asyncio.wait(dripping, timeout=10)
