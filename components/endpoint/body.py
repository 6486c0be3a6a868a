"""Reading a request's body, no further than its limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from .problems import Problem, ProblemKind

T = TypeVar("T")


async def read_json(request: Request, shape: type[T], limit: int) -> T:
    """The body as a message of the given shape.

    Args:
        request: The request, its body not yet read.
        shape: A msgspec type.
        limit: Most bytes that are read.

    Raises:
        Problem: As :func:`read_body` and :func:`decode`.
    """
    return decode(await read_body(request.headers, request.receive, limit), shape)


async def read_body(headers: Mapping[str, str], receive: Receive, limit: int) -> bytes:
    """The bytes of a body of JSON.

    Args:
        headers: The request's, by name in small letters.
        receive: Where the body comes from; nothing of it was read yet.
        limit: Most bytes that are read.

    Raises:
        Problem: 415 if it is not said to be JSON in plain UTF-8, 413 above the limit.
        starlette.requests.ClientDisconnect: The client went away before its end.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if media_type != "application/json" or encoding != "identity":
        raise Problem(ProblemKind.MEDIA_TYPE, "Send application/json without content encoding.")
    announced = headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    raw = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        raw += message.get("body", b"")
        if len(raw) > limit:
            raise _too_large(limit)
        more = message.get("more_body", False)
    return bytes(raw)


def decode(raw: bytes, shape: type[T]) -> T:
    """A body as a message of the given shape.

    Raises:
        Problem: 400 if it is not JSON at all, 422 if it is of another shape.
    """
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise Problem(ProblemKind.MALFORMED, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(ProblemKind.BAD_REQUEST, "The body is not JSON.") from None


def _too_large(limit: int) -> Problem:
    return Problem(ProblemKind.TOO_LARGE, f"At most {limit} bytes are taken.")
