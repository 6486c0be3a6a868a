"""Themes from a seed: what high contrast promises, motion, widths, and whose theme it is."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft
import pytest

from components.surface.appearance import (
    Appearance,
    Brightness,
    Contrast,
    dress,
    high_contrast_scheme,
    themes,
)
from components.surface.motion import STILL, Motion, sheet_animation
from components.surface.text_size import TextSize, font_family
from components.surface.tones import contrast, tone
from components.surface.viewport import WidthClass, follow_size
from tests.pilot import running

pytestmark = pytest.mark.anyio

SEEDS = ["#1F5F6B", "#FF0000", "#FFEB3B", "#0000FF", "#00FF00", "#777777", "#000000"]

TEXT_ON_GROUND = [
    ("on_surface", "surface"),
    ("on_surface", "surface_container"),
    ("on_surface", "surface_container_highest"),
    ("on_surface_variant", "surface"),
    ("on_surface_variant", "surface_container"),
    ("on_surface_variant", "surface_container_highest"),
    ("primary", "surface"),
    ("primary", "surface_container"),
    ("error", "surface"),
    ("error", "surface_container"),
    ("on_primary", "primary"),
    ("on_primary_container", "primary_container"),
    ("on_secondary", "secondary"),
    ("on_secondary_container", "secondary_container"),
    ("on_tertiary_container", "tertiary_container"),
    ("on_error", "error"),
    ("on_error_container", "error_container"),
    ("on_inverse_surface", "inverse_surface"),
    ("inverse_primary", "inverse_surface"),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_high_contrast_holds_for_every_text_and_outline(seed: str, dark: bool) -> None:
    scheme = high_contrast_scheme(seed, dark=dark)
    for text, ground in TEXT_ON_GROUND:
        ratio = contrast(str(getattr(scheme, text)), str(getattr(scheme, ground)))
        assert ratio >= 7, f"{text} on {ground} has {ratio:.2f}:1"
    for line in ("outline", "outline_variant"):
        for ground in ("surface", "surface_container", "surface_container_highest"):
            ratio = contrast(str(getattr(scheme, line)), str(getattr(scheme, ground)))
            assert ratio >= 3, f"{line} on {ground} has {ratio:.2f}:1"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_tone_keeps_the_lightness_and_the_seed_its_own() -> None:
    assert tone("#1F5F6B", 0) == "#000000"
    assert tone("#1F5F6B", 100) == "#ffffff"
    # CIELAB of #1F5F6B has L* 37.0.
    assert tone("#1F5F6B", 37.0).upper() == "#1F5F6B"


def test_the_standard_theme_is_materials_own_from_the_seed() -> None:
    light, dark = themes("#1F5F6B", Appearance())
    assert light.color_scheme_seed == dark.color_scheme_seed == "#1F5F6B"
    assert light.color_scheme is None


def test_high_contrast_text_size_and_motion_are_in_both_themes() -> None:
    chosen = Appearance(Brightness.DARK, Contrast.HIGH, Motion.REDUCED, TextSize.LARGE)
    for theme in themes("#1F5F6B", chosen, "serif"):
        assert theme.color_scheme is not None
        assert theme.text_theme is not None
        assert theme.text_theme.body_large == ft.TextStyle(size=16 * 1.15, font_family="serif")
        assert theme.page_transitions.ios is ft.PageTransitionTheme.NONE


@pytest.mark.parametrize(
    ("web", "of_the_host", "family"),
    [
        (False, None, None),
        (True, None, "Roboto"),
        (False, "serif", "serif"),
        (True, "serif", "serif"),
    ],
)
async def test_text_of_another_size_is_in_the_pages_font(
    web: bool, of_the_host: str | None, family: str | None
) -> None:
    def main(page: ft.Page) -> None:
        page.web = web
        page.theme = ft.Theme(font_family=of_the_host)
        page.add(ft.Text("host"))

    async with running(main) as pilot:
        assert font_family(pilot.app_page) == family
    assert font_family(None) is None


async def test_a_sheet_keeps_still_where_the_hosts_theme_does() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.Text("host"))

    async with running(main) as pilot:
        page = pilot.app_page
        assert sheet_animation(page) is None
        dress(page, "#1F5F6B", Appearance(motion=Motion.REDUCED))
        assert sheet_animation(page) == STILL
        dress(page, "#1F5F6B", Appearance())
        assert sheet_animation(page) is None


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (None, WidthClass.COMPACT),
        (360, WidthClass.COMPACT),
        (699.5, WidthClass.COMPACT),
        (700, WidthClass.MEDIUM),
        (1099, WidthClass.MEDIUM),
        (1100, WidthClass.EXPANDED),
    ],
)
def test_widths_have_classes(width: float | None, expected: WidthClass) -> None:
    assert WidthClass.of(width) is expected


async def test_following_the_size_leaves_the_hosts_own_handler_its_place() -> None:
    seen: list[str] = []
    ends: list[Callable[[], None]] = []

    def follow(page: ft.Page, name: str) -> None:
        ends.append(follow_size(page, lambda width, _: seen.append(f"{name} {width:.0f}")))

    def main(page: ft.Page) -> None:
        page.on_resize = lambda event: seen.append(f"host {event.width:.0f}")
        page.add(ft.Text("host"))
        follow(page, "one")
        follow(page, "two")
        page.update()

    async with running(main) as pilot:
        await pilot.resize(800, 600)
        assert seen == ["host 800", "one 800", "two 800"]
        # In whatever order they end.
        ends[0]()
        await pilot.resize(900, 600)
        assert seen[3:] == ["host 900", "two 900"]
        ends[1]()
        await pilot.resize(1000, 600)
        assert seen[5:] == ["host 1000"]
