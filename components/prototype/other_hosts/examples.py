"""Examples of the kit's screens under other themes than the prototype's."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...notices.first_notice.examples import EXAMPLES as FIRST_NOTICES
from ...notices.prompt.examples import EXAMPLES as PROMPTS
from ...surface.appearance import Appearance, Contrast, themes
from ...surface.example import Example, Setting
from ...surface.text_size import TextSize, font_family
from ...surface.viewport import page_here
from ..session import SEED_COLOUR


def _under(
    theme: Callable[[], ft.Theme], mode: ft.ThemeMode, build: Callable[[Setting], ft.Control]
) -> Callable[[Setting], ft.Control]:
    def wrapped(setting: Setting) -> ft.Control:
        chosen = theme()
        return ft.Container(
            build(setting),
            theme=chosen,
            dark_theme=chosen,
            theme_mode=mode,
            bgcolor=ft.Colors.SURFACE,
            expand=True,
        )

    return wrapped


def _foreign() -> ft.Theme:
    return ft.Theme(color_scheme_seed="#B3005E", font_family="serif")


def _high_contrast() -> ft.Theme:
    return _of_the_prototype(Appearance(contrast=Contrast.HIGH))[0]


def _high_contrast_dark() -> ft.Theme:
    return _of_the_prototype(Appearance(contrast=Contrast.HIGH))[1]


def _largest() -> ft.Theme:
    return _of_the_prototype(Appearance(text_size=TextSize.LARGEST))[0]


def _of_the_prototype(appearance: Appearance) -> tuple[ft.Theme, ft.Theme]:
    return themes(SEED_COLOUR, appearance, font_family(page_here()))


EXAMPLES = (
    Example(
        "foreign-notice",
        "The first notice in a host with a seed colour and a typeface of its own.",
        _under(_foreign, ft.ThemeMode.LIGHT, FIRST_NOTICES[0].build),
        fills=FIRST_NOTICES[0].fills,
    ),
    Example(
        "foreign-prompt-dark",
        "A prompt in the same host at night.",
        _under(_foreign, ft.ThemeMode.DARK, PROMPTS[0].build),
    ),
    Example(
        "high-contrast-notice",
        "The first notice in high contrast.",
        _under(_high_contrast, ft.ThemeMode.LIGHT, FIRST_NOTICES[0].build),
        fills=FIRST_NOTICES[0].fills,
    ),
    Example(
        "high-contrast-prompt-dark",
        "A prompt in high contrast, dark.",
        _under(_high_contrast_dark, ft.ThemeMode.DARK, PROMPTS[0].build),
    ),
    Example(
        "largest-text-notice",
        "The first notice with the largest text.",
        _under(_largest, ft.ThemeMode.LIGHT, FIRST_NOTICES[0].build),
        fills=FIRST_NOTICES[0].fills,
    ),
)
