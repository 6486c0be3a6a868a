"""Small pieces that every screen is put together from.

Each text has a theme style, so that it grows with the system's text size and with the host's own
text theme. Each thing to press is at least 48 pixels high and says in words what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from . import focus, tokens
from .direction import at_start, in_order
from .runtime import handler

_HEADING_STYLES = {
    1: ft.TextThemeStyle.HEADLINE_SMALL,
    2: ft.TextThemeStyle.TITLE_LARGE,
    3: ft.TextThemeStyle.TITLE_MEDIUM,
    4: ft.TextThemeStyle.TITLE_SMALL,
}


def heading(
    text: str,
    level: int,
    *,
    key: str | None = None,
    side: ft.TextAlign = ft.TextAlign.START,
    live: bool = False,
    expand: bool = False,
) -> ft.Control:
    """A heading, with its level (1 to 4) for screen readers.

    ``side`` is where its lines begin; a document has its own, whatever screen it is read on.
    ``live`` if it says what is found below it, and is to be spoken when it changes. ``expand`` if
    it takes the room that a row has left.
    """
    return ft.Semantics(
        content=ft.Text(
            in_order(text),
            text_align=side,
            theme_style=_HEADING_STYLES[level],
            color=tokens.TEXT,
            weight=ft.FontWeight.W_600,
        ),
        header=True,
        heading_level=level,
        live_region=live or None,
        expand=expand or None,
        key=key,
    )


def body(text: str, *, quiet: bool = False) -> ft.Text:
    """A paragraph."""
    return ft.Text(
        in_order(text),
        theme_style=ft.TextThemeStyle.BODY_LARGE,
        color=tokens.QUIET_TEXT if quiet else tokens.TEXT,
        style=ft.TextStyle(height=tokens.LINE_HEIGHT),
    )


def note(text: str) -> ft.Text:
    """A remark in smaller, quieter letters."""
    return ft.Text(
        in_order(text),
        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
        color=tokens.QUIET_TEXT,
        style=ft.TextStyle(height=tokens.LINE_HEIGHT),
    )


def live(text: str) -> ft.Control:
    """A remark that screen readers speak when it changes."""
    return ft.Semantics(content=note(text), live_region=True)


def icon(name: str, *, color: ft.Colors = tokens.ACCENT) -> ft.Icon:
    """A Material icon by its lower-case name, as ornament: the words beside it say it all."""
    return ft.Icon(
        getattr(ft.Icons, name.upper()), size=tokens.ICON, color=color, apply_text_scaling=True
    )


def action(
    label: str,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    icon_name: str | None = None,
    expand: bool = False,
    spoken: str | None = None,
    key: str | None = None,
) -> ft.Control:
    """A button. ``identifier`` names it to tests in any language.

    ``spoken`` is said instead of ``label`` where several have that label: it begins with it, and
    says what this one acts on. ``key`` names its place where what it does changes: as long as that
    is the same it is the same control, and keeps the focus.
    """
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Text(
                in_order(label), text_align=ft.TextAlign.CENTER, semantics_label=spoken
            ),
            icon=None if icon_name is None else getattr(ft.Icons, icon_name.upper()),
            on_click=handler(act, *args),
            style=_button_style(),
            key=key or identifier,
        ),
        identifier=identifier,
        # False is not the same as None to Flet: it would not fit into a row that wraps.
        expand=expand or None,
    )


def link(
    label: str,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    spoken: str | None = None,
) -> ft.Row:
    """A quiet button that leads to more to read; its words line up with the text above.

    ``spoken`` as for :func:`action`.
    """
    return ft.Row(
        [quiet_button(label, act, *args, identifier=identifier, spoken=spoken)],
        # In a row of its own, because a list or column would stretch it and centre its words;
        # wrapping, so that a long label breaks instead of running out of sight.
        wrap=True,
    )


def quiet_button(
    label: str, act: Callable[..., Any], *args: Any, identifier: str, spoken: str | None = None
) -> ft.Control:
    """The button of a :func:`link`, for where nothing stretches it."""
    return ft.Semantics(
        content=ft.TextButton(
            # A control of its own only where it says more than can be seen.
            content=in_order(label)
            if spoken is None
            else ft.Text(in_order(label), semantics_label=spoken),
            on_click=handler(act, *args),
            style=ft.ButtonStyle(
                padding=ft.Padding.symmetric(horizontal=0, vertical=tokens.BUTTON_ROOM),
                # Words shorter than the least width of a button would stand centred in it.
                alignment=at_start(),
                side=focus.edge(),
                shape=ft.RoundedRectangleBorder(radius=tokens.GAP),
                visual_density=ft.VisualDensity.STANDARD,
            ),
            key=identifier,
        ),
        identifier=identifier,
    )


def icon_action(
    icon_name: str, label: str, act: Callable[..., Any], *args: Any, identifier: str
) -> ft.Control:
    """A button with an icon only; its label is spoken, and shown on hover."""
    return ft.Semantics(
        content=ft.IconButton(
            # It does not grow with the text: four of them at twice the size would leave a title
            # on a narrow phone so little room that its words break.
            icon=ft.Icon(getattr(ft.Icons, icon_name.upper()), semantics_label=label),
            on_click=handler(act, *args),
            size_constraints=ft.BoxConstraints(min_width=tokens.TARGET, min_height=tokens.TARGET),
            style=ft.ButtonStyle(side=focus.edge()),
            key=identifier,
        ),
        identifier=identifier,
    )


def equal_choices(
    refuse: tuple[str, Callable[[], Any]], accept: tuple[str, Callable[[], Any]], *, name: str
) -> ft.Row:
    """Two choices of the same kind, size, weight and colour, side by side.

    Neither is preselected or takes the focus. ``name`` starts their identifiers:
    ``<name>.refuse`` and ``<name>.accept``.
    """
    return ft.Row(
        [
            action(refuse[0], refuse[1], identifier=f"{name}.refuse", expand=True),
            action(accept[0], accept[1], identifier=f"{name}.accept", expand=True),
        ],
        spacing=tokens.GAP_MIDDLE,
        intrinsic_height=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def point(icon_name: str, title: str, text: str, *below: ft.Control) -> ft.Control:
    """An icon, a short line with weight, and what there is to say about it."""
    return ft.Row(
        [
            ft.Container(icon(icon_name), padding=ft.Padding.only(top=2)),
            ft.Column(
                [
                    ft.Text(
                        in_order(title),
                        theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                        color=tokens.TEXT,
                        weight=ft.FontWeight.W_600,
                    ),
                    body(text, quiet=True),
                    *below,
                ],
                spacing=tokens.GAP_SMALL,
                expand=True,
            ),
        ],
        spacing=tokens.GAP_LARGE,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def top_bar(
    title: str, close_label: str, on_close: Callable[[], Any], *more: ft.Control
) -> ft.Control:
    """The head of a page: close, title, and what else belongs there."""
    return ft.Container(
        ft.Row(
            [
                icon_action("close", close_label, on_close, identifier="page.close"),
                heading(title, 1, expand=True),
                *more,
            ],
            spacing=tokens.GAP,
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=tokens.GAP_SMALL),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
    )


def card(controls: Sequence[ft.Control], *, key: str | None = None) -> ft.Control:
    """A group that belongs together, on a quiet ground."""
    return ft.Container(
        ft.Column(list(controls), spacing=tokens.GAP),
        bgcolor=tokens.QUIET_SURFACE,
        border_radius=tokens.RADIUS,
        padding=tokens.GAP_LARGE,
        key=key,
    )


def _button_style() -> ft.ButtonStyle:
    return ft.ButtonStyle(
        color=tokens.TEXT,
        side=focus.edge(ft.BorderSide(1, tokens.EDGE_LINE)),
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
        # The same size with mouse and finger, and never a fixed height: large text grows it.
        visual_density=ft.VisualDensity.STANDARD,
        padding=ft.Padding.symmetric(horizontal=tokens.GAP_MIDDLE, vertical=tokens.BUTTON_ROOM),
    )


def spanned_heading(spans: list[ft.TextSpan], level: int, *, key: str | None = None) -> ft.Control:
    """A heading of which parts are marked; else as :func:`heading`."""
    return ft.Semantics(
        content=ft.Text(
            spans=spans,
            theme_style=_HEADING_STYLES[level],
            color=tokens.TEXT,
            weight=ft.FontWeight.W_600,
        ),
        header=True,
        heading_level=level,
        key=key,
    )


def reading_bar(
    title: str, close_label: str, on_close: Callable[[], Any], *more: ft.Control
) -> ft.Control:
    """The head of a page with several things to do: as :func:`top_bar`, with a smaller title."""
    return ft.Container(
        ft.Row(
            [
                icon_action("close", close_label, on_close, identifier="page.close"),
                ft.Semantics(
                    content=ft.Text(
                        title,
                        theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                        color=tokens.TEXT,
                        weight=ft.FontWeight.W_600,
                    ),
                    header=True,
                    heading_level=1,
                    expand=True,
                ),
                *more,
            ],
            spacing=0,
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=tokens.GAP_SMALL),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
    )


def disclosure(
    label: str,
    act: Callable[..., Any],
    *args: Any,
    open_now: bool,
    identifier: str,
    spoken: str | None = None,
) -> ft.Control:
    """A quiet button that shows or hides what stands below it.

    Args:
        label: What it shows or hides.
        act: Called when it is pressed.
        args: What ``act`` is called with.
        open_now: Whether it is shown now.
        identifier: Names it to tests in any language.
        spoken: What a screen reader says instead of ``label``, where that alone says too little.
    """
    return ft.Semantics(
        content=ft.TextButton(
            content=ft.Text(label, semantics_label=spoken),
            icon=ft.Icon(
                ft.Icons.EXPAND_LESS if open_now else ft.Icons.EXPAND_MORE,
                apply_text_scaling=True,
            ),
            on_click=handler(act, *args),
            style=ft.ButtonStyle(
                padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=tokens.BUTTON_ROOM),
                side=focus.edge(),
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
            ),
            key=identifier,
        ),
        identifier=identifier,
        expanded=open_now,
    )


def way(
    icon_name: str,
    label: str,
    act: Callable[..., Any],
    *args: Any,
    identifier: str,
    remark: str | None = None,
) -> ft.Control:
    """A row that leads to another screen; ``remark`` says in smaller letters what is there."""
    return ft.Semantics(
        content=ft.ListTile(
            leading=icon(icon_name),
            title=ft.Text(label, theme_style=ft.TextThemeStyle.BODY_LARGE, color=tokens.TEXT),
            subtitle=None if remark is None else note(remark),
            trailing=icon("chevron_right", color=tokens.QUIET_TEXT),
            content_padding=0,
            min_height=tokens.TARGET,
            on_click=handler(act, *args),
            key=identifier,
        ),
        identifier=identifier,
    )


def announced(words: str) -> ft.Control:
    """What there is to say about the last thing done, spoken when it comes; no room if nothing."""
    return ft.Semantics(content=note(words) if words else ft.Container(), live_region=True)
