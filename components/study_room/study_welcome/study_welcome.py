"""The study says hello, and what is going to happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def StudyWelcome(
    language: Language,
    *,
    title: str,
    about: str = "",
    tasks: int,
    questions: bool,
    code: str,
    on_next: Callable[[], Any],
) -> ft.Control:
    """The welcome.

    Args:
        language: The interface's language.
        title: What participants see the study called.
        about: What they are told that it is about; empty if the consent tells it.
        tasks: How many things there are to do in the app.
        questions: Whether questions come after them.
        code: The participant's code.
        on_next: Called to go on.
    """
    say = language.gettext
    return study_page(
        language,
        [
            parts.heading(title, 1),
            parts.body(say("Thank you for coming. This is what happens:")),
            *([parts.body(about)] if about else []),
            parts.point(
                "handshake",
                say("First you decide whether to take part"),
                say("Nothing is kept before you have agreed to it."),
            ),
            *(
                [
                    parts.point(
                        "phone_android",
                        language.ngettext(
                            "Then you do one thing in an app",
                            "Then you do {number} things in an app",
                            tasks,
                        ),
                        say("What to do stays in sight. You can leave any task."),
                    )
                ]
                if tasks
                else []
            ),
            *(
                [
                    parts.point(
                        "quiz",
                        say("At the end you answer some questions"),
                        say("You can pass over every one of them."),
                    )
                ]
                if questions
                else []
            ),
        ],
        [parts.action(say("Next"), on_next, identifier="welcome.next")],
        code=code,
    )
