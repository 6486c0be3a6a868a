"""How large a person wants text, on top of what their system says.

Flet has no scale of its own for a page. Text that has a theme style follows a text theme, so a
larger text is a text theme with larger styles, around a screen or on a whole page.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import flet as ft

from ..i18n import Language


class TextSize(StrEnum):
    """Four steps, each relative to the system's own size."""

    STANDARD = "standard"
    LARGE = "large"
    LARGER = "larger"
    LARGEST = "largest"

    @property
    def factor(self) -> float:
        """What sizes are multiplied with."""
        return {"standard": 1.0, "large": 1.15, "larger": 1.3, "largest": 1.5}[self.value]


def text_size_words(language: Language) -> Mapping[TextSize, str]:
    """The sizes in words, from the smallest."""
    say = language.gettext
    return {
        TextSize.STANDARD: say("Standard size"),
        TextSize.LARGE: say("Large"),
        TextSize.LARGER: say("Larger"),
        TextSize.LARGEST: say("Largest"),
    }


_SIZES = {
    "headline_small": 24,
    "title_large": 22,
    "title_medium": 16,
    "title_small": 14,
    "body_large": 16,
    "body_medium": 14,
    "body_small": 12,
    "label_large": 14,
    "label_medium": 12,
    "label_small": 11,
}
"""Material 3's own sizes, in logical pixels, of the styles that the kit uses."""


_OF_THE_WEB_CLIENT = "Roboto"
"""The family that the client in a browser has for all text, and in which a host puts its font."""


def font_family(page: ft.Page | None) -> str | None:
    """The font family of a page's text; None if that is the system's own, or without a page.

    A style without one is not the page's: to CanvasKit, which Firefox and Safari are given, it is
    of no family at all. It draws such text in the right font, and asks a font server for it.
    """
    if page is None:
        return None
    named = page.theme.font_family if page.theme is not None else None
    return named or (_OF_THE_WEB_CLIENT if page.web else None)


def text_theme(size: TextSize, family: str | None) -> ft.TextTheme:
    """The text theme that makes text so large.

    Args:
        size: How large.
        family: See :func:`font_family`. A style of a text theme takes the place of Material's own
            as a whole, and with it goes the family.
    """
    return ft.TextTheme(
        **{
            name: ft.TextStyle(size=points * size.factor, font_family=family)
            for name, points in _SIZES.items()
        }
    )
