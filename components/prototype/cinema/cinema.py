"""One cinema: where it is, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .. import pieces
from ..film.times import day_choice, times
from ..listings import CITIES, Cinema, words
from ..posters import poster
from ..showings import Showing, days_from, programme


@kit_component
def CinemaPage(
    cinema: Cinema,
    language: Language,
    *,
    today: date,
    on_back: Callable[[], Any],
    on_showing: Callable[[Showing], Any],
) -> ft.Control:
    """A cinema with its programme.

    Args:
        cinema: Which.
        language: The interface's language.
        today: The first day for which there are tickets.
        on_back: Called to go back.
        on_showing: Called with the showing that seats are wanted for.
    """
    day, set_day = ft.use_state(today)
    say, locale = language.gettext, language.locale
    return pieces.screen(
        words(cinema.name, locale),
        [
            ft.Row(
                [
                    parts.icon("place"),
                    ft.Container(
                        parts.note(
                            f"{words(CITIES[cinema.city], locale)} · {words(cinema.street, locale)}"
                        ),
                        expand=True,
                    ),
                ],
                spacing=tokens.GAP,
            ),
            parts.heading(say("Showtimes"), 2),
            day_choice(days_from(today), day, language, set_day, name="cinema"),
            *(
                ft.Row(
                    [
                        poster(film.id, width=72),
                        ft.Container(
                            times(
                                words(film.title, locale),
                                words(film.genre, locale),
                                showings,
                                language,
                                on_showing,
                            ),
                            expand=True,
                        ),
                    ],
                    spacing=tokens.GAP_LARGE,
                    vertical_alignment=ft.CrossAxisAlignment.START,
                    key=f"film-{film.id}",
                )
                for film, showings in programme(cinema, day)
            ),
        ],
        language,
        on_back=on_back,
    )
