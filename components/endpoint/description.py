"""How a call is described, beside the code that answers it; the OpenAPI document is made of these.

Every group of routes has a list of :class:`Operation`, one for each of its calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from msgspec import Struct

from .problems import ProblemKind


class Access(Enum):
    """Whose token opens a call."""

    ANYONE = None
    DEVICE = "deviceSecret"
    OFFICER = "officerKey"


@dataclass(frozen=True)
class Body:
    """What a request or an answer carries.

    Attributes:
        message: Its shape, as the code reads or writes it; None for what is not JSON.
        media_type: Of the whole body.
        other_media_types: The same in other forms, by what the request asked for.
    """

    message: type[Struct] | None
    media_type: str = "application/json"
    other_media_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One call.

    Attributes:
        path: With parameters in braces, as in the route: ``/v1/subjects/{subject}/events``.
        method: In capitals.
        id: ``operationId``, camelCase.
        summary: One line.
        access: Whose token opens it.
        answer: What a success carries; None for none (204).
        problems: Every way it can be refused, besides those that :attr:`Access` and the path
            bring along.
        description: More than the summary, if need be.
        request: What is sent, if anything.
        parameters: OpenAPI parameters beside those of the path: see :func:`query`, :func:`header`.
        status: Of a success.
        other_answers: Further successes by status, for example 304.
    """

    path: str
    method: str
    id: str
    summary: str
    access: Access
    answer: Body | None
    problems: tuple[ProblemKind, ...] = ()
    description: str | None = None
    request: Body | None = None
    parameters: tuple[Mapping[str, Any], ...] = ()
    status: int = 200
    other_answers: Mapping[int, str] | None = None


# What a body that is read can be refused for.
BODY_PROBLEMS = (
    ProblemKind.BAD_REQUEST,
    ProblemKind.TOO_LARGE,
    ProblemKind.MEDIA_TYPE,
    ProblemKind.MALFORMED,
)

PATH_PARAMETERS: dict[str, dict[str, Any]] = {
    "subject": {
        "description": "Subject id: the hash of the device secret",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    },
    "event": {
        "description": "Event id, a UUIDv7",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    },
    "request": {
        "description": "Request id, a UUIDv7",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    },
    "other": {
        "description": "Subject id of another installation of the same account",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    },
    "pack": {
        "description": "Id of a policy pack",
        "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    },
}
"""Every name that stands in braces in a path."""


def query(name: str, description: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter of the query, never required."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": dict(schema),
    }


def whole_number(least: int, most: int, default: int) -> Mapping[str, Any]:
    """The schema of a whole number."""
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


def header(name: str, description: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A request header, never required."""
    return {**query(name, description, schema), "in": "header"}
