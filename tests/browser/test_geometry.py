"""Nothing clipped, overlapped or off the screen: every example, measured in Chromium.

The whole product of sizes, languages and text sizes would take an hour. What is gone through
instead, on one open page:

- every example in every language at 360 pixels wide, the narrowest, without end and 640 high;
- with text at 200 % in the languages that are longest or run the other way, and each other
  language for every second example;
- at the larger sizes in turn, so that each example meets every size in some language, and each
  language meets every size in some example;
- dark in one language: light and dark have the same boxes, and that is what is tested.
"""

from __future__ import annotations

import flet as ft
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from playwright.async_api import ViewportSize

from components.places import data_folder
from components.policy import Pack
from components.prototype.gallery import addresses, gallery
from tests.pilot import running

from .geometry import (
    choices_out_of_sight,
    cut_short,
    not_grown,
    outside,
    overlapping,
    too_small,
)
from .layout import Box, Piece, layout
from .stage import Stage, locales

pytestmark = pytest.mark.anyio

NARROW = ViewportSize(width=360, height=640)
ENDLESS = ViewportSize(width=360, height=4000)
LARGER = (
    ViewportSize(width=412, height=892),
    ViewportSize(width=820, height=1180),
    ViewportSize(width=1280, height=800),
)
ALWAYS_LARGE = ("zh_Hans", "en_XA", "ar")
"""Languages in which every example is shown at 200 %, too."""


def window(size: ViewportSize) -> Box:
    return Box(0, 0, size["width"], size["height"])


async def at(stage: Stage, size: ViewportSize) -> list[Piece]:
    await stage.resize(size)
    return await layout(stage.app.page)


async def faults_of(stage: Stage, larger: ViewportSize) -> tuple[list[str], list[Piece]]:
    """What is wrong with what is on the stage, and how it lies where there is room without end."""
    endless = await at(stage, ENDLESS)
    narrow = await at(stage, NARROW)
    wide = await at(stage, larger)
    faults = overlapping(endless) + too_small(endless, window(ENDLESS))
    faults += outside(endless, window(ENDLESS)) + cut_short(narrow, endless)
    for pieces, size in ((narrow, NARROW), (wide, larger)):
        found = outside(pieces, window(size)) + overlapping(pieces)
        found += too_small(pieces, window(size)) + choices_out_of_sight(pieces, window(size))
        faults += [f"{size['width']}x{size['height']}: {it}" for it in found]
    return list(dict.fromkeys(faults)), endless


@pytest.mark.parametrize("locale", locales())
@pytest.mark.timeout(900)
async def test_every_example_fits(stage: Stage, locale: str) -> None:
    shift = locales().index(locale)
    faults: dict[str, list[str]] = {}
    usual: dict[str, list[Piece]] = {}
    for scale in (1.0, 2.0):
        await stage.text_scale(scale)
        for number, address in enumerate(addresses()):
            if scale > 1 and locale not in ALWAYS_LARGE and (number + shift) % 2:
                continue
            await stage.show(address, locale)
            larger = LARGER[(number + shift) % len(LARGER)]
            found, endless = await faults_of(stage, larger)
            if scale == 1:
                usual[address] = endless
            else:
                found += not_grown(usual[address], endless, scale)
            if found:
                faults[f"{address} in {locale} at {scale:.0%}"] = found
    await stage.text_scale(1.0)
    assert not faults, "\n".join(
        line for name, found in faults.items() for line in (name, *(f"  {it}" for it in found))
    )


async def test_light_and_dark_have_the_same_boxes(stage: Stage) -> None:
    await stage.text_scale(1.0)
    for address in addresses():
        await stage.brightness("light")
        await stage.show(address, "zh_Hans")
        light = await at(stage, NARROW)
        await stage.brightness("dark")
        assert [it.box for it in await layout(stage.app.page)] == [it.box for it in light], address
    await stage.brightness("light")


@pytest.mark.parametrize("locale", locales())
async def test_every_character_is_in_the_font_and_no_text_is_told_to_be_cut(
    pack: Pack, locale: str
) -> None:
    font = TTFont(data_folder("assets") / "assets" / "fonts" / "roboto.woff2")
    known = set(font.getBestCmap()) | {ord("\n")} | set(range(0x2066, 0x206A)) | {0x200E, 0x200F}
    for address in addresses():
        async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
            missing = {it for text in pilot.texts() for it in text if ord(it) not in known}
            assert not missing, f"{address}: {missing}"
            for node in pilot.all("Text"):
                assert not node.get("max_lines"), f"{address}: {node!r} shows some lines only"
                assert not node.get("no_wrap"), f"{address}: {node!r} does not wrap"
                assert node.get("overflow") in (None, "clip", "visible"), f"{address}: {node!r}"


def planted(name: str) -> ft.Control:
    """A screen with one fault in it."""
    long = "Words that take several lines on a narrow screen, as those of a policy do. " * 3
    text = ft.Text(long, theme_style=ft.TextThemeStyle.BODY_LARGE)
    button = ft.OutlinedButton("Agree", on_click=lambda: None)
    match name:
        case "fixed height":
            return ft.Column([ft.Container(text, height=30)])
        case "overlapping":
            return ft.Stack([text, ft.Text("Something else", top=10, left=0)])
        case "off the screen":
            return ft.Row([ft.Text("x" * 200, no_wrap=True)])
        case "too small":
            small = ft.VisualDensity.COMPACT
            return ft.Column(
                [
                    ft.Container(
                        ft.TextButton(
                            "No", style=ft.ButtonStyle(visual_density=small), on_click=lambda: None
                        ),
                        height=30,
                    )
                ]
            )
        case "out of sight":
            choice = ft.Semantics(content=button, identifier="it.accept")
            return ft.ListView([text, text, text, text, choice])
        case _:
            return ft.Column([text, ft.Semantics(content=button, identifier="it.accept")])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", ""),
        ("fixed height", "does not grow"),
        ("overlapping", "overlapping"),
        ("off the screen", "off the screen"),
        ("too small", "too small"),
        ("out of sight", "out of sight"),
    ],
)
async def test_planted_faults_are_found(stage: Stage, name: str, said: str) -> None:
    found: list[str] = []
    usual: list[Piece] = []
    for scale in (1.0, 2.0):
        await stage.text_scale(scale)
        await stage.put_on(lambda: planted(name), "en")
        faults, endless = await faults_of(stage, LARGER[0])
        found += faults
        found += not_grown(usual, endless, scale)
        usual = endless
    await stage.text_scale(1.0)
    assert any(said in it for it in found) if said else not found, found
