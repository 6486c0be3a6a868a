"""The calls about a subject's events: they are sent, read back, and leave a state."""

from __future__ import annotations

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .authentication import authenticated_subject
from .database import READERS
from .description import Access, Body, Operation, query, whole_number
from .messages import (
    MAX_EVENTS,
    EventMessage,
    RecordState,
    StoredEvent,
    StoredEvents,
    TargetState,
    encode,
)
from .parameters import LARGEST
from .parameters import whole_number as read_whole_number
from .problems import Problem, ProblemKind
from .sending import SEND, SendEvents
from .services import Services
from .store import Extent, Store, StoredRow

_DEFAULT_LIMIT = 100


_READ = Operation(
    path=SEND.path,
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

    Attributes:
        sending: The route by which devices send.
    """

    def __init__(self, services: Services) -> None:
        self._store = Store(services.database)
        self.sending = Route(
            SEND.path, SendEvents(services, self._store), methods=["POST"], name="send_events"
        )
        self._readers = anyio.CapacityLimiter(READERS)

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            self.sending,
            Route(SEND.path, self.read, methods=["GET"], name="read_events"),
            Route(_STATE.path, self.state, methods=["GET"], name="read_state"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [SEND, _READ, _STATE]

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


def _stored_event(row: StoredRow) -> StoredEvent:
    return StoredEvent(
        event=msgspec.json.decode(row.body, type=EventMessage),
        received_at=row.received_at,
        late=row.late,
        clock_skew_ms=row.clock_skew_ms,
    )


def _extent(request: Request) -> Extent:
    try:
        return Extent(request.query_params.get("of", Extent.INSTALLATION.value))
    except ValueError:
        raise Problem(
            ProblemKind.BAD_REQUEST,
            f"of is one of {', '.join(extent.value for extent in Extent)}.",
        ) from None
