"""Who may: the subject id is the hash of the device secret, so the secret proves itself."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request

from ..consent.identity import subject_of
from .problems import Problem, ProblemKind

_CHALLENGE = 'Bearer realm="mingshi"'


def authenticated_subject(request: Request) -> str:
    """The subject of the request's path, once its device secret was shown as a bearer token.

    Raises:
        Problem: 401 without a token or with what is no device secret; 404, as for what does not
            exist, if it is the secret of another subject.
    """
    return proven_subject(request.headers, request.path_params["subject"])


def proven_subject(headers: Mapping[str, str], claimed: str) -> str:
    """A claimed subject, once its device secret was shown as a bearer token.

    Args:
        headers: The request's, by name in small letters.
        claimed: What the path names.

    Raises:
        Problem: As :func:`authenticated_subject`.
    """
    try:
        subject = subject_of(_bearer_token(headers))
    except ValueError:
        raise refused_token("The bearer token is not a device secret.") from None
    if not hmac.compare_digest(subject.encode(), claimed.encode()):
        # The same answer whether that subject has a record here or not.
        raise Problem(ProblemKind.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase)
    return subject


def bearer_token(request: Request) -> str:
    """The token of the request's Authorization header.

    Raises:
        Problem: 401 without one.
    """
    return _bearer_token(request.headers)


def _bearer_token(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem(
            ProblemKind.UNAUTHENTICATED,
            "Send the token as 'Authorization: Bearer …'.",
            headers={"www-authenticate": _CHALLENGE},
        )
    return token.strip()


def refused_token(detail: str) -> Problem:
    """The answer to a token that opens nothing here."""
    return Problem(
        ProblemKind.UNAUTHENTICATED,
        detail,
        headers={"www-authenticate": f'{_CHALLENGE}, error="invalid_token"'},
    )
