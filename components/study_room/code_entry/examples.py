"""Examples of the first screen."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, words
from .code_entry import CodeEntry, Trouble


def _entry(
    setting: Setting, *, kiosk: bool = False, typed: str = "", trouble: Trouble = Trouble.NONE
) -> ft.Control:
    study = example_study()
    return CodeEntry(
        setting.language,
        title=words(study.title, setting.language.locale),
        locales=study.locales,
        chosen="zh_Hans",
        kiosk=kiosk,
        minutes=study.minutes,
        typed=typed,
        trouble=trouble,
        on_locale=setting.does("locale"),
        on_begin=setting.does("begin"),
    )


EXAMPLES = (
    Example("code", "Somebody gives out codes.", _entry),
    Example(
        "unknown",
        "A code with a wrong character.",
        lambda it: _entry(it, typed=CODE, trouble=Trouble.UNKNOWN),
    ),
    Example(
        "withdrawn",
        "The code of somebody who withdrew.",
        lambda it: _entry(it, typed=CODE, trouble=Trouble.WITHDRAWN),
    ),
    Example(
        "done",
        "A code that was used to the end.",
        lambda it: _entry(it, typed=CODE, trouble=Trouble.DONE),
    ),
    Example("kiosk", "Nobody gives out codes.", lambda it: _entry(it, kiosk=True)),
    Example(
        "full", "There is no place left.", lambda it: _entry(it, kiosk=True, trouble=Trouble.FULL)
    ),
)
