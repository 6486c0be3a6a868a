"""Examples of the way out for the records."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from ...surface.scrolling import scrolling
from .records_out import RecordsOut


def _out(setting: Setting, *, own: bool, saving: Saving | None = None) -> ft.Control:
    saves = setting.does("save")

    async def save() -> Saving:
        saves()
        return Saving.SAVED

    out = RecordsOut(setting.language, sessions=4, own=own, saving=saving, on_save=save)
    # As on the screens that hold it, which give the margin and scroll.
    return scrolling([out], spacing=0)


EXAMPLES = (
    Example(
        "moderator",
        "Whoever runs the study, between two participants.",
        lambda it: _out(it, own=False),
    ),
    Example(
        "participant",
        "A participant who was at it on a device of their own.",
        lambda it: _out(it, own=True),
    ),
    Example(
        "saved",
        "The file was saved.",
        lambda it: _out(it, own=True, saving=Saving.SAVED),
    ),
    Example(
        "failed",
        "It could not be.",
        lambda it: _out(it, own=False, saving=Saving.FAILED),
    ),
)
