"""Mingshi (明示): an interactive policy and consent UI kit for Flet.

The rooms import each other relatively, so the folder works under any name. Importing it imports
nothing else: who only needs ``policy`` or the endpoint does not load Flet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .answers import Answer, NoticeOutcome, Outcome
    from .kit import ConsentKit
    from .preparing import prepare

__all__ = ["Answer", "ConsentKit", "NoticeOutcome", "Outcome", "prepare"]

_HOMES = {
    "Answer": ".answers",
    "ConsentKit": ".kit",
    "NoticeOutcome": ".answers",
    "Outcome": ".answers",
    "prepare": ".preparing",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name], __name__), name)
