"""Examples of the first notice."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from .first_notice import FirstNotice


def _first_notice(setting: Setting) -> ft.Control:
    texts = setting.pack.texts_for(setting.language.locale)
    return FirstNotice(
        texts.first_notice,
        {clause.id: clause.title for clause in texts.document.clauses()},
        setting.language,
        on_choice=setting.does("choose"),
        on_read=setting.does("read"),
        on_summary=setting.does("summary"),
        on_language=setting.does("language"),
        written_in=setting.pack.locale_for(setting.language.locale),
    )


EXAMPLES = (Example("default", "The notice as it meets a person first.", _first_notice),)
