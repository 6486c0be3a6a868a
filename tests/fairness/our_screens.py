"""Looking at our own examples: every one, in Chinese and English, on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import flet as ft
from playwright.async_api import Browser

from components.fairness import Form, Screen, Subject, judge
from components.fairness.adapters.chromium import ANDROID, DESKTOP
from components.i18n import Language
from components.policy import Pack
from components.prototype.gallery import COMPONENTS, Shown
from components.surface.example import Example, Setting

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
_DESKTOP = {**DESKTOP, "device_scale_factor": 1}
"""Its colours are those of the phone and are not looked at again, so it needs no fine picture."""
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
    chromium: Browser, components: Sequence[str], pack: Pack, characters: frozenset[str]
) -> list[str]:
    """Every finding of level *error* on the examples of some components; no waiver is known."""
    shown = [(name, it) for name in components for it in COMPONENTS[name]]
    screens: list[Screen] = []
    for window, larger in ((ANDROID, LARGER), (_DESKTOP, None)):
        async with stage_in(chromium, window) as stage:
            for component, example in shown:
                for locale in LOCALES:
                    screens += await _looks(
                        stage, component, example, locale, pack, characters, larger
                    )
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
