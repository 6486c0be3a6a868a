"""A task, before it is begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def TaskCard(
    language: Language,
    *,
    number: int,
    of: int,
    prompt: str,
    code: str,
    done: float,
    on_start: Callable[[], Any],
    on_stop: Callable[[], Any],
) -> ft.Control:
    """The task in words.

    Args:
        language: The interface's language.
        number: Which of the tasks it is, counted from 1.
        of: How many there are.
        prompt: What to do.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_start: Called to go to the app.
        on_stop: Called to stop taking part.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.note(say("Task {number} of {of}", number=number, of=of)),
            parts.heading(prompt, 1),
            parts.point(
                "touch_app",
                say("The app comes next"),
                say(
                    "The task stays in sight. Press “I’m done” when you think that you"
                    " are, or “I give up” if you would rather leave it. Both are fine."
                ),
            ),
        ],
        [parts.action(say("Go to the app"), on_start, identifier="task.start")],
        code=code,
        on_stop=on_stop,
        done=done,
    )
