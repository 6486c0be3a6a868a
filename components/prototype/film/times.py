"""Days and times to choose from, as a film's page and a cinema's page both show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from .. import pieces
from ..showings import Showing


def day_choice(
    days: Sequence[date],
    chosen: date,
    language: Language,
    choose: Callable[[date], Any],
    *,
    name: str,
) -> ft.Control:
    """The days, one of them chosen. ``name`` starts their identifiers."""
    say = language.gettext
    near = [say("Today"), say("Tomorrow")]
    return ft.Row(
        [
            pieces.chip(
                near[at] if at < len(near) else language.weekday(day),
                day == chosen,
                choose,
                day,
                identifier=f"{name}.day.{at}",
            )
            for at, day in enumerate(days)
        ],
        wrap=True,
        spacing=tokens.GAP,
        run_spacing=tokens.GAP,
    )


def times(
    title: str,
    detail: str,
    showings: Sequence[Showing],
    language: Language,
    on_showing: Callable[[Showing], Any],
) -> ft.Control:
    """The showings of one film in one cinema, each to be pressed."""
    return parts.card(
        [
            parts.heading(title, 3),
            parts.note(detail),
            ft.Row(
                [_time(it, title, language, on_showing) for it in showings],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
        ],
        key=f"times-{title}",
    )


def price_words(yuan: int, language: Language) -> str:
    """A price as it is shown."""
    return language.gettext("¥{amount}", amount=language.number(yuan))


def _time(
    showing: Showing, title: str, language: Language, on_showing: Callable[[Showing], Any]
) -> ft.Control:
    # The same hour stands under several titles: who listens hears under which.
    spoken = language.gettext("{first} {second}", first=title, second=showing.clock)
    return pieces.pressable(
        ft.Column(
            [
                ft.Text(
                    showing.clock,
                    semantics_label=spoken,
                    theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                    color=ft.Colors.PRIMARY,
                    weight=ft.FontWeight.W_600,
                ),
                pieces.text(
                    price_words(showing.price, language),
                    ft.TextThemeStyle.BODY_SMALL,
                    color=tokens.QUIET_TEXT,
                ),
            ],
            spacing=2,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        on_showing,
        showing,
        identifier=f"showing.{showing.id}",
        bgcolor=ft.Colors.SURFACE,
        padding=12,
        border=ft.Border.all(1, tokens.EDGE_LINE),
    )
