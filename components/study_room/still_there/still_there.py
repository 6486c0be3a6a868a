"""Whether anybody is still there, before a device that nobody uses is made ready for the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def StillThere(
    language: Language, *, seconds: int, code: str, on_here: Callable[[], Any]
) -> ft.Control:
    """The question.

    Args:
        language: The interface's language.
        seconds: So long it waits for an answer.
        code: The participant's code.
        on_here: Called when somebody is.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.heading(say("Are you still there?"), 1),
            parts.body(
                language.ngettext(
                    "If nobody answers within {number} second, the session ends here, and the app"
                    " forgets what was done in it.",
                    "If nobody answers within {number} seconds, the session ends here, and the app"
                    " forgets what was done in it.",
                    seconds,
                )
            ),
        ],
        [parts.action(say("I am still here"), on_here, identifier="still.here")],
        code=code,
    )
