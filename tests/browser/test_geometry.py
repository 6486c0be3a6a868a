"""Nothing clipped, overlapped or off the screen at a decision, measured in Chromium.

Every decision (what has a choice to accept or refuse) goes over one open page, at 360x640 and
412x892 and in a window without end, with text at 100 % and 200 %, in Chinese. Every other example
and language is looked at in test_gallery, which does not measure as much.
"""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft
import pytest
from playwright.async_api import ViewportSize

from components.prototype.gallery import addresses
from components.surface import parts

from .geometry import (
    choices,
    choices_out_of_sight,
    cut_short,
    not_grown,
    outside,
    overlapping,
    too_small,
)
from .harness import PHONE
from .layout import Box, Piece, layout
from .stage import Stage

pytestmark = pytest.mark.anyio

NARROW = ViewportSize(width=360, height=640)
ENDLESS = ViewportSize(width=360, height=4000)
LOCALE = "zh_Hans"
DECISIONS = (
    "/first-notice/",
    "/guardian/",
    "/other-hosts/",
    "/prompt/",
    "/purpose/",
    "/separate-consent/",
    "/update/",
)
"""Where the components that ask something are."""
IN_THE_PAGE = "/prompt/in-place"
"""Part of the host's own page, under what the person has tapped, and scrolled with that page: its
choices need not be in sight. All else lies over the page."""


def window(size: ViewportSize) -> Box:
    return Box(0, 0, size["width"], size["height"])


async def at(stage: Stage, size: ViewportSize) -> list[Piece]:
    await stage.resize(size)
    return await layout(stage.app.page)


async def faults_of(stage: Stage, sizes: Sequence[ViewportSize]) -> tuple[list[str], list[Piece]]:
    """What is wrong with what is on the stage, and how it lies where there is room without end."""
    endless = await at(stage, ENDLESS)
    faults = overlapping(endless) + too_small(endless, window(ENDLESS))
    faults += outside(endless, window(ENDLESS))
    for size in sizes:
        pieces = await at(stage, size)
        found = outside(pieces, window(size)) + overlapping(pieces)
        found += too_small(pieces, window(size))
        found += choices_out_of_sight(pieces, window(size), choices(endless))
        if size["width"] == ENDLESS["width"]:
            found += cut_short(pieces, endless)
        faults += [f"{size['width']}x{size['height']}: {it}" for it in found]
    return list(dict.fromkeys(faults)), endless


def report(faults: dict[str, list[str]]) -> str:
    return "\n".join(
        line for name, found in faults.items() for line in (name, *(f"  {it}" for it in found))
    )


@pytest.mark.timeout(600)
async def test_every_decision_shows_its_choices_at_any_text_size(stage: Stage) -> None:
    faults: dict[str, list[str]] = {}
    usual: dict[str, list[Piece]] = {}
    decided = 0
    for scale in (1.0, 2.0):
        await stage.text_scale(scale)
        for address in (it for it in addresses() if it.startswith(DECISIONS)):
            await stage.show(address, LOCALE)
            found, endless = await faults_of(stage, (NARROW, PHONE))
            decided += bool(choices(endless))
            if scale == 1:
                usual[address] = endless
            else:
                found += not_grown(usual[address], endless, scale)
            if address == IN_THE_PAGE:
                found = [it for it in found if "out of sight" not in it]
            if found:
                faults[f"{address} in {LOCALE} at {scale:.0%}"] = found
    await stage.text_scale(1.0)
    assert not faults, report(faults)
    assert decided >= 40


def planted(name: str) -> ft.Control:
    """A screen with one fault in it."""
    long = "Words that take several lines on a narrow screen, as those of a policy do. " * 3
    text = ft.Text(long, theme_style=ft.TextThemeStyle.BODY_LARGE)
    choice = parts.action("Agree", lambda: None, identifier="it.accept")
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
            return ft.ListView([text, text, text, text, choice])
        case _:
            return ft.Column([ft.Text("A few words.", theme_style=text.theme_style), choice])


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
        await stage.put_on(lambda: ft.Container(planted(name), padding=20), "en")
        faults, endless = await faults_of(stage, (NARROW, PHONE))
        found += faults
        found += not_grown(usual, endless, scale)
        usual = endless
    await stage.text_scale(1.0)
    assert any(said in it for it in found) if said else not found, found
