"""Examples of stopping before the end."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE
from .stopping import Stopping


def _stopping(setting: Setting) -> ft.Control:
    return Stopping(
        setting.language,
        code=CODE,
        on_back=setting.does("back"),
        on_keep=setting.does("keep"),
        on_delete=setting.does("delete"),
    )


EXAMPLES = (Example("default", "The three ways on.", _stopping),)
