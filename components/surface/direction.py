"""Text that runs the other way than the screen it stands on, such as a policy in its own language.

Flet 1.0.5 can be told that a control runs from right to left, and not that one runs from left to
right; nor does it take the language of a single text, so screen readers speak every text with the
voice of the page. What can be done is done here: the text keeps its order and its own side.
"""

from __future__ import annotations

import flet as ft

from ..i18n import Direction
from ..i18n.direction import runs_only, standing_alone


def direction_around() -> Direction:
    """The direction of the page that is being drawn; left to right where there is no page."""
    try:
        rtl = ft.context.page.rtl
    except RuntimeError:
        return Direction.LEFT_TO_RIGHT
    return Direction.RIGHT_TO_LEFT if rtl else Direction.LEFT_TO_RIGHT


def runs_against(text: str) -> bool:
    """Whether a text runs from left to right on a screen that runs from right to left."""
    return direction_around() is Direction.RIGHT_TO_LEFT and runs_only(
        text, Direction.LEFT_TO_RIGHT
    )


def in_order(text: str) -> str:
    """The text as it has to be written so that the screen does not tangle it."""
    return standing_alone(text, direction_around())


def own_side(text: str) -> ft.TextAlign:
    """Where its lines begin: at the side where its own language does."""
    return ft.TextAlign.LEFT if runs_against(text) else ft.TextAlign.START


def indented(pixels: float, text: str = "") -> ft.Padding:
    """Room before the lines of a text, at the side where they begin.

    Args:
        pixels: How much, in logical pixels.
        text: What is indented; without it, what begins where the screen's own lines do.
    """
    if direction_around() is Direction.RIGHT_TO_LEFT and not runs_against(text):
        return ft.Padding.only(right=pixels)
    return ft.Padding.only(left=pixels)


def at_start() -> ft.Alignment:
    """The side where the screen's lines begin, for what is narrower than its place."""
    # In whole numbers, which are sent in a byte each; Flet's own names for these take nine.
    return ft.Alignment(1 if direction_around() is Direction.RIGHT_TO_LEFT else -1, 0)
