"""How much moves on screen: what a host's theme says, read by whatever the kit opens."""

from __future__ import annotations

from enum import StrEnum

import flet as ft


class Motion(StrEnum):
    """``SYSTEM`` leaves it to the device, whose own setting Flutter obeys by itself."""

    SYSTEM = "system"
    REDUCED = "reduced"


STILL = ft.AnimationStyle.no_animation()
"""For a control's ``animation_style``: there at once, gone at once."""

_NO_TRANSITIONS = ft.PageTransitionsTheme(
    **dict.fromkeys(("android", "ios", "linux", "macos", "windows"), ft.PageTransitionTheme.NONE)
)


def transitions(motion: Motion) -> ft.PageTransitionsTheme:
    """What a theme says about page transitions; empty leaves the platform's own."""
    return _NO_TRANSITIONS if motion is Motion.REDUCED else ft.PageTransitionsTheme()


def sheet_animation(page: ft.Page) -> ft.AnimationStyle | None:
    """How a sheet comes and goes on a page: still where the host's theme has no transitions."""
    theme = page.theme
    if theme is not None and theme.page_transitions == _NO_TRANSITIONS:
        return STILL
    return None
