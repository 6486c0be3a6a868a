"""The first notice: what the product is about, in a few points, and an equal choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.texts import FirstNoticeText
from ...surface import parts, tokens
from ...surface.fallback_note import fallback_note
from ...surface.runtime import kit_component
from ...surface.scrolling import scrolling


class FirstNoticeChoice(StrEnum):
    """What was pressed."""

    ACCEPT = "accept"
    REFUSE = "refuse"


@kit_component
def FirstNotice(
    text: FirstNoticeText,
    clause_titles: Mapping[str, str],
    language: Language,
    *,
    on_choice: Callable[[FirstNoticeChoice], Any],
    on_read: Callable[[str | None], Any],
    on_summary: Callable[[], Any],
    on_language: Callable[[], Any],
    written_in: str | None = None,
) -> ft.Control:
    """The first notice.

    Args:
        text: The pack's words; every word of them is shown.
        clause_titles: What each clause that a point stands on is called, by clause id.
        language: The interface's language.
        on_choice: Called with the choice pressed.
        on_read: Called with a clause id, or None for the full policy from its beginning.
        on_summary: Called when the person wants every point, not only these.
        on_language: Called when the person wants another language.
        written_in: The locale of the pack's words; None if it is the interface's.
    """
    say = language.gettext
    points = [
        _point(
            card.icon,
            card.title,
            card.body,
            parts.icon_action(
                "chevron_right",
                say("Clause: {title}", title=clause_titles[card.clauses[0]]),
                on_read,
                card.clauses[0],
                identifier=f"first-notice.clause.{card.id}",
            ),
        )
        for card in text.cards
    ]
    return ft.Column(
        [
            ft.Container(
                scrolling(
                    [
                        fallback_note(language, written_in),
                        ft.Row(
                            [
                                ft.Container(parts.heading(text.title, 1), expand=True),
                                parts.icon_action(
                                    "translate",
                                    say("Change language"),
                                    on_language,
                                    identifier="first-notice.language",
                                ),
                            ]
                        ),
                        parts.body(text.lead),
                        # Before the points: nobody should have to scroll to find the full text.
                        ft.Row(
                            [
                                parts.link(
                                    say("Read the full privacy policy"),
                                    on_read,
                                    None,
                                    identifier="first-notice.policy",
                                ),
                                parts.link(
                                    say("Read the summary"),
                                    on_summary,
                                    identifier="first-notice.summary",
                                ),
                            ],
                            wrap=True,
                            spacing=tokens.GAP_SECTION,
                            run_spacing=0,
                        ),
                        *points,
                        ft.Container(
                            parts.body(text.refusing),
                            padding=ft.Padding.only(top=tokens.GAP),
                        ),
                    ],
                    spacing=tokens.GAP_SMALL,
                ),
                expand=True,
            ),
            ft.Container(
                parts.equal_choices(
                    (text.refuse, lambda: on_choice(FirstNoticeChoice.REFUSE)),
                    (text.accept, lambda: on_choice(FirstNoticeChoice.ACCEPT)),
                    name="first-notice",
                ),
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
                border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _point(icon_name: str, title: str, text: str, way: ft.Control) -> ft.Control:
    """A point as ``parts.point``, with the way to more beside its short line: it costs no line."""
    return ft.Row(
        [
            ft.Container(parts.icon(icon_name), padding=ft.Padding.only(top=12)),
            ft.Column(
                [
                    ft.Row(
                        [
                            ft.Text(
                                title,
                                theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                                color=tokens.TEXT,
                                weight=ft.FontWeight.W_600,
                                expand=True,
                                # Of one line it has air from the button beside it; of two, this.
                                margin=ft.Margin.symmetric(vertical=tokens.GAP),
                            ),
                            way,
                        ],
                        spacing=0,
                        vertical_alignment=ft.CrossAxisAlignment.CENTER,
                    ),
                    parts.body(text, quiet=True),
                ],
                spacing=0,
                expand=True,
            ),
        ],
        spacing=tokens.GAP_LARGE,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
