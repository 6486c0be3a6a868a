"""How a page looks: brightness, contrast, motion and text size, as themes for a host to set.

The kit sets no theme of a page: it is drawn in the roles of whatever theme the host has. A host
without a theme of its own can take the two that :func:`themes` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from ..i18n import Language
from .motion import STILL, Motion, transitions
from .text_size import TextSize, font_family, text_theme
from .tones import tone


class Brightness(StrEnum):
    """Light letters on dark, or dark on light; ``SYSTEM`` follows the device."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def brightness_words(language: Language) -> Mapping[Brightness, str]:
    """Light and dark in words."""
    say = language.gettext
    return {
        Brightness.SYSTEM: say("Follow the device’s theme"),
        Brightness.LIGHT: say("Light"),
        Brightness.DARK: say("Dark"),
    }


class Contrast(StrEnum):
    """``STANDARD`` is Material's own. ``HIGH`` gives text at least 7:1 and outlines at least 3:1.

    There is no value for the system's wish: Flet does not tell it, and a choice that promised to
    follow it would not.
    """

    STANDARD = "standard"
    HIGH = "high"


@dataclass(frozen=True)
class Appearance:
    """What a person chose; the defaults leave it to the device."""

    brightness: Brightness = Brightness.SYSTEM
    contrast: Contrast = Contrast.STANDARD
    motion: Motion = Motion.SYSTEM
    text_size: TextSize = TextSize.STANDARD


def themes(
    seed: str, appearance: Appearance, family: str | None = None
) -> tuple[ft.Theme, ft.Theme]:
    """The light and the dark theme.

    Args:
        seed: The colour that all others are derived from, as ``#1F5F6B``.
        appearance: What the person chose.
        family: Of the text; see :func:`.text_size.font_family`.
    """
    light, dark = (_theme(seed, appearance, family, dark=it) for it in (False, True))
    return light, dark


def dress(page: ft.Page, seed: str, appearance: Appearance) -> None:
    """Set a page's themes. For a host; the kit never calls it.

    Args:
        page: The host's page.
        seed: As for :func:`themes`.
        appearance: What the person chose.
    """
    page.theme, page.dark_theme = themes(seed, appearance, font_family(page))
    page.theme_mode = ft.ThemeMode(appearance.brightness.value)
    page.theme_animation_style = STILL if appearance.motion is Motion.REDUCED else None


def _theme(seed: str, appearance: Appearance, family: str | None, *, dark: bool) -> ft.Theme:
    # Flet derives the standard scheme from the seed on the device, by Material's own rules.
    high = appearance.contrast is Contrast.HIGH
    return ft.Theme(
        color_scheme_seed=None if high else seed,
        color_scheme=high_contrast_scheme(seed, dark=dark) if high else None,
        text_theme=text_theme(appearance.text_size, family),
        page_transitions=transitions(appearance.motion),
        # The tint of a row that the keyboard is on; Material's own is hardly to be seen.
        focus_color=ft.Colors.with_opacity(0.3, tone(seed, 80 if dark else 40)),
    )


_ERROR_SEED = "#B3261E"

_LIGHT = {
    "primary": 22, "on_primary": 100, "primary_container": 28, "on_primary_container": 100,
    "secondary": 22, "on_secondary": 100, "secondary_container": 85, "on_secondary_container": 5,
    "tertiary": 22, "on_tertiary": 100, "tertiary_container": 85, "on_tertiary_container": 5,
    "surface": 100, "on_surface": 0, "on_surface_variant": 12,
    "surface_dim": 92, "surface_bright": 100, "surface_container_lowest": 100,
    "surface_container_low": 98, "surface_container": 96, "surface_container_high": 94,
    "surface_container_highest": 92, "outline": 20, "outline_variant": 35,
    "inverse_surface": 10, "on_inverse_surface": 100, "inverse_primary": 88,
    "shadow": 0, "scrim": 0, "surface_tint": 22,
}  # fmt: skip
_DARK = {
    "primary": 90, "on_primary": 0, "primary_container": 84, "on_primary_container": 0,
    "secondary": 90, "on_secondary": 0, "secondary_container": 25, "on_secondary_container": 99,
    "tertiary": 90, "on_tertiary": 0, "tertiary_container": 25, "on_tertiary_container": 99,
    "surface": 2, "on_surface": 100, "on_surface_variant": 92,
    "surface_dim": 2, "surface_bright": 18, "surface_container_lowest": 0,
    "surface_container_low": 5, "surface_container": 7, "surface_container_high": 10,
    "surface_container_highest": 14, "outline": 85, "outline_variant": 70,
    "inverse_surface": 95, "on_inverse_surface": 0, "inverse_primary": 22,
    "shadow": 0, "scrim": 0, "surface_tint": 90,
}  # fmt: skip
_LIGHT_ERROR = {"error": 25, "on_error": 100, "error_container": 88, "on_error_container": 5}
_DARK_ERROR = {"error": 90, "on_error": 0, "error_container": 20, "on_error_container": 99}
"""Lightness of each role, 0 to 100. Those of one surface are at least 60 apart from its text."""

_COLOURFUL = ("primary", "inverse_primary", "surface_tint")


def high_contrast_scheme(seed: str, *, dark: bool) -> ft.ColorScheme:
    """A scheme with the seed's hue in which every text has at least 7:1 to its ground.

    Args:
        seed: As ``#1F5F6B``.
        dark: Whether letters are light on dark.
    """
    roles, errors = (_DARK, _DARK_ERROR) if dark else (_LIGHT, _LIGHT_ERROR)
    colours = {
        role: tone(seed, lightness, 1.0 if role.startswith(_COLOURFUL) else 0.35)
        for role, lightness in roles.items()
    }
    colours |= {role: tone(_ERROR_SEED, lightness) for role, lightness in errors.items()}
    return ft.ColorScheme(**colours)
