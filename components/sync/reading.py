"""What the endpoint says, read into types; whatever is not as it must be is a ValueError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_SUBJECT = re.compile(r"[A-Za-z0-9_-]{43}")
_LARGEST = 2**53 - 1


def text(body: Mapping[str, Any], name: str) -> str:
    """A text.

    Raises:
        ValueError: There is none.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def text_or_none(body: Mapping[str, Any], name: str) -> str | None:
    """A text, or None. Raises ValueError for anything else."""
    return None if body.get(name) is None else text(body, name)


def subject(body: Mapping[str, Any], name: str) -> str:
    """A subject id. Raises ValueError for anything else."""
    value = text(body, name)
    if not _SUBJECT.fullmatch(value):
        raise ValueError(f"{name} is no subject id")
    return value


def whole_number(body: Mapping[str, Any], name: str) -> int:
    """A whole number from 0. Raises ValueError for anything else."""
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise ValueError(f"{name} is no whole number from 0")
    return value


def moment(body: Mapping[str, Any], name: str) -> datetime:
    """A moment with an offset from UTC. Raises ValueError for anything else."""
    value = datetime.fromisoformat(text(body, name))
    if value.tzinfo is None:
        raise ValueError(f"{name} has no offset from UTC")
    return value


def day(body: Mapping[str, Any], name: str) -> date:
    """A day. Raises ValueError for anything else."""
    return date.fromisoformat(text(body, name))


def objects(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of JSON objects. Raises ValueError for anything else."""
    entries = body.get(name)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{name} is no list of objects")
    return entries
