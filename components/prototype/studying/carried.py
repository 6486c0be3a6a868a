"""Whether an app carries a study. By itself: an app without one loads nothing of studies."""

from __future__ import annotations

from pathlib import Path

CARRIED = "study"
"""The folder beside ``app.py`` that makes the app a study: what ``mingshi study allocate`` made."""


def carries_study(beside: Path) -> bool:
    """Whether an app carries a study, in a folder beside its front door."""
    return (beside / CARRIED / "study.toml").is_file()
