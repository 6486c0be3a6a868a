"""How a session begins: by a code, or by a tap where nobody gives out codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...study.running.questions import Choice
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import handler, kit_component
from ..pieces import choices, study_page


class Trouble(StrEnum):
    """Why a code does not begin a session."""

    NONE = ""
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    FULL = "full"
    OPEN_ELSEWHERE = "open-elsewhere"
    NO_STORAGE = "no-storage"


@kit_component
def CodeEntry(
    language: Language,
    *,
    title: str,
    locales: Sequence[str],
    chosen: str,
    kiosk: bool = False,
    minutes: int | None = None,
    typed: str = "",
    trouble: Trouble = Trouble.NONE,
    on_locale: Callable[[str], Any],
    on_begin: Callable[[str], Any],
    records: ft.Control | None = None,
) -> ft.Control:
    """The first screen of a study.

    Args:
        language: The interface's language.
        title: What participants see the study called.
        locales: The languages that it is held in.
        chosen: The one that holds.
        kiosk: Whether the next free place is taken instead of a code.
        minutes: What taking part takes, as the study has it; None if it does not say.
        typed: What stands in the field at first.
        trouble: What became of the code that was typed before.
        on_locale: Called with another language.
        on_begin: Called with what was typed; with nothing where no code is asked for.
        records: The way out for the records, for whoever runs the study; None where there is none.
    """
    code = use_current(typed)
    say = language.gettext

    def changed(event: ft.Event[ft.TextField]) -> None:
        code.set(event.control.value or "")

    async def begin() -> None:
        await handler(on_begin, "" if kiosk else code.value)()

    names = [Choice(it, Language.of(it).own_name) for it in locales]
    field = ft.Semantics(
        content=ft.TextField(
            label=say("Participant code"),
            value=code.value,
            on_change=changed,
            on_submit=begin,
            color=tokens.TEXT,
            autocorrect=False,
            enable_suggestions=False,
            capitalization=ft.TextCapitalization.CHARACTERS,
            key="code.field",
        ),
        identifier="code.field",
    )
    lead = (
        say("You can take part right here.")
        if kiosk
        else say("Please enter the code that you were given. It stands for you: we keep no name.")
    )
    return study_page(
        language,
        [
            parts.heading(title, 1),
            parts.body(lead),
            *([] if minutes is None else [parts.body(_takes(minutes, language))]),
            *([] if kiosk else [field]),
            parts.live(_words(trouble, language)),
            *(
                [
                    parts.heading(say("Language"), 2),
                    choices(names, chosen, on_locale, name="code.locale"),
                ]
                if len(names) > 1
                else []
            ),
            *([] if records is None else [records]),
        ],
        [parts.action(say("Begin"), begin, identifier="code.begin")],
    )


def _takes(minutes: int, language: Language) -> str:
    return language.ngettext(
        "It takes about {number} minute.", "It takes about {number} minutes.", minutes
    )


def _words(trouble: Trouble, language: Language) -> str:
    say = language.gettext
    match trouble:
        case Trouble.NONE:
            return ""
        case Trouble.UNKNOWN:
            return say("This is no code of this study. Please look at it again.")
        case Trouble.WITHDRAWN:
            return say("Whoever had this code has withdrawn. Please take another one.")
        case Trouble.DONE:
            return say("This code has been used to the end. Please take another one.")
        case Trouble.FULL:
            return say("There is no place left in this study. Thank you for your interest.")
        case Trouble.OPEN_ELSEWHERE:
            return say(
                "This study is open in another window, which keeps its record. Close the other"
                " window, then load this page again."
            )
        case Trouble.NO_STORAGE:
            return say(
                "This browser gives the page no storage, so nobody can take part in it. A private"
                " window or an old browser may be the reason."
            )
