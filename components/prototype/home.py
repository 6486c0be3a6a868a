"""The prototype's home: films now showing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ..i18n import Language
from ..surface import parts, tokens
from ..surface.runtime import kit_component
from .listings import FILMS, Film, words


@kit_component
def Home(language: Language, *, browse_only: bool, on_show_notice: Callable[[], Any]) -> ft.Control:
    """Films now showing; works without any data of the person.

    Args:
        language: The interface's language.
        browse_only: Whether the base notice is not accepted; says so in one line.
        on_show_notice: Called when the person wants to see the notice.
    """
    say = language.gettext
    return ft.ListView(
        [
            *([_browse_only(language, on_show_notice)] if browse_only else []),
            parts.heading(say("Now showing"), 1),
            *(_film(film, language) for film in FILMS),
        ],
        expand=True,
        spacing=tokens.GAP_LARGE,
        padding=tokens.EDGE,
    )


def _browse_only(language: Language, on_show_notice: Callable[[], Any]) -> ft.Control:
    say = language.gettext
    return parts.card(
        [
            parts.body(say("You are browsing. No personal data is collected.")),
            parts.link(say("Show the notice"), on_show_notice, identifier="home.notice"),
        ],
        key="browse-only",
    )


def _film(film: Film, language: Language) -> ft.Control:
    details = language.gettext(
        "{genre} · {minutes} minutes",
        genre=words(film.genre, language.locale),
        minutes=language.number(film.minutes),
    )
    return ft.Row(
        [
            ft.Container(
                parts.icon(film.icon),
                width=72,
                height=96,
                bgcolor=ft.Colors.SECONDARY_CONTAINER,
                border_radius=tokens.GAP,
                alignment=ft.Alignment.CENTER,
            ),
            ft.Column(
                [parts.heading(words(film.title, language.locale), 3), parts.note(details)],
                spacing=tokens.GAP_SMALL,
                expand=True,
            ),
        ],
        spacing=tokens.GAP_LARGE,
        key=film.id,
    )
