"""A neutral banner after the tasks: does what was seen in the app carry over to another's?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def NeutralProbe(
    language: Language,
    *,
    title: str,
    text: str,
    accept: str,
    refuse: str,
    code: str,
    on_choice: Callable[[bool], Any],
    on_stop: Callable[[], Any],
) -> ft.Control:
    """The banner; its two answers are of the same form, and nothing shows how far one is.

    Args:
        language: The interface's language.
        title: What it asks.
        text: What there is to know about it.
        accept: The label of a yes.
        refuse: The label of a no.
        code: The participant's code.
        on_choice: Called with whether the answer is a yes.
        on_stop: Called to stop taking part.
    """
    return study_page(
        language,
        [parts.heading(title, 1), parts.body(text)],
        [
            parts.equal_choices(
                (refuse, lambda: on_choice(False)), (accept, lambda: on_choice(True)), name="probe"
            )
        ],
        code=code,
        on_stop=on_stop,
    )
