"""Examples of the way out for the records."""

from __future__ import annotations

import flet as ft

from ...surface import tokens
from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from .records_out import RecordsOut


def _out(setting: Setting, *, own: bool, saving: Saving | None = None) -> ft.Control:
    saves = setting.does("save")

    async def save() -> Saving:
        saves()
        return Saving.SAVED

    # Alone it would stand at the window's edge: the screen around it gives the margin.
    return ft.Container(
        RecordsOut(setting.language, sessions=4, own=own, saving=saving, on_save=save),
        padding=tokens.EDGE,
    )


EXAMPLES = (
    Example(
        "moderator",
        "Whoever runs the study, between two participants.",
        lambda it: _out(it, own=False),
        fills=False,
    ),
    Example(
        "participant",
        "A participant who was at it on a device of their own.",
        lambda it: _out(it, own=True),
        fills=False,
    ),
    Example(
        "saved",
        "The file was saved.",
        lambda it: _out(it, own=True, saving=Saving.SAVED),
        fills=False,
    ),
    Example(
        "failed",
        "It could not be.",
        lambda it: _out(it, own=False, saving=Saving.FAILED),
        fills=False,
    ),
)
