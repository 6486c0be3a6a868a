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

from ..consent.event import Event, MalformedEvent
from .authentication import authenticated_subject
from .body import read_json
from .database import READERS
from .description import BODY_PROBLEMS, Access, Body, Operation, header, query, whole_number
from .messages import (
    MAX_EVENTS,
    Acknowledgements,
    Batch,
    BatchMessage,
    EventFault,
    EventMessage,
    RecordState,
    StoredEvent,
    StoredEvents,
    TargetState,
    encode,
)
from .moments import utc_milliseconds
from .parameters import LARGEST
from .parameters import whole_number as read_whole_number
from .problems import Problem, ProblemKind
from .services import Services
from .store import Arrival, Contradicted, Extent, RecordErased, Store, StoredRow
from .writer import Writer

SENT_AT = "mingshi-sent-at"
"""Request header: when the device sent the request, RFC 3339, by its own clock."""

_DEFAULT_LIMIT = 100
_LONGEST_REASON = 300


_EVENTS = "/v1/subjects/{subject}/events"
_SEND = Operation(
    path=_EVENTS,
    method="POST",
    id="sendEvents",
    summary="Store a batch of events: all or none, durable before the answer",
    description="Idempotent by event id: what is sent again is answered as it was the first time. "
    "An id with another hash, a sequence number that another event has, or an event that does "
    "not follow the one numbered one below is a conflict and stores nothing. Gaps are allowed: "
    "what is missing may come later.",
    access=Access.DEVICE,
    request=Body(BatchMessage),
    answer=Body(Acknowledgements),
    problems=(*BODY_PROBLEMS, ProblemKind.CONFLICT, ProblemKind.ERASED),
    parameters=(
        header(
            "Mingshi-Sent-At",
            "When the device sent the request, by its own clock; measures its skew",
            {"type": "string", "format": "date-time"},
        ),
    ),
)
_READ = Operation(
    path=_EVENTS,
    method="GET",
    id="readEvents",
    summary="A stretch of the record, in the order of sequence numbers",
    access=Access.DEVICE,
    answer=Body(StoredEvents),
    problems=(ProblemKind.BAD_REQUEST, ProblemKind.ERASED),
    parameters=(
        query("after", "Only sequence numbers above this", whole_number(0, LARGEST, 0)),
        query("limit", "Most events in the answer", whole_number(1, MAX_EVENTS, 100)),
    ),
)
_STATE = Operation(
    path="/v1/subjects/{subject}/state",
    method="GET",
    id="readState",
    summary="What holds now for each target that was ever decided about",
    access=Access.DEVICE,
    answer=Body(RecordState),
    problems=(ProblemKind.BAD_REQUEST, ProblemKind.ERASED),
    parameters=(
        query(
            "of",
            "Whose events count: this installation's, or those of all installations that are "
            "linked to the same account now",
            {
                "type": "string",
                "enum": [extent.value for extent in Extent],
                "default": Extent.INSTALLATION.value,
            },
        ),
    ),
)


class EventRoutes:
    """The routes under ``/v1/subjects/{subject}`` that concern events.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._store = Store(services.database)
        self._metrics = services.metrics
        self._writer = Writer(self._store, services.metrics)
        self._readers = anyio.CapacityLimiter(READERS)
        self._clock = services.clock
        self._max_body_bytes = services.settings.max_body_bytes

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_EVENTS, self.send, methods=["POST"], name="send_events"),
            Route(_EVENTS, self.read, methods=["GET"], name="read_events"),
            Route(_STATE.path, self.state, methods=["GET"], name="read_state"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_SEND, _READ, _STATE]

    async def send(self, request: Request) -> Response:
        """Store a batch of events, all or none, before answering."""
        subject = authenticated_subject(request)
        sent_at = _sent_at(request)
        batch = await read_json(request, Batch, self._max_body_bytes)
        received_at = self._clock.now()
        try:
            events = _checked(batch.events, subject)
        except Problem:
            self._metrics.events("malformed", len(batch.events))
            raise
        arrival = Arrival(
            subject=subject,
            events=events,
            received_at=utc_milliseconds(received_at),
            clock_skew_ms=None if sent_at is None else _milliseconds(sent_at - received_at),
        )
        verdict = await self._writer.take(arrival)
        if isinstance(verdict, RecordErased):
            self._metrics.events("erased", len(events))
            raise Problem(ProblemKind.ERASED, f"Erased at {verdict.at}.")
        if isinstance(verdict, Contradicted):
            self._metrics.events("contradicted", len(events))
            raise Problem(
                ProblemKind.CONFLICT,
                f"{len(verdict.faults)} of {len(arrival.events)} events contradict the record.",
                events=verdict.faults,
            )
        for acknowledged in verdict.acknowledgements:
            self._metrics.events(acknowledged.outcome)
        return _answer(Acknowledgements(list(verdict.acknowledgements)))

    async def read(self, request: Request) -> Response:
        """A stretch of the record, in order."""
        subject = authenticated_subject(request)
        after = read_whole_number(request, "after", 0, 0, LARGEST)
        limit = read_whole_number(request, "limit", _DEFAULT_LIMIT, 1, MAX_EVENTS)
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
            self._store.state, subject, _extent(request), limiter=self._readers
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


def _extent(request: Request) -> Extent:
    try:
        return Extent(request.query_params.get("of", Extent.INSTALLATION.value))
    except ValueError:
        raise Problem(
            ProblemKind.BAD_REQUEST,
            f"of is one of {', '.join(extent.value for extent in Extent)}.",
        ) from None
