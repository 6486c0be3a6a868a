"""Sizes and colours, in one place. Lengths are logical pixels.

Colours are Material 3 roles, so that they follow the host's theme, light and dark.
"""

from __future__ import annotations

from typing import Final

import flet as ft

GAP_SMALL: Final = 4
GAP: Final = 8
GAP_MIDDLE: Final = 12
GAP_LARGE: Final = 16
GAP_SECTION: Final = 24
EDGE: Final = 20
"""Between a screen's edge and its content."""

BUTTON_ROOM: Final = 14
"""Above and below the words of a button; what ends without one leaves as much room."""
RADIUS: Final = 12
TARGET: Final = 48
"""The least height and width of anything that can be pressed."""

READING_WIDTH: Final = 640
"""The widest a column of text may be: about 40 Chinese characters a line."""

ICON: Final = 24

QUIET_SURFACE: Final = ft.Colors.SURFACE_CONTAINER
TEXT: Final = ft.Colors.ON_SURFACE
QUIET_TEXT: Final = ft.Colors.ON_SURFACE_VARIANT
ACCENT: Final = ft.Colors.PRIMARY
LINE: Final = ft.Colors.OUTLINE_VARIANT
EDGE_LINE: Final = ft.Colors.OUTLINE
ALERT: Final = ft.Colors.ERROR
"""For sensitive information and for what went wrong; never without an icon and words."""

LINE_HEIGHT: Final = 1.6
"""Of running text, as a multiple of its size."""

CHANGED_TEXT: Final = ft.Colors.ON_SECONDARY_CONTAINER
CHANGED_GROUND: Final = ft.Colors.SECONDARY_CONTAINER
"""Words that are new; underlined and with a sign as well."""

FOUND_TEXT: Final = ft.Colors.ON_TERTIARY_CONTAINER
FOUND_GROUND: Final = ft.Colors.TERTIARY_CONTAINER
"""Words that a search found; underlined as well."""
