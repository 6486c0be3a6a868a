"""Examples of the task above the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import example_study, words
from .task_bar import TaskBar


def _bar(
    setting: Setting, *, overdue: bool = False, give_up: Callable[[], Any] | None
) -> ft.Control:
    study = example_study()
    locale = setting.language.locale
    task = study.tasks["find_retention"]
    return TaskBar(
        setting.language,
        prompt=words(task.prompt, locale),
        overdue=overdue,
        on_done=setting.does("done"),
        on_give_up=give_up,
        on_height=_ignored,
    )


def _ignored(_height: float) -> None:
    """There is no app below an example."""


EXAMPLES = (
    Example(
        "default",
        "A task that is being done.",
        lambda it: _bar(it, give_up=it.does("give-up")),
        fills=False,
        wide=True,
    ),
    Example(
        "overdue",
        "A task that takes long.",
        lambda it: _bar(it, overdue=True, give_up=it.does("give-up")),
        fills=False,
        wide=True,
    ),
    Example(
        "looking-up",
        "The app is looked at for a question.",
        lambda it: _bar(it, give_up=None),
        fills=False,
        wide=True,
    ),
)
