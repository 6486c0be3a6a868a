"""Examples of the note, above words as a first notice has them."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from .. import parts, tokens
from ..example import Example, Setting
from .fallback_note import fallback_note


def _above(written_in: str | None) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        locale = written_in or setting.pack.locale_for(setting.language.locale)
        text = setting.pack.texts_for(locale).first_notice
        return ft.Container(
            ft.Column(
                [
                    fallback_note(setting.language, locale),
                    parts.heading(text.title, 1),
                    parts.body(text.lead),
                    parts.action(
                        setting.language.gettext("Close"),
                        setting.does("close"),
                        identifier="note.close",
                    ),
                ],
                spacing=tokens.GAP_LARGE,
                scroll=ft.ScrollMode.AUTO,
            ),
            padding=tokens.EDGE,
        )

    return build


EXAMPLES = (
    Example(
        "prevailing", "The words are in Chinese, the language that prevails.", _above("zh_Hans")
    ),
    Example("as-the-pack-has-it", "No note where the pack speaks the language.", _above(None)),
)
