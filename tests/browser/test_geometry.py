"""Both choices in sight on the smallest phone, measured in Chromium, and that faults are found.

Every other example and size is measured in ``test_everywhere_phones`` and its like.
"""

from __future__ import annotations

import flet as ft
import pytest

from components.prototype.gallery import addresses
from components.surface import parts

from .geometry import choices
from .layout import Piece
from .measuring import (
    ENDLESS,
    LOCALES,
    SMALL_PHONE,
    TEXTS,
    Visit,
    at,
    decides,
    faults,
    report,
    visited,
)
from .stage import Stage

pytestmark = pytest.mark.anyio

FIRST = ("/first-notice/", "/prompt/")
"""What a person meets before anything else, and while doing something else."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.timeout(600)
async def test_first_notice_and_prompts_show_both_choices_on_the_smallest_phone(
    stage: Stage, locale: str
) -> None:
    """Without scrolling, in every language, also with text twice as large."""
    wrong: dict[str, list[str]] = {}
    decided = 0
    texts = TEXTS
    for address in (it for it in addresses() if it.startswith(FIRST)):
        there, wrong[address] = await visited(stage, Visit(address, locale, "360x640"), texts)
        decided += decides(address) and bool(choices(there[1.0]))
        texts = texts[::-1]
    assert not any(wrong.values()), report(wrong)
    assert decided >= 6  # where a person is only told something, nothing is to be chosen


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
    usual: list[Piece] | None = None
    await stage.put_on(lambda: ft.Container(planted(name), padding=20), "en")
    for text in TEXTS:
        await stage.text_scale(text)
        endless = await at(stage, ENDLESS)
        found += faults(endless, ENDLESS, usual=usual, text=text)
        usual = endless
        found += faults(
            await at(stage, SMALL_PHONE),
            SMALL_PHONE,
            expected=choices(endless),
            endless=endless,
        )
    assert any(said in it for it in found) if said else not found, found
