"""The JSON Schema of records and receipts, which comes with the kit."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

SCHEMA_FILE = "schema.json"


class Shape(StrEnum):
    """What a schema is of."""

    RECORD = "record"
    RECEIPT = "receipt"


@cache
def schema(shape: Shape) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record or receipt. It refers to nothing outside itself."""
    whole = _whole()
    return {
        "$schema": whole["$schema"],
        "$id": f"{whole['$id']}:{shape}",
        "$ref": f"#/$defs/{shape}",
        "$defs": whole["$defs"],
    }


@cache
def _whole() -> dict[str, Any]:
    text = files(__package__).joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    return whole
