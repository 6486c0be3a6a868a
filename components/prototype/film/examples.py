"""Examples of a film's page."""

from __future__ import annotations

from datetime import date

import flet as ft

from ...surface.example import AsWideAsThePage, Example, Setting
from ...surface.viewport import WidthClass
from ..listings import film
from ..showings import Showing
from .film import FilmPage


def _build(setting: Setting, film_id: str, width: WidthClass) -> ft.Control:
    def chosen(showing: Showing) -> None:
        setting.did(f"showing {showing.id}")

    return FilmPage(
        film(film_id),
        setting.language,
        today=date(2026, 3, 2),
        width=width,
        on_back=setting.does("back"),
        on_showing=chosen,
    )


EXAMPLES = (
    Example(
        "lighthouse",
        "A film with its showtimes.",
        lambda it: _build(it, "lighthouse", WidthClass.COMPACT),
    ),
    Example("train", "Another film.", lambda it: _build(it, "train", WidthClass.COMPACT)),
    Example(
        "wide",
        "Poster and showtimes side by side.",
        lambda it: AsWideAsThePage(lambda width: _build(it, "orbit", width)),
        wide=True,
    ),
)
