"""Examples of the debriefing."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, words
from .debrief import Debrief


def _debrief(setting: Setting, writes: bool) -> ft.Control:
    return Debrief(
        setting.language,
        paragraphs=[words(it, setting.language.locale) for it in example_study().debrief],
        writes=writes,
        code=CODE,
        done=0.95,
        on_end=setting.does("end"),
        on_stop=setting.does("stop"),
    )


EXAMPLES = (
    Example("writes", "With room for words of one's own.", lambda it: _debrief(it, True)),
    Example("default", "Without.", lambda it: _debrief(it, False)),
)
