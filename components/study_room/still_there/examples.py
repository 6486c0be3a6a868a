"""Examples of the question whether anybody is there."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE
from .still_there import StillThere


def _there(setting: Setting) -> ft.Control:
    return StillThere(setting.language, seconds=30, code=CODE, on_here=setting.does("here"))


EXAMPLES = (Example("default", "Half a minute is left.", _there),)
