"""Examples of the welcome."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, words
from .study_welcome import StudyWelcome


def _welcome(setting: Setting, tasks: int, about: str = "") -> ft.Control:
    return StudyWelcome(
        setting.language,
        title=words(example_study().title, setting.language.locale),
        about=about,
        tasks=tasks,
        questions=True,
        code=CODE,
        on_next=setting.does("next"),
    )


def _covered(setting: Setting) -> ft.Control:
    story = {
        "zh_Hans": "我们想看看这个应用好不好用。",
        "en": "We would like to see how the app does.",
    }
    return _welcome(setting, 1, words(story, setting.language.locale))


EXAMPLES = (
    Example("default", "Three tasks, then questions.", lambda it: _welcome(it, 3)),
    Example("cover-story", "One task, and a cover story.", _covered),
)
