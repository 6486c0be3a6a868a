"""The call by which a device sends events.

Everybody makes this one all the time, so it is spoken in plain ASGI: Starlette's request and
response, and what it wraps around a function, would cost as much as checking the events.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from starlette.types import Receive, Scope, Send

from .authentication import proven_subject
from .body import read_body
from .description import BODY_PROBLEMS, Access, Body, Operation, header
from .judgement import Arrival, Contradicted, RecordErased, Taken, Verdict
from .messages import Acknowledgements, BatchMessage, encode
from .moments import utc_milliseconds
from .problems import Problem, ProblemKind
from .reading import MalformedBatch, read_batch
from .services import Services
from .store import Store
from .writer import Writer

SENT_AT = "mingshi-sent-at"
"""Request header: when the device sent the request, RFC 3339, by its own clock."""

SEND = Operation(
    path="/v1/subjects/{subject}/events",
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
"""How it is described."""


class SendEvents:
    """An ASGI application for the route of :data:`SEND`.

    Args:
        services: The running endpoint.
        store: Where events are stored.
    """

    def __init__(self, services: Services, store: Store) -> None:
        self._metrics = services.metrics
        self._writer = Writer(store, services.metrics)
        self._clock = services.clock
        self._max_body_bytes = services.settings.max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Store a batch of events, all or none, before answering."""
        headers = _headers(scope)
        subject = proven_subject(headers, scope["path_params"]["subject"])
        sent_at = _sent_at(headers.get(SENT_AT))
        raw = await read_body(headers, receive, self._max_body_bytes)
        received_at = self._clock.now()
        try:
            entries = read_batch(raw, subject)
        except MalformedBatch as problem:
            self._metrics.events("malformed", problem.sent)
            raise
        arrival = Arrival(
            subject=subject,
            events=entries,
            received_at=utc_milliseconds(received_at),
            clock_skew_ms=None if sent_at is None else _milliseconds(sent_at - received_at),
        )
        taken = self._taken(await self._writer.take(arrival), len(entries))
        await _answer(send, encode(Acknowledgements(taken.acknowledgements)))

    def _taken(self, verdict: Verdict, sent: int) -> Taken:
        """What was taken of so many events that were sent.

        Raises:
            Problem: Nothing was.
        """
        if isinstance(verdict, RecordErased):
            self._metrics.events("erased", sent)
            raise Problem(ProblemKind.ERASED, f"Erased at {verdict.at}.")
        if isinstance(verdict, Contradicted):
            self._metrics.events("contradicted", sent)
            raise Problem(
                ProblemKind.CONFLICT,
                f"{len(verdict.faults)} of {sent} events contradict the record.",
                events=verdict.faults,
            )
        stored = [one.outcome for one in verdict.acknowledgements].count("stored")
        if stored > 0:
            self._metrics.events("stored", stored)
        if stored < sent:
            self._metrics.events("replayed", sent - stored)
        return verdict


def _headers(scope: Scope) -> dict[str, str]:
    """By name; of a name that came twice the first, as Starlette has it."""
    return {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in reversed(scope["headers"])
    }


async def _answer(send: Send, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _sent_at(value: str | None) -> datetime | None:
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
