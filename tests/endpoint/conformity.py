"""Holds every answer against the endpoint's own OpenAPI document."""

from __future__ import annotations

from typing import Any

import httpx
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from components.endpoint.openapi import openapi_document

DOCUMENT = openapi_document()


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
        [(media_type, content)] = foreseen["content"].items()
        schema = content["schema"]
    assert response.headers["content-type"] == media_type
    conforms(schema, response.json())


def _operation(request: httpx.Request) -> dict[str, Any] | None:
    parts = request.url.path.split("/")
    if parts[1:3] == ["v1", "subjects"] and len(parts) == 5:
        parts[3] = "{subject}"
    operation: dict[str, Any] | None = (
        DOCUMENT["paths"].get("/".join(parts), {}).get(request.method.lower())
    )
    return operation
