"""What a page of the host says after an ask that did not end in a yes, where the person tapped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from ..answers import Answer, Outcome
from ..consent.gate import Verdict
from ..notices.prompt import PromptChoice, PromptInPlace
from ..surface import parts

if TYPE_CHECKING:
    from ..kit import ConsentKit


class Remark(StrEnum):
    """``EXPLANATION``: the prompt's words, in place. ``NOTICE_FIRST``: the base notice comes
    before. ``NOT_USED``: the feature goes on without. ``SYSTEM_DENIES``: the system's settings
    decide. ``NOT_FOUND``: permitted, but the device had nothing to give."""

    NONE = "none"
    EXPLANATION = "explanation"
    NOTICE_FIRST = "notice-first"
    NOT_USED = "not-used"
    SYSTEM_DENIES = "system-denies"
    NOT_FOUND = "not-found"


def remark_of(answer: Answer) -> Remark:
    """What is to be said after an answer."""
    if answer.granted:
        return Remark.NONE
    if answer.outcome is Outcome.IN_PLACE:
        return Remark.EXPLANATION
    if answer.outcome is Outcome.DENIED_BY_SYSTEM:
        return Remark.SYSTEM_DENIES
    match answer.verdict:
        case Verdict.NOTICE_FIRST:
            return Remark.NOTICE_FIRST
        case Verdict.SETTINGS | Verdict.RESTRICTED:
            return Remark.SYSTEM_DENIES
        case _:
            return Remark.NOT_USED


def explanation(
    kit: ConsentKit,
    permission_id: str,
    gesture: str,
    follow: Callable[[Answer], Awaitable[None]],
) -> ft.Control:
    """The prompt's words in the host's own screen.

    Args:
        kit: Asked, and told the answer.
        permission_id: What it is about.
        gesture: The tap that led here.
        follow: Called with how it ended.
    """
    text = kit.texts.prompts[permission_id]

    async def answer(choice: PromptChoice) -> None:
        await follow(await kit.answer_in_place(permission_id, choice, gesture=gesture))

    return PromptInPlace(
        text,
        kit.clause_title(text.clauses[0]),
        kit.language,
        lead=kit.language.gettext(
            "You said no before. If you see it differently now, say so here."
        ),
        on_choice=answer,
        on_read=kit.open_policy,
        written_in=kit.pack.locale_for(kit.language.locale),
    )


def system_denies(kit: ConsentKit, words: str, permission_id: str, identifier: str) -> ft.Control:
    """A sentence about the system's settings, and the way to what helps."""
    return parts.card(
        [
            parts.live(words),
            parts.link(
                kit.language.gettext("Why, and what helps"),
                kit.screens.system_help,
                permission_id,
                identifier=identifier,
            ),
        ]
    )
