"""Examples of a task before it is begun."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, words
from .task_card import TaskCard


def _card(setting: Setting) -> ft.Control:
    task = example_study().tasks["find_retention"]
    return TaskCard(
        setting.language,
        number=2,
        of=3,
        prompt=words(task.prompt, setting.language.locale),
        code=CODE,
        done=0.28,
        on_start=setting.does("start"),
        on_stop=setting.does("stop"),
    )


EXAMPLES = (Example("default", "The second task.", _card),)
