"""Who may: the subject id is the hash of the device secret, so the secret proves itself."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from ..consent.identity import subject_of
from .problems import Problem, ProblemKind

_CHALLENGE = {"www-authenticate": 'Bearer realm="mingshi"'}


def authenticated_subject(request: Request) -> str:
    """The subject of the request's path, once its device secret was shown as a bearer token.

    Raises:
        Problem: 401 without a token or with what is no device secret; 403 if it is the secret of
            another subject.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem(
            ProblemKind.UNAUTHENTICATED,
            "Send the device secret as 'Authorization: Bearer …'.",
            headers=_CHALLENGE,
        )
    try:
        subject = subject_of(secret.strip())
    except ValueError:
        raise Problem(
            ProblemKind.UNAUTHENTICATED,
            "The bearer token is not a device secret.",
            headers={
                "www-authenticate": _CHALLENGE["www-authenticate"] + ', error="invalid_token"'
            },
        ) from None
    claimed: str = request.path_params["subject"]
    if not hmac.compare_digest(subject.encode(), claimed.encode()):
        raise Problem(
            ProblemKind.OTHER_SUBJECT, "The subject in the path is not the hash of this secret."
        )
    return subject
