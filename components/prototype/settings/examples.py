"""Examples of the settings."""

from __future__ import annotations

import flet as ft

from ...surface.appearance import Appearance, Brightness, Contrast
from ...surface.example import AsWideAsThePage, Example, Setting
from ...surface.motion import Motion
from ...surface.text_size import TextSize
from ...surface.viewport import WidthClass
from .settings import SettingsPage


def _build(
    setting: Setting,
    chosen: str | None,
    appearance: Appearance,
    width: WidthClass = WidthClass.COMPACT,
) -> ft.Control:
    return SettingsPage(
        setting.language,
        chosen_language=chosen,
        appearance=appearance,
        on_language=setting.does("language"),
        on_appearance=setting.does("appearance"),
        on_back=setting.does("back"),
        width=width,
    )


EXAMPLES = (
    Example("untouched", "As it comes.", lambda it: _build(it, None, Appearance())),
    Example(
        "chosen",
        "Everything chosen by hand.",
        lambda it: _build(
            it,
            "en",
            Appearance(Brightness.DARK, Contrast.HIGH, Motion.REDUCED, TextSize.LARGER),
        ),
    ),
    Example(
        "wide",
        "Two columns.",
        lambda it: AsWideAsThePage(lambda width: _build(it, None, Appearance(), width)),
        wide=True,
    ),
)
