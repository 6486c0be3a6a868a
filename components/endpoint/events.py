"""The calls about a subject's events: send, read back, and the state they leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..consent.clock import Clock
from ..consent.event import Event, MalformedEvent
from ..consent.fold import fold
from .authentication import authenticated_subject
from .body import read_json
from .database import READERS
from .messages import (
    MAX_EVENTS,
    Acknowledgements,
    Batch,
    EventFault,
    EventMessage,
    RecordState,
    StoredEvent,
    StoredEvents,
    TargetState,
    encode,
)
from .problems import Problem, ProblemKind
from .store import Arrival, Contradicted, Store, StoredRow, utc_milliseconds
from .writer import Writer

SENT_AT = "mingshi-sent-at"
"""Request header: when the device sent the request, RFC 3339, by its own clock."""

_DEFAULT_LIMIT = 100
_LONGEST_REASON = 300
_LARGEST = 2**53 - 1


class EventRoutes:
    """The routes under ``/v1/subjects/{subject}`` that concern events.

    Args:
        store: Where events are.
        clock: What ``received_at`` is taken from.
        max_body_bytes: Longest request body.
    """

    def __init__(self, store: Store, clock: Clock, max_body_bytes: int) -> None:
        self._store = store
        self._writer = Writer(store)
        self._readers = anyio.CapacityLimiter(READERS)
        self._clock = clock
        self._max_body_bytes = max_body_bytes

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        events = "/v1/subjects/{subject}/events"
        return [
            Route(events, self.send, methods=["POST"], name="send_events"),
            Route(events, self.read, methods=["GET"], name="read_events"),
            Route("/v1/subjects/{subject}/state", self.state, methods=["GET"], name="read_state"),
        ]

    async def send(self, request: Request) -> Response:
        """Store a batch of events, all or none, before answering."""
        subject = authenticated_subject(request)
        sent_at = _sent_at(request)
        batch = await read_json(request, Batch, self._max_body_bytes)
        received_at = self._clock.now()
        arrival = Arrival(
            subject=subject,
            events=_checked(batch.events, subject),
            received_at=utc_milliseconds(received_at),
            clock_skew_ms=None if sent_at is None else _milliseconds(sent_at - received_at),
        )
        verdict = await self._writer.take(arrival)
        if isinstance(verdict, Contradicted):
            raise Problem(
                ProblemKind.CONFLICT,
                f"{len(verdict.faults)} of {len(arrival.events)} events contradict the record.",
                events=verdict.faults,
            )
        return _answer(Acknowledgements(list(verdict.acknowledgements)))

    async def read(self, request: Request) -> Response:
        """A stretch of the record, in order."""
        subject = authenticated_subject(request)
        after = _whole_number(request, "after", 0, 0, _LARGEST)
        limit = _whole_number(request, "limit", _DEFAULT_LIMIT, 1, MAX_EVENTS)
        # One more than asked for tells whether there is a next stretch.
        rows = await anyio.to_thread.run_sync(
            self._store.events, subject, after, limit + 1, limiter=self._readers
        )
        events = [_stored_event(row) for row in rows[:limit]]
        more = len(rows) > limit
        return _answer(StoredEvents(events, events[-1].event.sequence if more else None))

    async def state(self, request: Request) -> Response:
        """What the events leave behind, by the same code as on the device."""
        subject = authenticated_subject(request)
        folded = await anyio.to_thread.run_sync(
            lambda: fold(self._store.record(subject)), limiter=self._readers
        )
        return _answer(
            RecordState(
                {
                    str(target): TargetState(event.status, event.event_id, event.occurred_at)
                    for target, event in sorted(folded.items(), key=lambda item: str(item[0]))
                }
            )
        )


def _answer(message: msgspec.Struct) -> Response:
    return Response(
        encode(message), media_type="application/json", headers={"cache-control": "no-store"}
    )


def _checked(bodies: list[Any], subject: str) -> list[Event]:
    """The events of a batch.

    Raises:
        Problem: 422 that names every event which cannot be one of this subject.
    """
    events: list[Event] = []
    faults: list[EventFault] = []
    for index, body in enumerate(bodies):
        try:
            events.append(_event(body, subject))
        except ValueError as error:
            event_id = body.get("event_id") if isinstance(body, Mapping) else None
            faults.append(
                EventFault(
                    index=index,
                    event_id=event_id[:36] if isinstance(event_id, str) else None,
                    code="malformed",
                    reason=str(error)[:_LONGEST_REASON],
                )
            )
    if faults:
        raise Problem(
            ProblemKind.MALFORMED,
            f"{len(faults)} of {len(bodies)} events are malformed.",
            events=faults,
        )
    return events


def _event(body: object, subject: str) -> Event:
    if not isinstance(body, Mapping):
        raise MalformedEvent("an event is a JSON object")
    event = Event.from_json(body)
    if event.subject != subject:
        raise MalformedEvent("the event is another subject's")
    return event


def _stored_event(row: StoredRow) -> StoredEvent:
    return StoredEvent(
        event=msgspec.json.decode(row.body, type=EventMessage),
        received_at=row.received_at,
        late=row.late,
        clock_skew_ms=row.clock_skew_ms,
    )


def _sent_at(request: Request) -> datetime | None:
    value = request.headers.get(SENT_AT)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Problem(
            ProblemKind.BAD_REQUEST, "Mingshi-Sent-At is not an RFC 3339 time with an offset."
        )
    return moment


def _milliseconds(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))


def _whole_number(request: Request, name: str, default: int, least: int, most: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    # isascii: int() would also read the digits of other scripts.
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= 16 else -1
    if not least <= number <= most:
        raise Problem(ProblemKind.BAD_REQUEST, f"{name} is a whole number, {least} to {most}.")
    return number
