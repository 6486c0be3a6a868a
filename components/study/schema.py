"""The JSON Schemas of ``study.toml`` and ``items.toml``, for editors; the loader says more.

They are held as files beside this module; ``python -m components.study.schema`` writes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Any

from .observing.problems import MOST, OTHER
from .words import (
    Book,
    DesignKind,
    Expectedness,
    Fact,
    Form,
    Kind,
    Layer,
    Primary,
    Risk,
    Scope,
    StepKind,
    Stratum,
    TaskOrder,
    Truth,
)

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KEBAB = "^[a-z0-9]+(-[a-z0-9]+)*$"
_TEXT: Schema = {"type": "string", "minLength": 1}
_LOCALISED: Schema = {
    "type": "object",
    "description": "The text in each language of the study.",
    "minProperties": 1,
    "additionalProperties": _TEXT,
}
_PARAGRAPHS: Schema = {"type": "array", "minItems": 1, "items": _LOCALISED}
_PROBLEM: Schema = {
    "code": {"type": "string", "pattern": _KEBAB, "not": {"const": OTHER}},
    "label": _LOCALISED,
}
_LEVELS: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "array",
        "minItems": 2,
        "uniqueItems": True,
        "items": _TEXT,
    },
}


def study_schema() -> Schema:
    """The schema of ``study.toml``."""
    about = {
        "id": {"type": "string", "pattern": _KEBAB},
        "version": _from(1),
        "kind": _one_of(Kind),
        "title": _LOCALISED,
        "pack": _TEXT,
        "policy_version": _TEXT,
        "locales": {"type": "array", "minItems": 1, "items": _TEXT},
        "items": {**_TEXT, "description": "The file of the item bank, beside the study file."},
        "primary": _one_of(Primary),
        "purposes": {"type": "array", "items": _TEXT},
        "cover_story": _LOCALISED,
        "minutes": {"type": "integer", "minimum": 1, "maximum": 240},
    }
    return {
        "$schema": _DRAFT,
        "title": "Mingshi study",
        **_table(
            {
                "format": {"const": 1},
                "study": _table(about, optional={"purposes", "cover_story", "minutes"}),
                "consent": _consent(),
                "design": _design(),
                "flow": _table({"steps": {"type": "array", "items": _step()}}),
                "calibration": _table(
                    {
                        "paragraphs": _PARAGRAPHS,
                        "statement": _LOCALISED,
                        "answer": _one_of(Truth),
                    }
                ),
                "comprehension": _table(
                    {form.value: _one_of(Book) for form in Form},
                    optional={form.value for form in Form},
                ),
                "tasks": {"type": "array", "items": _task()},
                "probe": _table(dict.fromkeys(("title", "body", "accept", "refuse"), _LOCALISED)),
                "debrief": _table({"paragraphs": _PARAGRAPHS}),
                "problems": {"type": "array", "maxItems": MOST, "items": _table(_PROBLEM)},
            },
            optional={"calibration", "comprehension", "tasks", "probe", "debrief", "problems"},
        ),
    }


def items_schema() -> Schema:
    """The schema of ``items.toml``."""
    common = {
        "id": {"type": "string", "pattern": _KEBAB},
        "form": _one_of(Form),
        "answer": _one_of(Truth),
        "statement": _LOCALISED,
    }
    item = {
        **common,
        "layer": _one_of(Layer),
        "place": _TEXT,
        "clause": {"type": "string", "pattern": _KEBAB},
        "fact": _one_of(Fact),
        "expectedness": _one_of(Expectedness),
        "risk": _one_of(Risk),
        "evidence": _LOCALISED,
        "absent": {"type": "array", "items": _LOCALISED},
    }
    return {
        "$schema": _DRAFT,
        "title": "Mingshi item bank",
        **_table(
            {
                "format": {"const": 1},
                "items": {
                    "type": "array",
                    "items": _table(item, optional={"place", "evidence", "absent"}),
                },
                "attention": {"type": "array", "items": _table(common)},
            },
            optional={"items", "attention"},
        ),
    }


def _consent() -> Schema:
    return _table(
        {
            "version": _from(1),
            "paragraphs": _PARAGRAPHS,
            "scopes": {
                "type": "array",
                "items": _one_of(Scope),
                "allOf": [
                    {"contains": {"const": needed.value}}
                    for needed in (Scope.BEHAVIOUR, Scope.ANSWERS)
                ],
            },
            "retention_days": {"type": "integer", "minimum": 1, "maximum": 3650},
        }
    )


def _design() -> Schema:
    table = _table(
        {
            "kind": _one_of(DesignKind),
            "factors": _LEVELS,
            "block": _from(1),
            "strata": {**_LEVELS, "propertyNames": _one_of(Stratum)},
            "seed": _from(0),
            "participants": _from(1),
            "task_order": _one_of(TaskOrder),
        },
        optional={"factors", "block", "strata", "task_order"},
    )
    kinds = {
        DesignKind.SINGLE: {"not": {"required": ["factors"]}},
        DesignKind.BETWEEN: {"required": ["factors", "block"]},
        DesignKind.WITHIN: {"required": ["factors"]},
    }
    cases = [
        {"if": {"properties": {"kind": {"const": kind.value}}}, "then": then}
        for kind, then in kinds.items()
    ]
    return {**table, "allOf": cases}


def _task() -> Schema:
    place = _table(
        {"layer": _one_of(Layer), "clause": {"type": "string", "pattern": _KEBAB}},
        optional={"clause"},
    )
    decision = _table({"purpose": _TEXT, "choice": {"enum": ["grant", "decline", "either"]}})
    return _table(
        {
            "id": {"type": "string", "pattern": "^[a-z_][a-z0-9_]*$"},
            "prompt": _LOCALISED,
            "success": {"oneOf": [place, decision]},
            "give_up_after_s": _from(10),
        }
    )


def _step() -> Schema:
    plain = [
        kind.value
        for kind in StepKind
        if kind not in (StepKind.TASK, StepKind.PROBE, StepKind.COMPREHENSION)
    ]
    forms = [f"{StepKind.COMPREHENSION}:{form}" for form in Form]
    return {
        "anyOf": [
            {"enum": [*plain, f"{StepKind.PROBE}:neutral", *forms]},
            {"type": "string", "pattern": f"^{StepKind.TASK}:[a-z_][a-z0-9_]*$"},
        ]
    }


def _one_of(kind: type[StrEnum]) -> Schema:
    return {"enum": [member.value for member in kind]}


def _from(least: int) -> Schema:
    return {"type": "integer", "minimum": least}


def _table(properties: Schema, optional: Collection[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def write_schemas(folder: Path) -> None:
    """Write both schemas into a folder."""
    for name, schema in (("study", study_schema()), ("items", items_schema())):
        written = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.schema.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parent)
