"""Examples of a note that is being written."""

from __future__ import annotations

import flet as ft

from ...study.observing.problems import problems_of
from ...surface.example import Example, Setting
from ...surface.scrolling import scrolling
from ..example_study import example_study, words
from .observer_note import ObserverNote


def _note(setting: Setting) -> ft.Control:
    locale = setting.language.locale
    task = example_study().tasks["find_retention"]
    note = ObserverNote(
        setting.language,
        problem=problem_label(setting, 0),
        at="3:05",
        text=words(task.prompt, locale),
        written=True,
        on_written=setting.does("written"),
        on_edit=setting.does("edit"),
        on_severity=setting.does("severity"),
        on_cancel=setting.does("cancel"),
    )
    # As on the observer's page, where it scrolls with the rest.
    return scrolling([note], spacing=0)


def problem_label(setting: Setting, at: int) -> str:
    """A code's label, for whoever reads the interface in a language."""
    return words(problems_of(example_study())[at].label, setting.language.locale)


EXAMPLES = (Example("severity", "The words are done, and how grave it is is asked.", _note),)
