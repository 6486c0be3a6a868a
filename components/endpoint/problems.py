"""Answers that are refusals, as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from http import HTTPStatus

from msgspec import UNSET
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from .messages import EventFault, ProblemMessage, encode

MEDIA_TYPE = "application/problem+json"


class ProblemKind(Enum):
    """Every way a request can be refused: name in the problem's type, status and title."""

    BAD_REQUEST = ("bad-request", 400, "The request cannot be read")
    UNAUTHENTICATED = (
        "unauthenticated",
        401,
        "A token is needed, and none that opens this was shown",
    )
    NOT_FOUND = ("not-found", 404, "There is nothing here")
    METHOD = ("method-not-allowed", 405, "This cannot be done here")
    CONFLICT = ("conflict", 409, "This contradicts what is stored; nothing was stored")
    ERASED = ("erased", 410, "The record of this subject was erased; nothing more is taken")
    PRECONDITION = ("not-in-this-state", 409, "This cannot be done in the state it is in")
    TOO_LARGE = ("too-large", 413, "The body is too large")
    MEDIA_TYPE = ("unsupported-media-type", 415, "The body is not plain application/json")
    MALFORMED = ("malformed", 422, "This cannot be what it should be; nothing was stored")
    LOGIN_NOT_PROVEN = ("login-not-proven", 422, "No login is proven; nothing was linked")
    THROTTLED = ("throttled", 429, "Too many requests; send again later")
    INTERNAL = ("internal", 500, "The endpoint failed; send again")
    UNAVAILABLE = ("unavailable", 503, "The endpoint cannot work now; send again")

    def __init__(self, slug: str, status: int, title: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title

    @property
    def type(self) -> str:
        """URI of the kind."""
        return f"urn:mingshi:problem:{self.slug}"


class Problem(Exception):
    """Raised anywhere while a request is handled; becomes the answer."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str,
        *,
        events: Sequence[EventFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.detail = detail
        self.events = events
        self.headers = headers


def problem_response(problem: Problem) -> Response:
    """The answer that tells of a problem."""
    body = ProblemMessage(
        type=problem.kind.type,
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        events=list(problem.events) if problem.events else UNSET,
    )
    return Response(
        encode(body),
        status_code=problem.kind.status,
        media_type=MEDIA_TYPE,
        headers={"cache-control": "no-store", **(problem.headers or {})},
    )


async def answer_problem(_request: Request, error: Exception) -> Response:
    """Starlette's handler for :class:`Problem`."""
    if not isinstance(error, Problem):
        raise error
    return problem_response(error)


async def answer_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's handler for what its router refuses: an unknown path or method."""
    if not isinstance(error, HTTPException):
        raise error
    kinds = {kind.status: kind for kind in (ProblemKind.NOT_FOUND, ProblemKind.METHOD)}
    kind = kinds.get(error.status_code, ProblemKind.BAD_REQUEST)
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if kind is ProblemKind.METHOD:
        headers["allow"] = ", ".join(_methods(request))
    return problem_response(Problem(kind, HTTPStatus(kind.status).phrase, headers=headers))


def _methods(request: Request) -> list[str]:
    """What can be done at the request's path: the router knows only the first route it met."""
    return sorted(
        method
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    )
