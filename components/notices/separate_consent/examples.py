"""Examples of the separate consent: each purpose of the pack that has one."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...surface.example import Example, Setting
from .separate_consent import SeparateConsent


def _asks(prompt_id: str) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        texts = setting.pack.texts_for(setting.language.locale)
        text = texts.prompts[prompt_id]
        return SeparateConsent(
            text,
            texts.document.clause(text.clauses[0]).title,
            setting.language,
            on_choice=setting.does("choose"),
            on_read=setting.does("read"),
            written_in=setting.pack.locale_for(setting.language.locale),
        )

    return build


EXAMPLES = (
    Example("push-region", "Sensitive data.", _asks("push-region"), fills=False),
    Example("login", "Data that another company gets.", _asks("third-party-login"), fills=False),
    Example("offline", "Sensitive data on the phone.", _asks("offline-positioning"), fills=False),
    Example("child", "A guardian is asked for a child.", _asks("child-data"), fills=False),
)
