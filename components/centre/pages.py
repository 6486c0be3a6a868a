"""What the pages of the centre are put together from: places below one another, and their head."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from ..surface import parts, tokens


def stacked(controls: Sequence[ft.Control]) -> list[ft.Control]:
    """What stands below one another on a page, each with its gap; an empty place takes none.

    For a list without spacing of its own. Places that are empty now stay, so that what comes
    later comes into its place.
    """
    return [
        ft.Container(
            it,
            padding=ft.Padding.only(
                # A heading is nearer to what it is over than to what went before.
                top=tokens.GAP if number and _begins_section(it) else 0,
                bottom=0 if _is_empty(it) else tokens.GAP_LARGE,
            ),
        )
        for number, it in enumerate(controls)
    ]


def _begins_section(control: ft.Control) -> bool:
    return isinstance(control, ft.Semantics) and control.heading_level == 2


def _is_empty(control: ft.Control | None) -> bool:
    match control:
        case None:
            return True
        case ft.Semantics(content=content) | ft.Container(content=content):
            return content is None or (isinstance(content, ft.Control) and _is_empty(content))
        case ft.Row(controls=within) | ft.Column(controls=within):
            return all(_is_empty(it) for it in within)
        case ft.Text(value=words, spans=spans):
            return not words and not spans
        case _:
            return False


def inner_bar(title: str, back: ft.Control, close: ft.Control) -> ft.Control:
    """The head of a place inside a screen: back to where one came from, title, close it all."""
    return ft.Container(
        ft.Row(
            [back, ft.Container(parts.heading(title, 1), expand=True), close],
            spacing=tokens.GAP,
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=tokens.GAP_SMALL),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
    )
