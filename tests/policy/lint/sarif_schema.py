"""What SARIF 2.1.0 requires of the parts that this project writes, as a JSON schema of our own.

After the OASIS standard, 3.13 (log), 3.14 (run), 3.18 (tool), 3.19 (component), 3.27 (result),
3.28 (location), 3.29 (physical location), 3.30 (region), 3.35 (suppression), 3.49 (descriptor).
No object may hold a property that is not listed here.
"""

from __future__ import annotations

from typing import Any


def _object(required: str = "", **properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "additionalProperties": False,
        "properties": properties,
    }


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object("text", text=_TEXT)
_DESCRIPTOR = _object(
    "id",
    id=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_object("level", level=_LEVEL),
    properties=_object(tags={"type": "array", "uniqueItems": True, "items": _TEXT}),
)
_LOCATION = _object(
    physicalLocation=_object(
        "artifactLocation",
        artifactLocation=_object("uri", uri={**_TEXT, "format": "uri-reference"}, uriBaseId=_TEXT),
        region=_object("startLine", startLine={"type": "integer", "minimum": 1}),
    ),
    logicalLocations={"type": "array", "items": _object(fullyQualifiedName=_TEXT)},
)
_SUPPRESSION = _object(
    "kind",
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=_TEXT,
)
_RESULT = _object(
    "message",
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    suppressions={"type": "array", "items": _SUPPRESSION},
)
_RUN = _object(
    "tool",
    tool=_object("driver", driver=_object("name", name=_TEXT, rules={"items": _DESCRIPTOR})),
    automationDetails=_object(id=_TEXT),
    originalUriBaseIds={"type": "object", "additionalProperties": _object(description=_MESSAGE)},
    results={"type": "array", "items": _RESULT},
)
SARIF = _object("version runs", version={"const": "2.1.0"}, runs={"type": "array", "items": _RUN})
SARIF["properties"]["$schema"] = {"type": "string", "format": "uri"}
