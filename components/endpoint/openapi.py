"""The OpenAPI 3.1 document, made of what every group of routes says of its calls.

Its schemas are made from the messages that the code itself reads and writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from .description import PATH_PARAMETERS, Access, Body, Operation
from .messages import ProblemMessage
from .problems import MEDIA_TYPE, ProblemKind

API_VERSION = "1.0.0"
"""Version of the interface, not of the software."""

_IN_BRACES = re.compile(r"{(\w+)}")
_SECURITY = {
    "deviceSecret": {
        "type": "http",
        "scheme": "bearer",
        "description": "The device secret, 43 characters of base64url; its hash is the subject id",
    },
    "officerKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "The key of a privacy officer; opens no call of a subject",
    },
}


def openapi_document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The document as plain JSON values."""
    messages = list(
        dict.fromkeys(
            body.message
            for operation in operations
            for body in (operation.request, operation.answer)
            if body is not None and body.message is not None
        )
    )
    schemas, components = msgspec.json.schema_components(
        [*messages, ProblemMessage], ref_template="#/components/schemas/{name}"
    )
    references: dict[type, Mapping[str, Any]] = dict(
        zip([*messages, ProblemMessage], schemas, strict=True)
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = paths.setdefault(operation.path, _path(operation.path))
        path[operation.method.lower()] = _operation(operation, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mingshi consent endpoint",
            "version": API_VERSION,
            "description": "Takes consent records from devices, proves that it did, and gives "
            "them back. Refusals are RFC 9457 problem details.",
        },
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY},
    }


def _path(path: str) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, **PATH_PARAMETERS[name]}
        for name in _IN_BRACES.findall(path)
    ]
    return {"parameters": parameters} if parameters else {}


def _operation(
    operation: Operation, references: Mapping[type, Mapping[str, Any]]
) -> dict[str, Any]:
    described: dict[str, Any] = {"operationId": operation.id, "summary": operation.summary}
    if operation.description is not None:
        described["description"] = operation.description
    described["security"] = [] if operation.access.value is None else [{operation.access.value: []}]
    if operation.parameters:
        described["parameters"] = [dict(parameter) for parameter in operation.parameters]
    if operation.request is not None:
        described["requestBody"] = {"required": True, **_content(operation.request, references)}
    described["responses"] = _answers(operation, references)
    return described


def _answers(operation: Operation, references: Mapping[type, Mapping[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {
        str(operation.status): {"description": "Done"}
        if operation.answer is None
        else {"description": "Done", **_content(operation.answer, references)}
    }
    for status, description in (operation.other_answers or {}).items():
        answers[str(status)] = {"description": description}
    problem = _content(Body(ProblemMessage, MEDIA_TYPE), references)
    for kind in sorted(_problems(operation), key=lambda kind: kind.status):
        known = answers.get(str(kind.status))
        title = kind.title if known is None else f"{known['description']}; or: {kind.title}"
        answers[str(kind.status)] = {"description": title, **problem}
    return answers


def _problems(operation: Operation) -> list[ProblemKind]:
    """Those of the call itself, and those that anything can be refused for."""
    kinds = [*operation.problems, ProblemKind.INTERNAL, ProblemKind.THROTTLED]
    if operation.access is not Access.ANYONE:
        kinds += [ProblemKind.UNAUTHENTICATED, ProblemKind.UNAVAILABLE]
    if operation.access is Access.DEVICE:
        kinds.append(ProblemKind.NOT_FOUND)
    return list(dict.fromkeys(kinds))


def _content(body: Body, references: Mapping[type, Mapping[str, Any]]) -> dict[str, Any]:
    schema = {} if body.message is None else dict(references[body.message])
    return {
        "content": {
            media_type: {"schema": schema}
            for media_type in (body.media_type, *body.other_media_types)
        }
    }
