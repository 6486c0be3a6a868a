"""The OpenAPI 3.1 document. Its schemas are made from the messages that the code itself uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from .messages import (
    MAX_EVENTS,
    Acknowledgements,
    BatchMessage,
    Health,
    ProblemMessage,
    RecordState,
    StoredEvents,
)
from .problems import MEDIA_TYPE, ProblemKind

API_VERSION = "1.0.0"
"""Version of the interface, not of the software."""

_MESSAGES = (Acknowledgements, BatchMessage, Health, ProblemMessage, RecordState, StoredEvents)
_READ_FAILURES = (
    ProblemKind.UNAUTHENTICATED,
    ProblemKind.OTHER_SUBJECT,
    ProblemKind.INTERNAL,
    ProblemKind.UNAVAILABLE,
)
_SUBJECT = {
    "name": "subject",
    "in": "path",
    "required": True,
    "description": "Subject id: the hash of the device secret",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
}


def openapi_document() -> dict[str, Any]:
    """The document as plain JSON values."""
    schemas, components = msgspec.json.schema_components(
        _MESSAGES, ref_template="#/components/schemas/{name}"
    )
    references: dict[type, dict[str, Any]] = dict(zip(_MESSAGES, schemas, strict=True))

    def answer(message: type, failures: tuple[ProblemKind, ...]) -> dict[str, Any]:
        problem = _content(references[ProblemMessage], MEDIA_TYPE)
        return {
            "200": {"description": "Done", **_content(references[message])},
            **{
                str(kind.status): {"description": kind.title, **problem}
                for kind in sorted(failures, key=lambda kind: kind.status)
            },
        }

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mingshi consent endpoint",
            "version": API_VERSION,
            "description": "Takes consent records from devices, proves that it did, and gives "
            "them back. Refusals are RFC 9457 problem details.",
        },
        "paths": {
            "/v1/subjects/{subject}/events": {
                "parameters": [_SUBJECT],
                "post": {
                    "operationId": "sendEvents",
                    "summary": "Store a batch of events: all or none, durable before the answer",
                    "description": "Idempotent by event id: what is sent again is answered as it "
                    "was the first time. An id with another hash, or a sequence number that "
                    "another event has, is a conflict and stores nothing.",
                    "security": [{"deviceSecret": []}],
                    "parameters": [_SENT_AT],
                    "requestBody": {"required": True, **_content(references[BatchMessage])},
                    "responses": answer(
                        Acknowledgements,
                        (
                            *_READ_FAILURES,
                            ProblemKind.BAD_REQUEST,
                            ProblemKind.CONFLICT,
                            ProblemKind.TOO_LARGE,
                            ProblemKind.MEDIA_TYPE,
                            ProblemKind.MALFORMED,
                        ),
                    ),
                },
                "get": {
                    "operationId": "readEvents",
                    "summary": "A stretch of the record, in the order of sequence numbers",
                    "security": [{"deviceSecret": []}],
                    "parameters": [
                        _query("after", "Only sequence numbers above this", 0, 0, 2**53 - 1),
                        _query("limit", "Most events in the answer", 100, 1, MAX_EVENTS),
                    ],
                    "responses": answer(StoredEvents, (*_READ_FAILURES, ProblemKind.BAD_REQUEST)),
                },
            },
            "/v1/subjects/{subject}/state": {
                "parameters": [_SUBJECT],
                "get": {
                    "operationId": "readState",
                    "summary": "What holds now for each target that was ever decided about",
                    "security": [{"deviceSecret": []}],
                    "responses": answer(RecordState, _READ_FAILURES),
                },
            },
            "/healthz": {
                "get": {
                    "operationId": "alive",
                    "summary": "Whether the process answers",
                    "security": [],
                    "responses": answer(Health, (ProblemKind.INTERNAL,)),
                }
            },
            "/readyz": {
                "get": {
                    "operationId": "ready",
                    "summary": "Whether the database answers too",
                    "security": [],
                    "responses": answer(Health, (ProblemKind.INTERNAL, ProblemKind.UNAVAILABLE)),
                }
            },
            "/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "This document",
                    "security": [],
                    "responses": {"200": {"description": "Done", **_content({"type": "object"})}},
                }
            },
        },
        "components": {
            "schemas": components,
            "securitySchemes": {
                "deviceSecret": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The device secret, 43 characters of base64url; its hash is "
                    "the subject id",
                }
            },
        },
    }


@cache
def openapi_json() -> bytes:
    """The document as it is served."""
    return msgspec.json.encode(openapi_document())


_SENT_AT = {
    "name": "Mingshi-Sent-At",
    "in": "header",
    "required": False,
    "description": "When the device sent the request, by its own clock; measures its skew",
    "schema": {"type": "string", "format": "date-time"},
}


def _content(schema: Mapping[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


def _query(name: str, description: str, default: int, least: int, most: int) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "integer", "minimum": least, "maximum": most, "default": default},
    }
