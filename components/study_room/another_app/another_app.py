"""Between two conditions of somebody who sees several: the app is another one from here on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def AnotherApp(
    language: Language,
    *,
    code: str,
    done: float,
    on_next: Callable[[], Any],
    on_stop: Callable[[], Any],
) -> ft.Control:
    """Says that the same is done again in another version of the app, which knows nothing yet.

    Args:
        language: The interface's language.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_next: Called to have the app wiped, and to go on.
        on_stop: Called to stop taking part.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.heading(say("Now the app is another one"), 1),
            parts.body(
                say(
                    "You get another version of the app, and the same tasks again. It has forgotten"
                    " what you did and chose so far, and begins as new."
                )
            ),
            parts.body(say("Please do each task as if it were the first time.")),
        ],
        [parts.action(say("Go on"), on_next, identifier="another.next")],
        code=code,
        on_stop=on_stop,
        done=done,
    )
