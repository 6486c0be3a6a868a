"""The note above words of a pack that are in another language than the interface."""

from __future__ import annotations

import flet as ft

from ...i18n import Language
from .. import parts, tokens


def fallback_note(language: Language, written_in: str | None) -> ft.Control:
    """Say which language the words below are in, and that this version prevails.

    Args:
        language: The interface's language.
        written_in: The locale of the words, from ``pack.locale_for(language.locale)``;
            None if it is the interface's.

    Returns:
        The note; nothing to see, but a control in the same place, when the languages are the same.
    """
    if written_in is None or written_in == language.locale:
        return ft.Container(visible=False)
    return ft.Container(
        ft.Row(
            [
                parts.icon("translate", color=tokens.QUIET_TEXT),
                ft.Container(
                    parts.note(
                        language.gettext(
                            "There is no translation of this text yet. It is in {language},"
                            " and that version prevails.",
                            language=language.name_of(written_in),
                        )
                    ),
                    expand=True,
                ),
            ],
            spacing=tokens.GAP,
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
    )
