"""Examples of the reading passage."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, the, words
from .reading_passage import ReadingPassage


def _passage(setting: Setting) -> ft.Control:
    calibration = the(example_study().calibration)
    return ReadingPassage(
        setting.language,
        paragraphs=[words(it, setting.language.locale) for it in calibration.paragraphs],
        code=CODE,
        done=0.14,
        on_read=setting.does("read"),
        on_stop=setting.does("stop"),
    )


EXAMPLES = (Example("default", "The passage of a study.", _passage),)
