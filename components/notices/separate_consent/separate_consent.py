"""The sheet of a separate consent (PIPL arts. 23, 25, 29, 30, 31, 39)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.texts import PromptText
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ..prompt.prompt import PromptChoice, prompt_body


@kit_component
def SeparateConsent(
    text: PromptText,
    clause_title: str,
    language: Language,
    *,
    on_choice: Callable[[PromptChoice], Any],
    on_read: Callable[[str], Any],
    written_in: str | None = None,
) -> ft.Control:
    """One thing that is agreed to by itself, and not by agreeing to anything else.

    Args:
        text: The pack's words; every word of them is shown, necessity and impact among them.
        clause_title: What the clause that it stands on is called.
        language: The interface's language.
        on_choice: Called with the choice pressed.
        on_read: Called with the id of the clause the person wants to read.
        written_in: The locale of the pack's words; None if it is the interface's.
    """
    lead = ft.Row(
        [
            parts.icon("verified_user"),
            ft.Container(
                parts.note(
                    language.gettext("Asked separately. No other consent includes this one.")
                ),
                expand=True,
            ),
        ],
        spacing=tokens.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return prompt_body(
        text,
        clause_title,
        language,
        on_choice=on_choice,
        on_read=on_read,
        name="separate",
        lead=lead,
        written_in=written_in,
    )
