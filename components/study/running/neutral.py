"""The neutral banner after the tasks, as the record takes it."""

from __future__ import annotations

from typing import Any

from ..model import Study
from ..progress import PROBE


def shown(study: Study) -> dict[str, Any]:
    """That it is before the participant."""
    return {
        "notice": _notice(study),
        "timing": "after_tasks",
        "channel": "banner",
        "trigger": "app",
        "exposure": 1,
        "blocking": "no",
    }


def decided(study: Study, choice: str) -> dict[str, Any]:
    """What was answered, ``grant`` or ``decline``."""
    return {"notice": _notice(study), "target": PROBE, "choice": choice, "via": "button"}


def _notice(study: Study) -> str:
    return f"probe@{study.policy_version}"
