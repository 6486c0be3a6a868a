"""How a button shows that the keyboard is on it."""

from __future__ import annotations

import flet as ft

from . import tokens

_RING = 3

HALO = ft.Colors.with_opacity(0.55, tokens.TEXT)
"""Around what is too small for a ring: a button of several of which one holds."""


def edge(
    rest: ft.BorderSide | None = None, *, outside: bool = False
) -> dict[ft.ControlState, ft.BorderSide]:
    """The edge of a button: a ring that nobody overlooks while it has the focus.

    Material's own sign is a tint of a tenth, which is not to be seen on many screens; the ring has
    the colour of text, so at least 3:1 to whatever ground text is read on (WCAG 1.4.11).

    Args:
        rest: The edge at other times; None leaves it to the theme.
        outside: Whether it lies around the button, as it must where that is filled.
    """
    align = ft.BorderSideStrokeAlign.OUTSIDE if outside else ft.BorderSideStrokeAlign.INSIDE
    ring = ft.BorderSide(_RING, tokens.TEXT, stroke_align=align)
    states = {ft.ControlState.FOCUSED: ring}
    return states if rest is None else {**states, ft.ControlState.DEFAULT: rest}
