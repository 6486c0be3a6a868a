"""Looking at our own examples, in Chinese and English, on a phone and on a desktop.

The suite looks at each on both, in one language here and in the other there. All four ways of each,
which take twice as long:

    python -m tests.fairness.our_screens
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Collection, Sequence

import flet as ft

from components.fairness import Form, Screen, Subject, judge
from components.fairness.adapters.chromium import ANDROID
from components.fairness.adapters.fonts import characters_of
from components.i18n import Language
from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.gallery import COMPONENTS, Shown
from components.surface.example import Example, Setting
from tests.browser.harness import browser

from .stage import Stage, stage_in

NOTICES = ("first-notice", "guardian", "prompt", "purpose", "separate-consent", "summary", "update")
READING = ("changes", "reader", "contact", "lists", "sending", "receipts")
CENTRE = ("centre", "history", "rights")
HOST = (
    "checkout", "cinema", "city", "console", "fallback-note", "film", "home", "language-picker",
    "me", "other-hosts", "seats", "settings", "tickets",
)  # fmt: skip
STUDY = (
    "another-app", "code-entry", "debrief", "neutral-probe", "observer-desk", "observer-note",
    "reading-passage", "records-out", "research-consent", "session-end", "still-there", "stopping",
    "study-question", "study-welcome", "task-bar", "task-card",
)  # fmt: skip
"""Shares of the components, each for a test file, so that two processes can look at once."""

LOCALES = ("zh_Hans", "en")
PHONE, DESKTOP = (360, 640), (1280, 800)
LARGER = (1.3, 2.0)
ASKING = frozenset({"prompt"})
"""Components that ask at a feature."""
TELLING_A_CHANGE = frozenset({"update"})
"""Components that ask about a new version."""
INSIDE_A_PAGE = frozenset(
    {
        "changes/pack",
        "changes/text",
        "fallback-note/as-the-pack-has-it",
        "fallback-note/prevailing",
        "observer-note/severity",
        "other-hosts/foreign-prompt-dark",
        "other-hosts/high-contrast-prompt-dark",
        "prompt/in-place",
        "records-out/failed",
        "records-out/moderator",
        "records-out/participant",
        "records-out/saved",
        "task-bar/default",
        "task-bar/looking-up",
        "task-bar/overdue",
    }
)
"""Examples that are a part of a page, or lie over one."""
EXCERPTS = frozenset(
    {
        "reader/actions",
        "reader/at-location",
        "reader/at-table",
        "reader/explained",
        "reader/largest",
        "reader/search",
    }
)
"""Examples that begin in the middle of something longer."""


async def faults(
    stage: Stage,
    components: Sequence[str],
    pack: Pack,
    characters: frozenset[str],
    *,
    all_ways: bool = False,
) -> list[str]:
    """Every finding of level *error* on the examples of some components; no waiver is known."""
    shown = [(name, it) for name in components for it in COMPONENTS[name]]
    screens: list[Screen] = []
    # One size after the other: a page of another size is laid out anew.
    for size, larger in ((PHONE, LARGER), (DESKTOP, None)):
        await stage.size(*size)
        for number, (component, example) in enumerate(shown):
            one = LOCALES[(number + (size == DESKTOP)) % len(LOCALES)]
            for locale in LOCALES if all_ways else (one,):
                screens += await _looks(stage, component, example, locale, pack, characters, larger)
    report = judge(Subject("the gallery", tuple(screens)))
    return [
        f"{it.rule} {it.spot}: {it.evidence}"
        for it in report.findings
        if it.rule in report.broken_errors
    ]


async def _looks(
    stage: Stage,
    component: str,
    example: Example,
    locale: str,
    pack: Pack,
    characters: frozenset[str],
    larger: Collection[float] | None,
) -> list[Screen]:
    """At the size of the window; on a phone (``larger``) with its colours, and, where something is
    decided, with larger text too."""
    address = f"{component}/{example.name}"
    options = {
        "form": _form_of(address, example),
        "question": component in ASKING,
        "change": component in TELLING_A_CHANGE,
        "characters": characters,
    }
    await stage.show(_shown(example, Setting(Language.of(locale), pack, _ignored)), locale)
    found = [await stage.look(address, locale, pixels=larger is not None, **options)]
    if found[0].decides:
        for scale in larger or ():
            found.append(
                await stage.look(address, locale, text_scale=scale, pixels=False, **options)
            )
    return found


def _form_of(address: str, example: Example) -> Form:
    if address in EXCERPTS:
        return Form.EXCERPT
    return Form.DIALOG if not example.fills or address in INSIDE_A_PAGE else Form.PAGE


def _shown(example: Example, setting: Setting) -> Callable[[], ft.Control]:
    return lambda: Shown(example, setting)


def _ignored(_act: str) -> None:
    """Nothing is pressed here."""


async def _everything() -> list[str]:
    pack = load_pack(data_folder("policy_content") / "epiao")
    characters = characters_of(sorted(data_folder("assets").rglob("*.woff2")))
    async with browser() as chromium, stage_in(chromium, ANDROID) as stage:
        return await faults(stage, [*COMPONENTS], pack, characters, all_ways=True)


if __name__ == "__main__":
    found = asyncio.run(_everything())
    print("\n".join(found) or "no rule of level error is broken")
    sys.exit(1 if found else 0)
