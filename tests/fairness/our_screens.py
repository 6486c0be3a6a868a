"""Every example of every component, in Chinese and English, on a phone and on a desktop.

Not yet part of the suite: the screens are many more since it was written, and what it finds on them
has to be mended first. ``python -m pytest tests/fairness/our_screens.py`` says what is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import flet as ft
import pytest
from playwright.async_api import Browser

from components.fairness import Form, Screen, Subject, judge
from components.fairness.adapters.chromium import ANDROID
from components.i18n import Language
from components.policy import Pack
from components.prototype.gallery import COMPONENTS, Shown
from components.surface.example import Example, Setting

from .stage import Stage, stage_in

pytestmark = pytest.mark.anyio

LOCALES = ("zh_Hans", "en")
STAGES = 2
"""Pages at once: while one lays out, the other is looked at."""
PHONE, DESKTOP = (360, 640), (1280, 800)
ASKING = frozenset({"prompt"})
"""Components that ask at a feature."""
INSIDE_A_PAGE = frozenset({"prompt/in-place"})
"""Examples that a page of the host's is around."""
EXCERPTS = frozenset({"reader/at-location", "reader/at-table"})
"""Examples that begin in the middle of something longer."""

OPEN: dict[str, set[str]] = {
    # Headings of cards are of level 3 right below the page's own; two buttons share one name.
    "centre/nothing-yet": {"AX-08"},
    "centre/browse-only": {"AX-08"},
    "centre/all-sent": {"AX-07", "AX-08"},
    "centre/not-yet-sent": {"AX-07", "AX-08"},
    # The panel is longer than a small phone; both answers lie below it.
    "prompt/in-place": {"CS-06"},
}
"""What is known and not yet mended, by surface: ids of rules. Nothing here is a waiver: an entry
that is no longer needed fails, too."""


def form_of(address: str, example: Example) -> Form:
    if address in EXCERPTS:
        return Form.EXCERPT
    return Form.DIALOG if not example.fills or address in INSIDE_A_PAGE else Form.PAGE


async def test_no_screen_of_ours_breaks_a_rule(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    wanted = [
        (component, example, locale)
        for component, examples in COMPONENTS.items()
        for example in examples
        for locale in LOCALES
    ]

    async def share(number: int) -> list[Screen]:
        async with stage_in(chromium, ANDROID) as stage:
            return [
                screen
                for it in wanted[number::STAGES]
                for screen in await looks(stage, *it, pack, characters)
            ]

    shares = await asyncio.gather(*map(share, range(STAGES)))
    report = judge(Subject("the gallery", tuple(screen for it in shares for screen in it)))
    errors = {
        f"{it.rule} {it.spot}: {it.evidence}"
        for it in report.findings
        if it.rule in report.broken_errors and it.rule not in OPEN.get(it.spot.surface, ())
    }
    assert errors == set()
    found = {(it.spot.surface, it.rule) for it in report.findings}
    stale = {(name, rule) for name, rules in OPEN.items() for rule in rules} - found
    assert stale == set(), "no longer open"


async def looks(
    stage: Stage,
    component: str,
    example: Example,
    locale: str,
    pack: Pack,
    characters: frozenset[str],
) -> list[Screen]:
    """On a phone with its colours, on a desktop; where something is decided, larger text too."""
    address = f"{component}/{example.name}"
    options = {
        "form": form_of(address, example),
        "question": component in ASKING,
        "characters": characters,
    }
    await stage.size(*PHONE)
    await stage.show(shown(example, Setting(Language.of(locale), pack, ignored)), locale)
    found = [await stage.look(address, locale, **options)]
    if found[0].decides:
        for scale in (1.3, 2.0):
            found.append(
                await stage.look(address, locale, text_scale=scale, pixels=False, **options)
            )
    await stage.size(*DESKTOP)
    found.append(await stage.look(address, locale, pixels=False, **options))
    return found


def shown(example: Example, setting: Setting) -> Callable[[], ft.Control]:
    return lambda: Shown(example, setting)


def ignored(_act: str) -> None:
    """Nothing is pressed here."""
