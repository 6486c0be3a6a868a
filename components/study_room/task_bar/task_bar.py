"""The task above the app, and outside of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import tokens
from ...surface.direction import in_order
from ...surface.runtime import handler, kit_component
from ..pieces import BAND, ON_BAND


@kit_component
def TaskBar(
    language: Language,
    *,
    prompt: str,
    overdue: bool = False,
    on_done: Callable[[], Any],
    on_give_up: Callable[[], Any] | None,
    on_height: Callable[[float], Any],
) -> ft.Control:
    """What to do, and the two ways to say that one is through with it.

    Args:
        language: The interface's language.
        prompt: What to do.
        overdue: Whether so much time has passed that leaving is suggested.
        on_done: Called when the person is done.
        on_give_up: Called when the person would rather leave it; None where the app is only looked
            at for a question, and the way back is all there is.
        on_height: Called with its own height in pixels, so that the app begins below it.
    """
    say = language.gettext

    async def measured(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        await handler(on_height, event.height)()

    return ft.Column(
        [
            ft.Container(
                ft.Column(
                    [
                        ft.Semantics(
                            content=ft.Text(
                                in_order(prompt),
                                theme_style=ft.TextThemeStyle.TITLE_SMALL,
                                color=ON_BAND,
                            ),
                            header=True,
                            heading_level=1,
                        ),
                        *(
                            [
                                ft.Semantics(
                                    content=ft.Text(
                                        say(
                                            "You have been at it for a while. It is fine to leave"
                                            " it and go on."
                                        ),
                                        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                                        color=ON_BAND,
                                    ),
                                    live_region=True,
                                )
                            ]
                            if overdue
                            else []
                        ),
                        ft.Row(
                            [_button(say("Back to the question"), on_done, "task.back")]
                            if on_give_up is None
                            else [
                                _button(say("I give up"), on_give_up, "task.give-up"),
                                _button(say("I’m done"), on_done, "task.done"),
                            ],
                            spacing=tokens.GAP,
                            intrinsic_height=True,
                            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
                        ),
                    ],
                    spacing=tokens.GAP_SMALL,
                    tight=True,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
                padding=ft.Padding.symmetric(horizontal=tokens.GAP_MIDDLE, vertical=tokens.GAP),
                bgcolor=BAND,
                on_size_change=measured,
            )
        ],
        # As high as it is: where the room above the app is less, it scrolls.
        scroll=ft.ScrollMode.AUTO,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        spacing=0,
    )


def _button(label: str, act: Callable[[], Any], identifier: str) -> ft.Control:
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Text(in_order(label), text_align=ft.TextAlign.CENTER, color=ON_BAND),
            on_click=handler(act),
            style=ft.ButtonStyle(
                side={
                    ft.ControlState.FOCUSED: ft.BorderSide(3, ON_BAND),
                    ft.ControlState.DEFAULT: ft.BorderSide(1, ON_BAND),
                },
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=14),
            ),
            key=identifier,
        ),
        identifier=identifier,
        expand=True,
    )
