"""Films now showing, to look through and to search. Works without any data of the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.viewport import WidthClass
from .. import pieces
from ..listings import Film, films_matching, words
from ..posters import poster

_COLUMNS = {WidthClass.COMPACT: 2, WidthClass.MEDIUM: 3, WidthClass.EXPANDED: 4}


@kit_component
def Home(
    language: Language,
    *,
    browse_only: bool,
    width: WidthClass = WidthClass.COMPACT,
    query: str = "",
    on_show_notice: Callable[[], Any],
    on_film: Callable[[str], Any],
) -> ft.Control:
    """The films, in as many columns as there is room for.

    Args:
        language: The interface's language.
        browse_only: Whether the base notice is not accepted; says so in one line.
        width: How much room there is.
        query: What the search begins with.
        on_show_notice: Called when the person wants to see the notice.
        on_film: Called with a film's id when it is opened.
    """
    say = language.gettext
    wanted, set_wanted = ft.use_state(query)
    films = films_matching(wanted, language.locale)

    def search(event: ft.Event[ft.TextField]) -> None:
        set_wanted(event.control.value)

    return pieces.scrolled(
        [
            # Kept in its place, so that what follows is not moved to another's.
            _browse_only(language, on_show_notice) if browse_only else ft.Container(),
            parts.heading(say("Now showing"), 1),
            ft.Semantics(
                content=ft.TextField(
                    color=tokens.TEXT,
                    value=wanted,
                    label=say("Search films"),
                    prefix_icon=ft.Icons.SEARCH,
                    border=ft.OutlineInputBorder(border_radius=tokens.RADIUS),
                    on_change=search,
                    key="home.search",
                ),
                identifier="home.search",
            ),
            pieces.columns([_film(it, language, on_film) for it in films], _COLUMNS[width])
            if films
            else pieces.nothing_here(
                "search_off",
                say("No film by that name"),
                say("Look for a shorter part of the title, or for a genre."),
            ),
        ],
        pieces.PAGE_WIDTH,
    )


def _browse_only(language: Language, on_show_notice: Callable[[], Any]) -> ft.Control:
    return pieces.notice_card(
        language.gettext("You are browsing. No personal data is collected."),
        language,
        on_show_notice,
        "home.notice",
    )


def _film(film: Film, language: Language, on_film: Callable[[str], Any]) -> ft.Control:
    details = language.gettext(
        "{genre} · {minutes} minutes",
        genre=words(film.genre, language.locale),
        minutes=language.number(film.minutes),
    )
    return ft.Container(
        pieces.pressable(
            ft.Column(
                [
                    poster(film.id),
                    ft.Container(
                        ft.Column(
                            [
                                pieces.text(
                                    words(film.title, language.locale),
                                    # The longest word of a title has to fit into half of a narrow
                                    # phone at twice the size.
                                    ft.TextThemeStyle.TITLE_SMALL,
                                    strong=True,
                                ),
                                parts.note(details),
                            ],
                            spacing=2,
                        ),
                        padding=ft.Padding.symmetric(horizontal=0, vertical=tokens.GAP),
                    ),
                ],
                spacing=0,
                horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            ),
            on_film,
            film.id,
            identifier=f"home.film.{film.id}",
        ),
        key=film.id,
    )
