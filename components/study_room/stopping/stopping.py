"""Stopping before the end: what becomes of what was given so far is the person's to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def Stopping(
    language: Language,
    *,
    code: str,
    on_back: Callable[[], Any],
    on_keep: Callable[[], Any],
    on_delete: Callable[[], Any],
) -> ft.Control:
    """Three ways on, of the same form.

    Args:
        language: The interface's language.
        code: The participant's code.
        on_back: Called to go on with the study.
        on_keep: Called to stop, and leave what was given.
        on_delete: Called to stop, and have everything deleted.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.heading(say("Stop taking part?"), 1),
            parts.body(
                say("You can stop at any time, and need not say why. It has no disadvantage.")
            ),
        ],
        [
            parts.action(
                say("Stop, and delete everything of mine"), on_delete, identifier="stop.delete"
            ),
            parts.action(say("Stop, and keep what I gave so far"), on_keep, identifier="stop.keep"),
            parts.action(say("Go on with the study"), on_back, identifier="stop.back"),
        ],
        code=code,
    )
