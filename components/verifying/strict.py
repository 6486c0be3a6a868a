"""Reading that takes one way of writing and no other, so that no byte can change unnoticed."""

from __future__ import annotations

import base64
import json
import re
from typing import Any, NoReturn

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class NotStrict(ValueError):
    """Written in a way that is not taken; says what is wrong."""


def base64url(text: str) -> bytes:
    """Decode base64url without padding, the unused bits of its last character being zero.

    Raises:
        NotStrict: It is written in any other way.
    """
    try:
        if not _BASE64URL.fullmatch(text):
            raise ValueError
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise NotStrict("it is not base64url without padding") from None
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise NotStrict("bits at the end of its base64url are set that mean nothing")
    return raw


def json_object(raw: bytes) -> dict[str, Any]:
    """Read a JSON object that names nothing twice.

    Raises:
        NotStrict: It is no such object.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except NotStrict:
        raise
    except (ValueError, RecursionError):
        raise NotStrict("it is no JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise NotStrict("it is no JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrict("a name stands in it twice")
    return found


def _no_constant(_name: str) -> NoReturn:
    raise NotStrict("a number in it is none")
