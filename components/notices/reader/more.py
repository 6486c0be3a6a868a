"""What else a reader can do: larger text, what changed, a copy to keep."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ...surface.radio_row import radio_row
from ...surface.runtime import handler
from ...surface.text_size import TextSize, text_size_words


class CopyForm(StrEnum):
    """In which form a copy of the text is kept; the value is the file's ending."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"


def more(
    language: Language,
    *,
    size: TextSize,
    on_size: Callable[[TextSize], Any],
    on_changes: Callable[[], Any] | None,
    on_copy: Callable[[CopyForm], Any] | None,
    saving: Saving | None,
) -> ft.Control:
    """The page of a reader's settings and copies.

    Args:
        language: The interface's language.
        size: How large the text is.
        on_size: Called with another size.
        on_changes: Called to show what changed; None if there is no earlier version.
        on_copy: Called with the form of a copy to keep; None where files cannot be saved.
        saving: How the last copy ended; None if none was made.
    """
    say = language.gettext
    sizes = text_size_words(language)
    forms = {
        CopyForm.TEXT: say("Plain text"),
        CopyForm.HTML: say("Web page (HTML)"),
        CopyForm.MARKDOWN: "Markdown",
    }
    outcomes = {
        None: "",
        Saving.SAVED: say("Saved."),
        Saving.CANCELLED: say("Not saved: you cancelled it."),
        Saving.FAILED: say("This could not be saved here. Nothing was written."),
    }

    async def chosen(event: ft.Event[ft.RadioGroup]) -> None:
        await handler(on_size, TextSize(str(event.control.value)))()

    rows: list[ft.Control] = [
        parts.heading(say("Text size"), 2),
        ft.RadioGroup(
            ft.Column(
                [
                    radio_row(it.value, label, on_size, it, identifier=f"reader.size.{it.value}")
                    for it, label in sizes.items()
                ],
                spacing=0,
                tight=True,
            ),
            value=size.value,
            on_change=chosen,
        ),
    ]
    if on_changes is not None:
        rows += [
            parts.heading(say("Versions"), 2),
            parts.link(
                say("What changed since the last version"),
                on_changes,
                identifier="reader.changes",
            ),
        ]
    if on_copy is not None:
        rows += [
            parts.heading(say("Keep a copy"), 2),
            ft.Row(
                [
                    parts.action(
                        label,
                        on_copy,
                        form,
                        identifier=f"reader.save.{form.value}",
                        icon_name="download",
                    )
                    for form, label in forms.items()
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
            parts.live(outcomes[saving]),
        ]
    return ft.Container(
        ft.Column(rows, spacing=tokens.GAP_LARGE, scroll=ft.ScrollMode.AUTO),
        expand=True,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        key="more",
    )
