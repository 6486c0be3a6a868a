"""Examples of a cinema's page."""

from __future__ import annotations

from datetime import date

import flet as ft

from ...surface.example import Example, Setting
from ..listings import cinema
from ..showings import Showing
from .cinema import CinemaPage


def _build(setting: Setting) -> ft.Control:
    def chosen(showing: Showing) -> None:
        setting.did(f"showing {showing.id}")

    return CinemaPage(
        cinema("drum"),
        setting.language,
        today=date(2026, 3, 2),
        on_back=setting.does("back"),
        on_showing=chosen,
    )


EXAMPLES = (Example("programme", "A cinema with what it shows.", _build),)
