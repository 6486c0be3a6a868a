"""Examples of the seat choice."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..samples import SEATS, SHOWING
from ..showings import Seat
from .seats import SeatsPage


def _build(setting: Setting, chosen: tuple[Seat, ...]) -> ft.Control:
    return SeatsPage(
        SHOWING,
        setting.language,
        chosen=chosen,
        on_back=setting.does("back"),
        on_seats=setting.does("seats"),
    )


EXAMPLES = (
    Example("none", "Nothing chosen yet.", lambda it: _build(it, ())),
    Example("two", "Two seats chosen.", lambda it: _build(it, SEATS)),
)
