"""What an officer asks for in a query: read strictly, refused with 400, and described beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from starlette.requests import Request

from ..description import query
from ..moments import utc_milliseconds
from ..problems import Problem, ProblemKind

E = TypeVar("E", bound=StrEnum)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


def asked_moment(request: Request, name: str) -> str | None:
    """A moment of the query, as moments are stored; None if it is not asked for.

    A date alone is its first instant in UTC.

    Raises:
        Problem: 400 if it is neither an RFC 3339 time with an offset nor a date.
    """
    value = request.query_params.get(name)
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return utc_milliseconds(datetime.fromisoformat(value).replace(tzinfo=UTC))
        if _MOMENT.fullmatch(value.upper()):
            return utc_milliseconds(datetime.fromisoformat(value.upper()))
    except (ValueError, OverflowError):
        pass
    raise _refused(
        f"{name} is a date, or an RFC 3339 time with an offset; write its plus sign as %2B."
    )


def asked_word(request: Request, name: str, kind: type[E]) -> E | None:
    """One of some words; None if it is not asked for.

    Raises:
        Problem: 400 if it is another word.
    """
    value = request.query_params.get(name)
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        raise _refused(f"{name} is one of: {', '.join(kind)}.") from None


def asked_text(request: Request, name: str, form: re.Pattern[str]) -> str | None:
    """A text of a certain form; None if it is not asked for.

    Raises:
        Problem: 400 if it is of another form.
    """
    value = request.query_params.get(name)
    if value is not None and not form.fullmatch(value):
        raise _refused(f"{name} is not of the form {form.pattern}")
    return value


def moment_parameter(name: str, description: str) -> Mapping[str, Any]:
    """The OpenAPI parameter that :func:`asked_moment` reads."""
    forms = [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]
    return query(name, description, {"anyOf": forms})


def word_parameter(
    name: str, description: str, kind: type[StrEnum], default: StrEnum | None = None
) -> Mapping[str, Any]:
    """The OpenAPI parameter that :func:`asked_word` reads."""
    schema: dict[str, Any] = {"type": "string", "enum": [str(one) for one in kind]}
    return query(
        name, description, schema if default is None else {**schema, "default": str(default)}
    )


def text_parameter(name: str, description: str, form: re.Pattern[str]) -> Mapping[str, Any]:
    """The OpenAPI parameter that :func:`asked_text` reads."""
    return query(name, description, {"type": "string", "pattern": f"^{form.pattern}$"})


def _refused(detail: str) -> Problem:
    return Problem(ProblemKind.BAD_REQUEST, detail)
