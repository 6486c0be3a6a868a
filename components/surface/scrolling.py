"""What scrolls between the head and the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from . import tokens


def scrolling(controls: Sequence[ft.Control], *, spacing: int) -> ft.Control:
    """What scrolls between a screen's head and its foot, up to the line of either.

    The room around it scrolls with it: words are cut at the line, not in the open.
    """
    return ft.Column(
        [
            ft.Container(
                ft.Column(
                    list(controls),
                    spacing=spacing,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            )
        ],
        scroll=ft.ScrollMode.AUTO,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        spacing=0,
    )
