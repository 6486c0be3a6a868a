"""What the study's screens are put together from.

They look like one family with the kit's own and yet like nothing of the app that is tested: each
has a band on top, in the colours of text turned round, that says that this is the study.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ..i18n import Language
from ..study.running.questions import Choice
from ..surface import focus, parts, tokens
from ..surface.direction import in_order
from ..surface.radio_row import radio_row
from ..surface.runtime import handler
from ..surface.scrolling import scrolling

BAND = ft.Colors.INVERSE_SURFACE
ON_BAND = ft.Colors.ON_INVERSE_SURFACE


def band(language: Language, *, code: str, on_stop: Callable[[], Any] | None) -> ft.Control:
    """What stands over every screen of the study.

    Args:
        language: The interface's language.
        code: The participant's code; empty before there is one.
        on_stop: Called to stop taking part; None where there is nothing to stop.
    """
    say = language.gettext
    label = say("Study") if not code else say("Study · {code}", code=code)
    return band_of(
        ft.Row(
            [
                ft.Icon(ft.Icons.SCIENCE_OUTLINED, color=ON_BAND, size=20),
                ft.Text(
                    in_order(label),
                    theme_style=ft.TextThemeStyle.TITLE_SMALL,
                    color=ON_BAND,
                ),
            ],
            spacing=tokens.GAP,
            tight=True,
        ),
        # As high with the button as without.
        ft.Container(width=1, height=tokens.TARGET)
        if on_stop is None
        else band_button(say("Stop taking part"), on_stop, identifier="study.stop"),
    )


def band_of(name: ft.Control, act: ft.Control) -> ft.Control:
    """A band with what the page is, and what can be done there; with large text that goes below."""
    return ft.Container(
        ft.Row(
            [name, act],
            wrap=True,
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=tokens.GAP,
            run_spacing=0,
        ),
        bgcolor=BAND,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=2),
    )


def band_button(label: str, act: Callable[..., Any], *args: Any, identifier: str) -> ft.Control:
    """A button on a band."""
    return ft.Semantics(
        content=ft.TextButton(
            content=ft.Text(label, color=ON_BAND),
            on_click=handler(act, *args),
            style=ft.ButtonStyle(
                side={ft.ControlState.FOCUSED: ft.BorderSide(3, ON_BAND)},
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=14),
            ),
            key=identifier,
        ),
        identifier=identifier,
    )


def study_page(
    language: Language,
    content: Sequence[ft.Control],
    foot: Sequence[ft.Control],
    *,
    code: str = "",
    on_stop: Callable[[], Any] | None = None,
    done: float | None = None,
) -> ft.Control:
    """A whole screen of the study.

    Args:
        language: The interface's language.
        content: What scrolls, from top to bottom.
        foot: What stays in sight below it.
        code: The participant's code.
        on_stop: Called to stop taking part; None where there is nothing to stop.
        done: How much of the study lies behind, from 0 to 1; None shows nothing of it.
    """
    return ft.Column(
        [
            band(language, code=code, on_stop=on_stop),
            ft.Container()
            if done is None
            else ft.Semantics(
                # An ornament: to the ear, questions and tasks are counted in words.
                content=ft.ProgressBar(value=done, bar_height=4),
                exclude_semantics=True,
            ),
            _column(scrolling(content, spacing=tokens.GAP_LARGE), expand=True),
            ft.Container(
                _column(
                    ft.Column(
                        list(foot),
                        spacing=tokens.GAP,
                        tight=True,
                        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                    )
                ),
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_MIDDLE),
                border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
            ),
        ],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _column(content: ft.Control, *, expand: bool = False) -> ft.Control:
    """As wide as one can read, in the middle of what there is."""
    return ft.Row(
        [
            ft.Container(
                content,
                width=tokens.READING_WIDTH + 2 * tokens.EDGE,
                expand=True,
                expand_loose=True,
            )
        ],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH
        if expand
        else ft.CrossAxisAlignment.CENTER,
        expand=expand or None,
    )


def tick(label: str, ticked: bool, act: Callable[[bool], Any], *, identifier: str) -> ft.Control:
    """Something to agree to on its own: a box with its words, pressed as a whole."""

    async def changed(event: ft.Event[ft.Checkbox]) -> None:
        await handler(act, bool(event.control.value))()

    return ft.Semantics(
        content=ft.MergeSemantics(
            content=ft.Container(
                ft.Row(
                    [
                        ft.Checkbox(
                            value=ticked,
                            on_change=changed,
                            visual_density=ft.VisualDensity.STANDARD,
                            overlay_color={ft.ControlState.FOCUSED: focus.HALO},
                            key=f"{identifier}.box",
                        ),
                        ft.Container(parts.body(label), expand=True),
                    ],
                    spacing=tokens.GAP_SMALL,
                ),
                on_click=handler(act, not ticked),
                border_radius=tokens.RADIUS,
                padding=ft.Padding.symmetric(vertical=tokens.GAP_SMALL),
                key=identifier,
            )
        ),
        identifier=identifier,
    )


def choices(
    options: Sequence[Choice],
    chosen: str,
    act: Callable[[str], Any],
    *,
    name: str,
) -> ft.Control:
    """Several answers of which one holds; none does at first.

    Args:
        options: The answers.
        chosen: The answer that holds; empty while none does.
        act: Called with another one.
        name: Starts their identifiers.
    """

    async def changed(event: ft.Event[ft.RadioGroup]) -> None:
        await handler(act, event.control.value or "")()

    return ft.RadioGroup(
        content=ft.Column(
            [
                radio_row(it.value, it.label, act, it.value, identifier=f"{name}-{it.value}")
                for it in options
            ],
            spacing=0,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        value=chosen or None,
        on_change=changed,
        key=f"{name}.group",
    )
