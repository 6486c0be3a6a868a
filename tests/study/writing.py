"""Study files written from plain values, so that a test can break one thing at a time."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

from components.policy import load_pack

ROOT = Path(__file__).resolve().parents[2]
PACKS = {"epiao": load_pack(ROOT / "policy_content" / "epiao")}
"""Read once: each test that breaks a study would read it again."""
READY = ROOT / "policy_content" / "epiao" / "study"


def ready(name: str) -> dict[str, Any]:
    """A ready study, or its item bank, as plain values."""
    return tomllib.loads((READY / f"{name}.toml").read_text(encoding="utf-8"))


def toml(values: dict[str, Any]) -> str:
    """Values as TOML: one key a line, tables as headers, what is inside them inline."""
    lines = [f"{key} = {_inline(value)}" for key, value in values.items() if not _headed(value)]
    for key, value in values.items():
        if isinstance(value, dict):
            lines += [f"[{key}]", *(f"{name} = {_inline(it)}" for name, it in value.items())]
        elif _headed(value):
            for table in value:
                lines += [f"[[{key}]]", *(f"{name} = {_inline(it)}" for name, it in table.items())]
    return "\n".join(lines) + "\n"


def _headed(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(it)}" for key, it in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def written(folder: Path, study: dict[str, Any], items: dict[str, Any] | None = None) -> Path:
    """A study file, with its item bank beside it."""
    if items is None:
        shutil.copy(READY / "items.toml", folder / "items.toml")
    else:
        (folder / "items.toml").write_text(toml(items), encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(toml(study), encoding="utf-8")
    return path
