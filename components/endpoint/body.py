"""Reading a request's body, no further than its limit."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.requests import Request

from .problems import Problem, ProblemKind

T = TypeVar("T")


async def read_json(request: Request, shape: type[T], limit: int) -> T:
    """The body as a message of the given shape.

    Args:
        request: The request, its body not yet read.
        shape: A msgspec type.
        limit: Most bytes that are read.

    Raises:
        Problem: 415 if it is not JSON in plain UTF-8, 413 above the limit, 400 if it is not JSON
            at all, 422 if it is of another shape.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type != "application/json" or encoding != "identity":
        raise Problem(ProblemKind.MEDIA_TYPE, "Send application/json without content encoding.")
    raw = await _read(request, limit)
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise Problem(ProblemKind.MALFORMED, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(ProblemKind.BAD_REQUEST, "The body is not JSON.") from None


async def _read(request: Request, limit: int) -> bytes:
    too_large = Problem(ProblemKind.TOO_LARGE, f"At most {limit} bytes are taken.")
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise too_large
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > limit:
            raise too_large
    return bytes(raw)
