"""The calls by which a person makes requests and sees what becomes of them."""

from __future__ import annotations

import anyio.to_thread
import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...policy.pack import Pack
from ..authentication import authenticated_subject
from ..body import read_json
from ..database import lock_subjects
from ..description import BODY_PROBLEMS, Access, Body, Operation
from ..erasure import refuse_erased
from ..messages import encode
from ..moments import utc_milliseconds
from ..parameters import path_value
from ..policies import pack_in_effect
from ..problems import Problem, ProblemKind
from ..services import Services
from . import store
from .answers import as_message
from .lifecycle import RequestStatus, kinds_of, working_days_of
from .messages import NewRequest, RequestMessage, Requests
from .working_days import due_date

_REQUESTS = "/v1/subjects/{subject}/requests"
_REQUEST = "/v1/subjects/{subject}/requests/{request}"
_MAKE = Operation(
    path=_REQUESTS,
    method="POST",
    id="makeRequest",
    summary="Ask to exercise a right, or to have a clause explained",
    description="Due in Chinese working days, counted from the day after receipt in China. "
    "Idempotent by request id: the same request again is answered with how it stands now.",
    access=Access.DEVICE,
    request=Body(NewRequest),
    answer=Body(RequestMessage),
    problems=(*BODY_PROBLEMS, ProblemKind.CONFLICT, ProblemKind.ERASED),
)
_LIST = Operation(
    path=_REQUESTS,
    method="GET",
    id="readRequests",
    summary="All requests of the subject and what became of them",
    access=Access.DEVICE,
    answer=Body(Requests),
)
_READ = Operation(
    path=_REQUEST,
    method="GET",
    id="readRequest",
    summary="One request and what became of it",
    access=Access.DEVICE,
    answer=Body(RequestMessage),
)
_CANCEL = Operation(
    path=f"{_REQUEST}/cancellation",
    method="POST",
    id="cancelRequest",
    summary="Take a request back, as long as nobody else was told of it",
    description="A request that was cancelled already is answered as it stands.",
    access=Access.DEVICE,
    answer=Body(RequestMessage),
    problems=(ProblemKind.PRECONDITION,),
)


class RequestRoutes:
    """The routes under ``/v1/subjects/{subject}/requests``.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_REQUESTS, self.make, methods=["POST"], name="make_request"),
            Route(_REQUESTS, self.list, methods=["GET"], name="read_requests"),
            Route(_REQUEST, self.read, methods=["GET"], name="read_request"),
            Route(_CANCEL.path, self.cancel, methods=["POST"], name="cancel_request"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_MAKE, _LIST, _READ, _CANCEL]

    async def make(self, request: Request) -> Response:
        """Take a request in; durable before the answer."""
        subject = authenticated_subject(request)
        new = await read_json(request, NewRequest, self._services.settings.max_body_bytes)
        now = self._services.clock.now()
        packs = await anyio.to_thread.run_sync(lambda: self._services.packs.by_id)
        pack = packs.get(new.pack)
        if pack is None:
            known = ", ".join(sorted(packs))
            raise Problem(ProblemKind.MALFORMED, f"pack: known are {known}.")
        pack = pack_in_effect(pack, now)
        _check(new, pack)
        due = due_date(now, working_days_of(pack, new.kind))

        def work(connection: Connection) -> store.StoredRequest:
            lock_subjects(connection, [subject])
            refuse_erased(connection, subject)
            known = store.find(connection, subject, new.request_id)
            if known is None:
                store.add(connection, subject, new, utc_milliseconds(now), due.day)
                return store.get(connection, subject, new.request_id)
            if not known.is_same(new):
                raise Problem(ProblemKind.CONFLICT, "This request id is another request's.")
            return known

        return _answer(as_message(await self._services.database.writing(work)))

    async def list(self, request: Request) -> Response:
        """All requests of the subject."""
        subject = authenticated_subject(request)
        found = await self._services.database.reading(
            lambda connection: store.all_of(connection, subject)
        )
        return _answer(Requests([as_message(one) for one in found]))

    async def read(self, request: Request) -> Response:
        """One request of the subject."""
        subject = authenticated_subject(request)
        request_id = path_value(request, "request")
        found = await self._services.database.reading(
            lambda connection: store.get(connection, subject, request_id)
        )
        return _answer(as_message(found))

    async def cancel(self, request: Request) -> Response:
        """The person takes a request back."""
        subject = authenticated_subject(request)
        request_id = path_value(request, "request")
        at = utc_milliseconds(self._services.clock.now())

        def work(connection: Connection) -> store.StoredRequest:
            lock_subjects(connection, [subject])
            found = store.get(connection, subject, request_id)
            if found.status is RequestStatus.CANCELLED:
                return found
            return store.take(
                connection, found, RequestStatus.CANCELLED, at=at, by=store.BY_SUBJECT
            )

        return _answer(as_message(await self._services.database.writing(work)))


def _check(new: NewRequest, pack: Pack) -> None:
    kinds = kinds_of(pack)
    if new.kind not in kinds:
        raise Problem(ProblemKind.MALFORMED, f"kind: {pack.id} has {', '.join(kinds)}.")
    if new.clause is not None and new.clause not in pack.document(pack.default_locale):
        raise Problem(
            ProblemKind.MALFORMED,
            f"clause: version {pack.version.id} of {pack.id} has no such clause.",
        )


def _answer(message: msgspec.Struct) -> Response:
    return Response(
        encode(message), media_type="application/json", headers={"cache-control": "no-store"}
    )
