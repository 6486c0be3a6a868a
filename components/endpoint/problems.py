"""Answers that are refusals, as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from http import HTTPStatus

from msgspec import UNSET
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .messages import EventFault, ProblemMessage, encode

MEDIA_TYPE = "application/problem+json"


class ProblemKind(Enum):
    """Every way a request can be refused: name in the problem's type, status and title."""

    BAD_REQUEST = ("bad-request", 400, "The request cannot be read")
    UNAUTHENTICATED = ("unauthenticated", 401, "A device secret is needed")
    OTHER_SUBJECT = ("other-subject", 403, "The device secret is another subject's")
    NOT_FOUND = ("not-found", 404, "There is nothing here")
    METHOD = ("method-not-allowed", 405, "This cannot be done here")
    CONFLICT = ("conflict", 409, "Events contradict the stored record; nothing was stored")
    TOO_LARGE = ("too-large", 413, "The body is too large")
    MEDIA_TYPE = ("unsupported-media-type", 415, "The body is not plain application/json")
    MALFORMED = ("malformed", 422, "Events cannot be true; nothing was stored")
    INTERNAL = ("internal", 500, "The endpoint failed; send again")
    UNAVAILABLE = ("unavailable", 503, "The database cannot be used now; send again")

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


async def answer_http_exception(_request: Request, error: Exception) -> Response:
    """Starlette's handler for what its router refuses: an unknown path or method."""
    if not isinstance(error, HTTPException):
        raise error
    kinds = {kind.status: kind for kind in (ProblemKind.NOT_FOUND, ProblemKind.METHOD)}
    kind = kinds.get(error.status_code, ProblemKind.BAD_REQUEST)
    return problem_response(Problem(kind, HTTPStatus(kind.status).phrase, headers=error.headers))
