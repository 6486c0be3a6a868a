"""Holds every answer against the endpoint's own OpenAPI document."""

from __future__ import annotations

import re
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from components.endpoint import create_app


def _document() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        app = create_app(f"sqlite:///{folder}/e.sqlite3")
        document: dict[str, Any] = app.state.openapi
    return document


DOCUMENT = _document()


class NotConforming(AssertionError):
    """A value is not what the document says."""


def conforms(schema: dict[str, Any], value: object) -> None:
    """Raise unless a value is what a schema of the document says."""
    whole = {"allOf": [schema], "components": DOCUMENT["components"]}
    validator = OAS31Validator(whole, format_checker=oas31_format_checker)
    for error in validator.iter_errors(value):
        raise NotConforming(error.message)


async def check_response(response: httpx.Response) -> None:
    """An httpx hook: raise unless the document foresees this answer to this request."""
    await response.aread()
    operation = _operation(response.request)
    if operation is None:
        assert response.status_code in (404, 405)
        media_type = "application/problem+json"
        schema = {"$ref": "#/components/schemas/ProblemMessage"}
    else:
        foreseen = operation["responses"][str(response.status_code)]
        contents: dict[str, Any] = foreseen.get("content", {})
        if not contents:
            assert response.content == b""
            return
        media_type = response.headers["content-type"].partition(";")[0]
        schema = contents[media_type]["schema"]
    assert response.headers["content-type"].partition(";")[0] == media_type
    if media_type.endswith(("/json", "+json")):
        conforms(schema, response.json())


def _operation(request: httpx.Request) -> dict[str, Any] | None:
    """What the document says of a call; a path written out counts before one with parameters."""
    paths = sorted(DOCUMENT["paths"], key=lambda path: path.count("{"))
    for path in paths:
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), request.url.path):
            operation: dict[str, Any] | None = DOCUMENT["paths"][path].get(request.method.lower())
            return operation
    return None
