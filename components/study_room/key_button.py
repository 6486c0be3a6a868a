"""A button that says which key presses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ..surface import focus, tokens
from ..surface.direction import in_order
from ..surface.runtime import handler


def key_button(
    key: str,
    label: str,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    enabled: bool = True,
    expand: bool = False,
) -> ft.Control:
    """A button with its hot key.

    Args:
        key: What to press on a keyboard; empty for none.
        label: What it does.
        act: Called when it is pressed.
        args: What ``act`` is called with.
        identifier: Names it to tests in any language.
        enabled: Whether it does something now.
        expand: Whether it shares the width with others.
    """
    words = ft.Text(in_order(label), expand=True, text_align=ft.TextAlign.START)
    cap = ft.Container(
        ft.Text(
            key,
            theme_style=ft.TextThemeStyle.LABEL_LARGE,
            color=tokens.TEXT if enabled else tokens.QUIET_TEXT,
            text_align=ft.TextAlign.CENTER,
        ),
        bgcolor=tokens.QUIET_SURFACE,
        border=ft.Border.all(1, tokens.EDGE_LINE if enabled else tokens.LINE),
        border_radius=tokens.GAP_SMALL,
        padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=2),
    )
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Row(
                [cap, words] if key else [words],
                spacing=tokens.GAP,
                vertical_alignment=ft.CrossAxisAlignment.CENTER,
            ),
            on_click=handler(act, *args) if enabled else None,
            disabled=not enabled,
            style=ft.ButtonStyle(
                color={
                    ft.ControlState.DISABLED: tokens.QUIET_TEXT,
                    ft.ControlState.DEFAULT: tokens.TEXT,
                },
                side={
                    **focus.edge(ft.BorderSide(1, tokens.EDGE_LINE)),
                    ft.ControlState.DISABLED: ft.BorderSide(1, tokens.LINE),
                },
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP_MIDDLE, vertical=12),
            ),
            key=identifier,
        ),
        identifier=identifier,
        expand=expand or None,
    )
