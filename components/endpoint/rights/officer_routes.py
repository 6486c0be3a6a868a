"""The calls by which officers handle requests, and erase a record on one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import anyio.to_thread
import msgspec
from msgspec import Struct
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..body import read_json
from ..database import lock_subjects
from ..description import BODY_PROBLEMS, Access, Body, Operation, query, whole_number
from ..erasure import Erasure, empty_the_log, erase
from ..messages import encode
from ..moments import utc_milliseconds
from ..officer.audit import write_audit
from ..officer.authentication import Officer
from ..parameters import path_value
from ..parameters import whole_number as read_whole_number
from ..problems import Problem, ProblemKind
from ..services import Services
from . import store
from .answers import as_officer_message
from .lifecycle import (
    ERASING_KINDS,
    MOVES,
    OPEN,
    UNDER_WAY,
    ImpossibleStep,
    RequestStatus,
    check_reasons,
)
from .messages import MOST_REQUESTS, OfficerRequest, OfficerRequests, OfficerStep, RequestId, Words

_STANDINGS: Mapping[str, tuple[RequestStatus, ...]] = {
    "open": OPEN,
    **{status.value: (status,) for status in MOVES},
}
_PLACE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([A-Za-z0-9_-]{43})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
"""Where a stretch ends: due day, subject and request id of its last request."""


class ErasureOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """A record is to be erased on a request to delete or to close the account."""

    request_id: RequestId
    reason: Words


_LIST = Operation(
    path="/v1/officer/requests",
    method="GET",
    id="listRequests",
    summary="Requests of all subjects, the soonest due first",
    description="Overdue are `status=open` with `due_before` today. Written to the audit log.",
    access=Access.OFFICER,
    answer=Body(OfficerRequests),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        query("status", "How they stand", {"type": "string", "enum": list(_STANDINGS)}),
        query("due_before", "Due before this day", {"type": "string", "format": "date"}),
        query(
            "after",
            "`next_after` of the stretch before",
            {"type": "string", "pattern": f"^{_PLACE.pattern}$"},
        ),
        query("limit", "Most requests in the answer", whole_number(1, MOST_REQUESTS, 50)),
    ),
)
_STEP = Operation(
    path="/v1/officer/subjects/{subject}/requests/{request}/steps",
    method="POST",
    id="stepRequest",
    summary="Take the next step of a request",
    description="Refusing needs a reason of the list and a note; extending a reason. Written to "
    "the audit log.",
    access=Access.OFFICER,
    request=Body(OfficerStep),
    answer=Body(OfficerRequest),
    problems=(*BODY_PROBLEMS, ProblemKind.NOT_FOUND, ProblemKind.PRECONDITION),
)
_ERASE = Operation(
    path="/v1/officer/subjects/{subject}/erasure",
    method="POST",
    id="eraseOnRequest",
    summary="Erase a subject's record on an accepted request to delete or close the account",
    description="As the subject's own erasure. Written to the audit log.",
    access=Access.OFFICER,
    request=Body(ErasureOrder),
    answer=Body(Erasure),
    problems=(*BODY_PROBLEMS, ProblemKind.NOT_FOUND, ProblemKind.PRECONDITION),
)


class OfficerRequestRoutes:
    """The routes under ``/v1/officer`` that concern requests.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_LIST.path, self.list, methods=["GET"], name="list_requests"),
            Route(_STEP.path, self.step, methods=["POST"], name="step_request"),
            Route(_ERASE.path, self.erase, methods=["POST"], name="erase_on_request"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_LIST, _STEP, _ERASE]

    async def list(self, request: Request) -> Response:
        """Requests that wait, or that stand in some way."""
        officer = self._services.officers.authenticated(request)
        wanted = _wanted(request)
        now = self._services.clock.now()

        def work(connection: Connection) -> list[store.StoredRequest]:
            detail = {
                name: request.query_params[name]
                for name in ("status", "due_before", "limit")
                if name in request.query_params
            }
            write_audit(connection, officer, "list-requests", at=now, detail=detail)
            return store.search(connection, wanted)

        found = await self._services.database.writing(work)
        limit = wanted.limit - 1
        last = found[limit - 1] if len(found) > limit else None
        return _answer(
            OfficerRequests(
                [as_officer_message(one) for one in found[:limit]],
                None if last is None else f"{last.due_on}.{last.subject}.{last.request_id}",
            )
        )

    async def step(self, request: Request) -> Response:
        """Take the next step of one request."""
        officer = self._services.officers.authenticated(request)
        subject, request_id = path_value(request, "subject"), path_value(request, "request")
        order = await read_json(request, OfficerStep, self._services.settings.max_body_bytes)
        status = RequestStatus(order.status)
        try:
            check_reasons(status, order.reason, order.note)
        except ImpossibleStep as error:
            raise Problem(ProblemKind.MALFORMED, str(error)) from None
        now = self._services.clock.now()

        def work(connection: Connection) -> store.StoredRequest:
            lock_subjects(connection, [subject])
            detail = {"request": request_id, "status": order.status, "reason": order.reason}
            write_audit(connection, officer, "step-request", at=now, subject=subject, detail=detail)
            return store.take(
                connection,
                store.get(connection, subject, request_id),
                status,
                at=utc_milliseconds(now),
                by=_signature(officer),
                reason=order.reason,
                note=order.note,
            )

        return _answer(as_officer_message(await self._services.database.writing(work)))

    async def erase(self, request: Request) -> Response:
        """Erase a record, as the request that was accepted asks for."""
        officer = self._services.officers.authenticated(request)
        subject = path_value(request, "subject")
        order = await read_json(request, ErasureOrder, self._services.settings.max_body_bytes)
        now = self._services.clock.now()

        def work(connection: Connection) -> Erasure:
            lock_subjects(connection, [subject])
            detail = {"request": order.request_id, "reason": order.reason}
            write_audit(connection, officer, "erase", at=now, subject=subject, detail=detail)
            asked = store.get(connection, subject, order.request_id)
            if asked.kind not in ERASING_KINDS or asked.status not in UNDER_WAY:
                raise Problem(
                    ProblemKind.PRECONDITION,
                    f"A request to {asked.kind} that stands at {asked.status} erases nothing.",
                )
            return erase(connection, subject, at=utc_milliseconds(now), by=_signature(officer))

        database = self._services.database
        erasure = await database.writing(work)
        await anyio.to_thread.run_sync(empty_the_log, database)
        return _answer(erasure)


def _signature(officer: Officer) -> str:
    # So that no name of an officer reads as one of the other parties.
    return f"officer:{officer.name}"


def _wanted(request: Request) -> store.Wanted:
    asked = request.query_params
    status, due_before = asked.get("status"), asked.get("due_before")
    if status is not None and status not in _STANDINGS:
        raise Problem(ProblemKind.BAD_REQUEST, f"status is one of: {', '.join(_STANDINGS)}.")
    if due_before is not None and not _is_date(due_before):
        raise Problem(ProblemKind.BAD_REQUEST, "due_before is a date such as 2026-01-05.")
    after = _PLACE.fullmatch(asked["after"]) if "after" in asked else None
    if "after" in asked and after is None:
        raise Problem(ProblemKind.BAD_REQUEST, "after is the next_after of an answer.")
    limit = read_whole_number(request, "limit", 50, 1, MOST_REQUESTS)
    return store.Wanted(
        statuses=None if status is None else _STANDINGS[status],
        due_before=due_before,
        after=None if after is None else (after[1], after[2], after[3]),
        # One more than asked for tells whether there is a next stretch.
        limit=limit + 1,
    )


def _is_date(value: str) -> bool:
    try:
        # Back again: a date may also be written in ways that do not sort.
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _answer(message: msgspec.Struct) -> Response:
    return Response(
        encode(message), media_type="application/json", headers={"cache-control": "no-store"}
    )
