"""A passage that shows how fast somebody reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def ReadingPassage(
    language: Language,
    *,
    paragraphs: Sequence[str],
    code: str,
    done: float,
    on_read: Callable[[], Any],
    on_stop: Callable[[], Any],
) -> ft.Control:
    """The passage.

    Args:
        language: The interface's language.
        paragraphs: Its words.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_read: Called when the person has read it.
        on_stop: Called to stop taking part.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.heading(say("Please read this as you usually read"), 1),
            parts.note(say("There is no hurry. One question follows.")),
            *(parts.body(it) for it in paragraphs),
        ],
        [parts.action(say("I have read it"), on_read, identifier="passage.read")],
        code=code,
        on_stop=on_stop,
        done=done,
    )
