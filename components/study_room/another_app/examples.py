"""Examples of what stands between two conditions."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE
from .another_app import AnotherApp


def _between(setting: Setting) -> ft.Control:
    return AnotherApp(
        setting.language,
        code=CODE,
        done=0.45,
        on_next=setting.does("next"),
        on_stop=setting.does("stop"),
    )


EXAMPLES = (Example("default", "The first version of the app has been seen.", _between),)
