"""A button that is the same control whatever it does, so that it keeps the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from .parts import _button_style
from .runtime import handler


def steady_action(
    label: str,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    key: str,
    spoken: str | None = None,
) -> ft.Control:
    """A button that stays the same control while what it does changes.

    Args:
        label: What it does now.
        act: Called when it is pressed.
        args: What ``act`` is called with.
        identifier: Names what it does now, to tests in any language.
        key: Names the place, whatever it does.
        spoken: What a screen reader says instead of ``label``, where that alone says too little.
    """
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Text(label, text_align=ft.TextAlign.CENTER, semantics_label=spoken),
            on_click=handler(act, *args),
            style=_button_style(),
            key=key,
        ),
        identifier=identifier,
    )
