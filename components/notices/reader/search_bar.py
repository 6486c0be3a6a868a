"""Where a person types what to look for, and goes from hit to hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens


def search_bar(
    language: Language,
    *,
    words: str,
    count: int,
    position: int | None,
    on_words: Callable[[str], Any],
    on_next: Callable[[], Any],
    on_previous: Callable[[], Any],
    on_close: Callable[[], Any],
) -> ft.Control:
    """The search.

    Args:
        language: The interface's language.
        words: What is looked for now.
        count: How many hits there are.
        position: At which hit it stands, from 0; None before the first step.
        on_words: Called with what was typed.
        on_next, on_previous, on_close: Called for the three buttons; Enter is next.
    """
    say = language.gettext
    return ft.Container(
        ft.Column(
            [
                ft.Row(
                    [
                        ft.TextField(
                            color=tokens.TEXT,
                            label=say("Search this policy"),
                            value=words,
                            on_change=lambda event: on_words(str(event.control.value or "")),
                            on_submit=lambda: on_next(),
                            autofocus=True,
                            expand=True,
                            key="reader.search.words",
                        ),
                        parts.icon_action(
                            "close",
                            say("End the search"),
                            on_close,
                            identifier="reader.search.close",
                        ),
                    ],
                    spacing=0,
                ),
                # Below the field, which needs the width for its label in large letters.
                ft.Row(
                    [
                        ft.Container(
                            parts.live(_told(language, words, count, position)), expand=True
                        ),
                        parts.icon_action(
                            "keyboard_arrow_up",
                            say("Previous place"),
                            on_previous,
                            identifier="reader.search.previous",
                        ),
                        parts.icon_action(
                            "keyboard_arrow_down",
                            say("Next place"),
                            on_next,
                            identifier="reader.search.next",
                        ),
                    ],
                    spacing=0,
                ),
            ],
            spacing=0,
            tight=True,
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
        key="reader.search",
    )


def _told(language: Language, words: str, count: int, position: int | None) -> str:
    if not words.strip():
        return language.gettext("Type a word, such as one from a question you have.")
    if count == 0:
        return language.gettext("“{words}” does not occur in this policy.", words=words.strip())
    if position is None:
        return language.ngettext("Found in {number} place", "Found in {number} places", count)
    return language.gettext(
        "{position} of {count}",
        position=language.number(position + 1),
        count=language.number(count),
    )
