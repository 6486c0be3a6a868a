"""Cinemas of a city chosen by hand, or by distance after one fix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.viewport import WidthClass
from .. import pieces
from ..listings import CITIES, Cinema, cinemas_in, words


@kit_component
def CityPage(
    language: Language,
    *,
    city: str,
    nearby: Sequence[tuple[Cinema, float]] | None = None,
    remark: ft.Control | None = None,
    width: WidthClass = WidthClass.COMPACT,
    on_locate: Callable[[], Any],
    on_city: Callable[[str], Any],
    on_cinema: Callable[[Cinema], Any],
) -> ft.Control:
    """The cinemas of a city, or the nearest.

    Args:
        language: The interface's language.
        city: Id of the city whose cinemas are shown.
        nearby: The nearest cinemas with their distance in metres; None while there is no position.
        remark: What there is to say about the last tap on Locate.
        width: How much room there is.
        on_locate: Called when the person wants the nearest first.
        on_city: Called with the id of another city.
        on_cinema: Called with the cinema that is opened.
    """
    say = language.gettext
    shown: list[tuple[Cinema, float | None]] = (
        [(it, None) for it in cinemas_in(city)] if nearby is None else list(nearby)
    )
    rows = [_cinema(it, language, distance, on_cinema) for it, distance in shown]
    wide = width is WidthClass.EXPANDED
    return pieces.scrolled(
        [
            parts.heading(say("Cinemas"), 1),
            ft.Row(
                [
                    parts.action(
                        say("Locate"),
                        on_locate,
                        identifier="city.locate",
                        icon_name="my_location",
                        expand=not wide,
                    )
                ]
            ),
            # Kept in its place, so that what follows is not moved to another's.
            ft.Row(
                [ft.Container(remark, width=tokens.READING_WIDTH, expand=True, expand_loose=True)]
            ),
            parts.heading(say("Choose a city"), 2),
            ft.Row(
                [
                    pieces.chip(
                        words(name, language.locale),
                        it == city and nearby is None,
                        on_city,
                        it,
                        identifier=f"city.choose.{it}",
                    )
                    for it, name in CITIES.items()
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
            # Spoken when it changes: what was found lies below, and nothing else says so.
            parts.heading(
                say("Nearest first")
                if nearby is not None
                else say("Cinemas in {city}", city=words(CITIES[city], language.locale)),
                2,
                live=True,
            ),
            pieces.arranged([pieces.columns(rows, 2 if wide else 1)], f"cinemas-{width.value}"),
        ],
        pieces.PAGE_WIDTH if wide else tokens.READING_WIDTH,
    )


def _cinema(
    cinema: Cinema, language: Language, metres: float | None, on_cinema: Callable[[Cinema], Any]
) -> ft.Control:
    where = f"{words(CITIES[cinema.city], language.locale)} · " + words(
        cinema.street, language.locale
    )
    return ft.Container(
        pieces.pressable(
            ft.Row(
                [
                    ft.Container(
                        parts.icon("theaters", color=ft.Colors.ON_SECONDARY_CONTAINER),
                        bgcolor=ft.Colors.SECONDARY_CONTAINER,
                        border_radius=tokens.RADIUS,
                        padding=12,
                    ),
                    ft.Column(
                        [
                            pieces.text(
                                words(cinema.name, language.locale),
                                ft.TextThemeStyle.TITLE_MEDIUM,
                                strong=True,
                            ),
                            parts.note(where),
                            *(
                                []
                                if metres is None
                                else [
                                    pieces.text(
                                        language.distance(metres),
                                        ft.TextThemeStyle.TITLE_SMALL,
                                        color=tokens.ACCENT,
                                        strong=True,
                                    )
                                ]
                            ),
                        ],
                        spacing=2,
                        expand=True,
                    ),
                    parts.icon("chevron_right", color=tokens.QUIET_TEXT),
                ],
                spacing=tokens.GAP_LARGE,
            ),
            on_cinema,
            cinema,
            identifier=f"city.cinema.{cinema.id}",
            bgcolor=tokens.QUIET_SURFACE,
            padding=tokens.GAP_LARGE,
        ),
        key=cinema.id,
    )
