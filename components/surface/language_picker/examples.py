"""Examples of the language picker."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ..example import Example, Setting
from .language_picker import LanguageSheet


def _picker(*, by_hand: bool) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        return LanguageSheet(
            setting.language,
            "ar" if by_hand else None,
            on_choose=lambda locale: setting.did(f"choose {locale or 'device'}"),
            on_close=setting.does("close"),
            automatic="zh_Hans",
        )

    return build


EXAMPLES = (
    Example("following", "The device decides; it asks for Chinese.", _picker(by_hand=False)),
    Example("by-hand", "Arabic was picked by hand.", _picker(by_hand=True)),
)
