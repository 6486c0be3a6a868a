"""Where a list that is read in pages goes on: the key of the last row, in one word."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec
from starlette.requests import Request

from ..description import query
from ..problems import Problem, ProblemKind

T = TypeVar("T")

AFTER = query(
    "after", "Where to go on: `next` of the answer before", {"type": "string", "maxLength": 400}
)
"""The OpenAPI parameter that :func:`after` reads."""


def after(request: Request, key: type[T]) -> T | None:
    """The key that the query's ``after`` holds; None to begin at the beginning.

    Raises:
        Problem: 400 if it is no word that :func:`next_word` makes.
    """
    word = request.query_params.get("after")
    if word is None:
        return None
    try:
        packed = base64.b64decode(word.encode("ascii"), altchars=b"-_", validate=True)
        return msgspec.json.decode(packed, type=key)
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(
            ProblemKind.BAD_REQUEST, "after is not the 'next' of an earlier answer."
        ) from None


def next_word(key: object) -> str:
    """A key as one word that may stand in a query."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()
