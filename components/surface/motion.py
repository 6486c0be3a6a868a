"""How much moves on screen: what a host's theme says, read by whatever the kit opens."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import flet as ft


class Motion(StrEnum):
    """``SYSTEM`` leaves it to the device, whose own setting Flutter obeys by itself."""

    SYSTEM = "system"
    REDUCED = "reduced"


STILL = ft.AnimationStyle.no_animation()
"""For a control's ``animation_style``: there at once, gone at once."""

AT_ONCE = ft.AnimationStyle(duration=0)
"""There at once; goes as the platform lets things go."""


@cache
def _no_transitions() -> ft.PageTransitionsTheme:
    # Not made before it is asked for: Flet's themes bring the themes of every control with them,
    # which is a fifth of what the kit would add to a start, and a host may have none.
    platforms = ("android", "ios", "linux", "macos", "windows")
    return ft.PageTransitionsTheme(**dict.fromkeys(platforms, ft.PageTransitionTheme.NONE))


def transitions(motion: Motion) -> ft.PageTransitionsTheme:
    """What a theme says about page transitions; empty leaves the platform's own."""
    return _no_transitions() if motion is Motion.REDUCED else ft.PageTransitionsTheme()


def sheet_animation(page: ft.Page) -> ft.AnimationStyle | None:
    """How a sheet comes and goes on a page: still where the host's theme has no transitions."""
    theme = page.theme
    if theme is not None and theme.page_transitions == _no_transitions():
        return STILL
    return None
