"""What stands in a path or a query string, read strictly."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.requests import Request

from .description import PATH_PARAMETERS
from .problems import Problem, ProblemKind

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""


def whole_number(request: Request, name: str, default: int, least: int, most: int) -> int:
    """A whole number of the query, or the default where it is not given.

    Raises:
        Problem: 400 if it is anything else, or outside ``least`` to ``most``.
    """
    value = request.query_params.get(name)
    if value is None:
        return default
    # isascii: int() would also read the digits of other scripts.
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= 16 else -1
    if not least <= number <= most:
        raise Problem(ProblemKind.BAD_REQUEST, f"{name} is a whole number, {least} to {most}.")
    return number


def path_value(request: Request, name: str) -> str:
    """A parameter of the path, in the form that the description gives it.

    Raises:
        Problem: 404 if it is of another form, and so can name nothing.
    """
    value: str = request.path_params[name]
    # The patterns end in $, which a line feed may follow.
    if re.match(PATH_PARAMETERS[name]["schema"]["pattern"], value) is None or "\n" in value:
        raise Problem(ProblemKind.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase)
    return value
