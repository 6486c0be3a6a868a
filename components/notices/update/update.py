"""The update notice: what changed in plain words, every change on demand, and an equal choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.diff import PackDiff, Touch
from ...policy.pack import PolicyVersion
from ...policy.texts import FirstNoticeText
from ...surface import parts, tokens
from ...surface.fallback_note import fallback_note
from ...surface.runtime import kit_component
from ...surface.scrolling import scrolling
from ..changes import PolicyChanges


class UpdateChoice(StrEnum):
    """What was pressed."""

    ACCEPT = "accept"
    REFUSE = "refuse"


@dataclass(frozen=True)
class TouchedChoice:
    """Something agreed to before that is no longer the same, and so is asked again.

    Attributes:
        name: What the purpose is called.
        before: What was chosen before, in words.
        touches: What of it changed; empty if that is not known.
    """

    name: str
    before: str
    touches: tuple[Touch, ...]


@dataclass(frozen=True)
class KeptChoice:
    """A choice that stays as it was: the purpose's name, and the choice in words."""

    name: str
    chosen: str


@kit_component
def UpdateNotice(
    text: FirstNoticeText,
    version: PolicyVersion,
    diff: PackDiff | None,
    touched: Sequence[TouchedChoice],
    kept: Sequence[KeptChoice],
    language: Language,
    *,
    on_choice: Callable[[UpdateChoice], Any],
    on_read: Callable[[str | None], Any],
    written_in: str | None = None,
) -> ft.Control:
    """The notice of a material new version.

    Args:
        text: The base notice of the new version; every word of it is shown, and agreed to or not.
        version: The new version.
        diff: What changed since the version that was agreed to; None if that one is not known.
        touched: What will be asked again, one by one.
        kept: What stays as it was chosen.
        language: The interface's language.
        on_choice: Called with the choice pressed.
        on_read: Called with a clause id, or None for the full policy from its beginning.
        written_in: The locale of the pack's words; None if it is the interface's.
    """
    shows_all, set_shows_all = ft.use_state(False)
    say = language.gettext
    when = (
        []
        if version.effective is None
        else [parts.note(say("In effect from {day}", day=language.date(version.effective)))]
    )
    words: list[ft.Control] = [
        fallback_note(language, written_in),
        parts.heading(say("The privacy policy has changed"), 1),
        *when,
        parts.body(
            say("Below: what is asked again, what stays as you chose, and the new key points.")
        ),
        parts.card(_touched(touched, language)),
        *([parts.card(_kept(kept, language))] if kept else []),
    ]
    if diff is not None:
        words += [
            parts.link(
                say("Hide the changes") if shows_all else say("Show every change, word by word"),
                lambda: set_shows_all(lambda it: not it),
                identifier="update.changes",
            ),
            ft.Container(
                PolicyChanges(diff, language, on_read=on_read) if shows_all else None,
                visible=shows_all,
            ),
        ]
    words += [
        parts.heading(text.title, 2),
        parts.body(text.lead),
        *(parts.point(card.icon, card.title, card.body) for card in text.cards),
        parts.body(text.refusing),
        parts.link(say("Read the full privacy policy"), on_read, None, identifier="update.policy"),
    ]
    return ft.Column(
        [
            ft.Container(
                scrolling(words, spacing=tokens.GAP_LARGE),
                expand=True,
            ),
            ft.Container(
                parts.equal_choices(
                    (text.refuse, lambda: on_choice(UpdateChoice.REFUSE)),
                    (text.accept, lambda: on_choice(UpdateChoice.ACCEPT)),
                    name="update",
                ),
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
                border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
            ),
        ],
        spacing=0,
        expand=True,
    )


def touches_in_words(touches: Sequence[Touch], language: Language) -> str:
    """What of a purpose changed, as a list."""
    say = language.gettext
    words = {
        Touch.PURPOSE: say("what it is for"),
        Touch.METHOD: say("how it is done"),
        Touch.DATA_TYPE: say("which data is used"),
        Touch.RECIPIENT: say("who gets it"),
    }
    return language.listed([words[it] for it in touches])


def _touched(touched: Sequence[TouchedChoice], language: Language) -> list[ft.Control]:
    say = language.gettext
    if not touched:
        return [parts.body(say("Nothing that you agreed to separately has changed."))]
    rows: list[ft.Control] = [
        parts.heading(
            language.ngettext(
                "{number} choice is asked again", "{number} choices are asked again", len(touched)
            ),
            2,
        ),
        parts.note(say("It is off until you answer. Each is asked by itself, after this page.")),
    ]
    for it in touched:
        changed = touches_in_words(it.touches, language)
        lines = [parts.note(say("Before: {choice}", choice=it.before))]
        if changed:
            lines.append(parts.note(say("Changed: {what}", what=changed)))
        rows.append(ft.Column([parts.body(it.name), *lines], spacing=0, tight=True))
    return rows


def _kept(kept: Sequence[KeptChoice], language: Language) -> list[ft.Control]:
    return [
        parts.heading(language.gettext("Stays as you chose"), 2),
        *(
            ft.Column([parts.body(it.name), parts.note(it.chosen)], spacing=0, tight=True)
            for it in kept
        ),
    ]
