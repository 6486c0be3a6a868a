"""Examples of the summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...surface.example import Example, Setting
from .summary import PolicySummary


def _summary(**options: Any) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        texts = setting.pack.texts_for(setting.language.locale)
        return PolicySummary(
            texts.summary_title,
            texts.summary,
            {clause.id: clause.title for clause in texts.document.clauses()},
            setting.language,
            on_read=setting.does("read"),
            on_close=setting.does("close"),
            **{"prevailing": None, "on_choices": setting.does("choices"), **options},
        )

    return build


EXAMPLES = (
    Example("default", "Every point, with ways to the text and to the choices.", _summary()),
    Example(
        "before-notice",
        "Behind the first notice: nothing to choose yet.",
        _summary(on_choices=None),
    ),
    Example(
        "untranslated", "The points in the language that prevails.", _summary(prevailing="简体中文")
    ),
)
