"""What the host's screens are put together from, beside the kit's own parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ..i18n import Language
from ..surface import focus, parts, tokens
from ..surface.runtime import handler

PAGE_WIDTH = 1040
"""The widest a screen with several columns may be."""


def text(
    words: str,
    style: ft.TextThemeStyle = ft.TextThemeStyle.BODY_LARGE,
    *,
    color: ft.Colors = tokens.TEXT,
    strong: bool = False,
) -> ft.Text:
    """A text that is no heading, and grows with the text size."""
    return ft.Text(
        words, theme_style=style, color=color, weight=ft.FontWeight.W_600 if strong else None
    )


def pressable(
    content: ft.Control,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    radius: float = tokens.RADIUS,
    bgcolor: ft.Colors | None = None,
    padding: float = 0,
    border: ft.Border | None = None,
    expand: bool = False,
) -> ft.Control:
    """Something that is pressed as a whole; its texts together are its name."""
    return ft.MergeSemantics(
        content=ft.Semantics(
            content=ft.Container(
                content,
                on_click=handler(act, *args),
                ink=True,
                border_radius=radius,
                bgcolor=bgcolor,
                padding=padding,
                border=border,
                key=identifier,
            ),
            button=True,
            identifier=identifier,
        ),
        expand=expand or None,
    )


def main_action(label: str, act: Callable[..., Any], *args: Any, identifier: str) -> ft.Control:
    """What a screen of the shop is for. Never a choice about data: those look alike."""
    return ft.Semantics(
        content=ft.FilledButton(
            content=ft.Text(label, text_align=ft.TextAlign.CENTER),
            on_click=handler(act, *args),
            style=ft.ButtonStyle(
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP_SECTION, vertical=16),
                side=focus.edge(outside=True),
            ),
            key=identifier,
        ),
        identifier=identifier,
    )


def chip(
    label: str, chosen: bool, act: Callable[..., Any], *args: Any, identifier: str
) -> ft.Control:
    """One of several values of which one holds; marked by a tick as well as by colour."""
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Text(label, text_align=ft.TextAlign.CENTER),
            icon=ft.Icons.CHECK if chosen else None,
            on_click=handler(act, *args),
            style=ft.ButtonStyle(
                color=ft.Colors.ON_SECONDARY_CONTAINER if chosen else tokens.TEXT,
                bgcolor=ft.Colors.SECONDARY_CONTAINER if chosen else None,
                side=focus.edge(ft.BorderSide(1, tokens.EDGE_LINE)),
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP_LARGE, vertical=14),
            ),
            key=identifier,
        ),
        selected=chosen,
        identifier=identifier,
    )


def screen(
    title: str,
    content: Sequence[ft.Control],
    language: Language,
    *,
    on_back: Callable[[], Any],
    wide: bool = False,
    foot: Sequence[ft.Control] = (),
) -> ft.Control:
    """A page that was gone to, with the way back at its head.

    Args:
        title: What it is called.
        content: From top to bottom.
        language: The interface's language.
        on_back: Called to go back.
        wide: Whether it has use for more than a column of text.
        foot: What stays in sight below it.
    """
    width = PAGE_WIDTH if wide else tokens.READING_WIDTH
    return ft.Column(
        [
            ft.Row(
                [
                    # As wide as what stands below it, so that both begin at one line.
                    ft.Container(
                        ft.Row(
                            [
                                parts.icon_action(
                                    "arrow_back",
                                    language.gettext("Back"),
                                    on_back,
                                    identifier="host.back",
                                ),
                                ft.Container(parts.heading(title, 1), expand=True),
                            ],
                            spacing=tokens.GAP,
                        ),
                        width=width + 2 * tokens.EDGE,
                        padding=ft.Padding.symmetric(
                            horizontal=tokens.GAP, vertical=tokens.GAP_SMALL
                        ),
                        expand=True,
                        expand_loose=True,
                    )
                ],
                alignment=ft.MainAxisAlignment.CENTER,
            ),
            scrolled(content, width),
            *([_foot(foot, width)] if foot else []),
        ],
        spacing=0,
        expand=True,
    )


def _foot(content: Sequence[ft.Control], width: float) -> ft.Control:
    return ft.Container(
        ft.Row(
            [
                ft.Container(
                    ft.Column(
                        list(content),
                        spacing=tokens.GAP,
                        tight=True,
                        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                    ),
                    width=width,
                    expand=True,
                    expand_loose=True,
                )
            ],
            alignment=ft.MainAxisAlignment.CENTER,
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_MIDDLE),
        border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
    )


def scrolled(content: Sequence[ft.Control], width: float = tokens.READING_WIDTH) -> ft.Control:
    """A list that scrolls over the whole width while its content keeps to a sensible one."""
    return ft.ListView(
        [
            ft.Row(
                [
                    ft.Container(
                        ft.Column(
                            list(content),
                            spacing=tokens.GAP_LARGE,
                            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                        ),
                        width=width,
                        expand=True,
                        expand_loose=True,
                    )
                ],
                alignment=ft.MainAxisAlignment.CENTER,
            )
        ],
        expand=True,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_SECTION),
        # The content is one item: all of it is laid out, so that a screen reader finds all of it.
        build_controls_on_demand=False,
    )


def nothing_here(icon_name: str, title: str, words: str, *below: ft.Control) -> ft.Control:
    """What a screen shows when there is nothing to show, and what to do then."""
    return ft.Container(
        ft.Column(
            [
                ft.Icon(getattr(ft.Icons, icon_name.upper()), size=56, color=ft.Colors.OUTLINE),
                parts.heading(title, 2),
                ft.Text(
                    words,
                    theme_style=ft.TextThemeStyle.BODY_LARGE,
                    color=tokens.QUIET_TEXT,
                    text_align=ft.TextAlign.CENTER,
                ),
                *below,
            ],
            spacing=tokens.GAP,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=ft.Padding.symmetric(horizontal=0, vertical=2 * tokens.GAP_SECTION),
    )


def notice_card(
    words: str, language: Language, on_show: Callable[[], Any], identifier: str
) -> ft.Control:
    """A sentence about the base notice, and the way to it."""
    return parts.card(
        [
            ft.Row(
                [
                    parts.icon("privacy_tip"),
                    ft.Container(parts.live(words), expand=True),
                ],
                spacing=tokens.GAP_LARGE,
                vertical_alignment=ft.CrossAxisAlignment.START,
            ),
            parts.action(language.gettext("Show the notice"), on_show, identifier=identifier),
        ]
    )


def way(
    icon_name: str, label: str, act: Callable[[], Any], identifier: str, *, detail: str = ""
) -> ft.Control:
    """A row that leads to another screen."""
    return ft.Semantics(
        content=ft.ListTile(
            leading=parts.icon(icon_name),
            title=ft.Text(label, theme_style=ft.TextThemeStyle.BODY_LARGE, color=tokens.TEXT),
            subtitle=parts.note(detail) if detail else None,
            trailing=parts.icon("chevron_right", color=tokens.QUIET_TEXT),
            content_padding=ft.Padding.symmetric(horizontal=tokens.GAP_LARGE, vertical=0),
            on_click=handler(act),
            key=identifier,
        ),
        identifier=identifier,
    )


def ways(*rows: ft.Control) -> ft.Control:
    """Rows that belong together, on one ground."""
    return ft.Card(
        ft.Column(list(rows), spacing=0),
        variant=ft.CardVariant.OUTLINED,
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
        margin=0,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def columns(items: Sequence[ft.Control], count: int) -> ft.Control:
    """Items side by side in so many columns of the same width, row by row.

    Each item has a key of its own: a row that begins with another is another row to Flet.
    """
    rows = [items[at : at + count] for at in range(0, len(items), count)]
    return ft.Column(
        [
            ft.Row(
                [
                    *(ft.Container(it, expand=True) for it in row),
                    # A last row with gaps keeps its columns as wide as the others'.
                    *(ft.Container(expand=True) for _ in range(count - len(row))),
                ],
                spacing=tokens.GAP_LARGE,
                vertical_alignment=ft.CrossAxisAlignment.START,
                key=f"row-{row[0].key}-{count}",
            )
            for row in rows
        ],
        spacing=tokens.GAP_LARGE,
    )


def arranged(content: Sequence[ft.Control], name: str) -> ft.Control:
    """One of several arrangements of the same content; ``name`` tells them apart.

    What changes its arrangement while it is on the screen is made anew: patched, its pieces would
    have to move from one parent to another, and Flet loses them on the way.
    """
    return ft.Container(
        ft.Column(
            list(content),
            spacing=tokens.GAP_LARGE,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        key=name,
    )
