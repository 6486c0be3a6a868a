"""One film: what it is about, and when it runs where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.viewport import WidthClass
from .. import pieces
from ..listings import CITIES, Film, words
from ..posters import banner, poster
from ..showings import Showing, days_from, where
from .times import day_choice, times


@kit_component
def FilmPage(
    film: Film,
    language: Language,
    *,
    today: date,
    width: WidthClass = WidthClass.COMPACT,
    on_back: Callable[[], Any],
    on_showing: Callable[[Showing], Any],
) -> ft.Control:
    """A film with its showtimes.

    Args:
        film: Which.
        language: The interface's language.
        today: The first day for which there are tickets.
        width: How much room there is.
        on_back: Called to go back.
        on_showing: Called with the showing that seats are wanted for.
    """
    city, set_city = ft.use_state("beijing")
    day, set_day = ft.use_state(today)
    say, locale = language.gettext, language.locale
    title = words(film.title, locale)
    about: list[ft.Control] = [
        parts.note(
            say(
                "{genre} · {minutes} minutes",
                genre=words(film.genre, locale),
                minutes=language.number(film.minutes),
            )
        ),
        parts.body(words(film.synopsis, locale)),
    ]
    runs: list[ft.Control] = [
        parts.heading(say("Showtimes"), 2),
        ft.Row(
            [
                pieces.chip(
                    words(name, locale), it == city, set_city, it, identifier=f"film.city.{it}"
                )
                for it, name in CITIES.items()
            ],
            wrap=True,
            spacing=tokens.GAP,
            run_spacing=tokens.GAP,
        ),
        day_choice(days_from(today), day, language, set_day, name="film"),
        *(
            times(
                words(cinema.name, locale),
                words(cinema.street, locale),
                showings,
                language,
                on_showing,
            )
            for cinema, showings in where(film, city, day)
        ),
    ]
    if width is WidthClass.EXPANDED:
        content: list[ft.Control] = [
            ft.Row(
                [
                    poster(film.id, width=320),
                    ft.Column(
                        [*about, *runs],
                        spacing=tokens.GAP_LARGE,
                        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                        expand=True,
                    ),
                ],
                spacing=2 * tokens.GAP_SECTION,
                vertical_alignment=ft.CrossAxisAlignment.START,
            )
        ]
    else:
        content = [banner(film.id, 220), *about, *runs]
    return pieces.screen(
        title, content, language, on_back=on_back, wide=width is WidthClass.EXPANDED
    )
