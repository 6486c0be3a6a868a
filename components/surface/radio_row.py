"""One of several choices of which one holds, as a row that is pressed as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from . import focus, parts, tokens
from .runtime import handler


def radio_row(
    value: str, label: str, act: Callable[..., Any], *args: Any, identifier: str
) -> ft.Control:
    """A choice, inside a ``ft.RadioGroup``.

    Args:
        value: Of the group, when this one holds.
        label: Its words; they wrap, and grow with the text size.
        act: Called when the row is pressed beside its circle.
        args: What ``act`` is called with.
        identifier: Names it to tests in any language.
    """
    return ft.Semantics(
        content=ft.MergeSemantics(
            # A radio button's own label does not wrap; as one with its words it is named by them.
            content=ft.Container(
                ft.Row(
                    [
                        ft.Radio(
                            value=value,
                            visual_density=ft.VisualDensity.STANDARD,
                            overlay_color={ft.ControlState.FOCUSED: focus.HALO},
                        ),
                        ft.Container(parts.body(label), expand=True),
                    ],
                    spacing=tokens.GAP_SMALL,
                ),
                on_click=handler(act, *args),
                border_radius=tokens.RADIUS,
                # With a mouse a radio button is 40 pixels high by itself.
                padding=ft.Padding.symmetric(vertical=tokens.GAP_SMALL),
                key=identifier,
            )
        ),
        identifier=identifier,
    )
