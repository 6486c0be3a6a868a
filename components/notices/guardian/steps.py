"""From the child to the guardian: hand over, show that a grown-up is there, and the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import handler, kit_component
from ...surface.sheets import asked_in_sheet


@dataclass(frozen=True)
class Sum:
    """Two numbers to be multiplied: no personal data, and rarely done by a small child."""

    first: int
    second: int

    def solved_by(self, answer: str) -> bool:
        """Whether an answer, as typed, is right."""
        return answer.strip() == str(self.first * self.second)


@kit_component
def HandOver(
    language: Language, *, on_guardian: Callable[[], Any], on_browse: Callable[[], Any]
) -> ft.Control:
    """Tells a child what a guardian is needed for, and what works without.

    Args:
        language: The interface's language.
        on_guardian: Called when the guardian has the device.
        on_browse: Called to go on browsing.
    """
    say = language.gettext
    return asked_in_sheet(
        [
            parts.heading(say("Please hand this to your parent or guardian"), 2),
            parts.body(
                say(
                    "An account and tickets need the consent of a grown-up who looks after you."
                    " They can read everything and decide here, now or later."
                )
            ),
            *_alone(language),
        ],
        parts.equal_choices(
            (say("Not now, go on browsing"), on_browse),
            (say("I am the guardian"), on_guardian),
            name="hand-over",
        ),
    )


def _alone(language: Language) -> list[ft.Control]:
    say = language.gettext
    return [
        parts.point(
            "movie",
            say("Browsing works without it"),
            say("Films, cinemas and showtimes, with no information about you."),
        ),
        parts.point(
            "undo",
            say("Taking back is always yours"),
            say("What was agreed to for you, you can withdraw by yourself, in the consent centre."),
        ),
    ]


@kit_component
def GuardianCheck(
    sum_: Sum,
    language: Language,
    *,
    problem: str,
    on_answer: Callable[[str], Any],
    on_browse: Callable[[], Any],
) -> ft.Control:
    """A small task for a grown-up. It needs no personal data and proves no identity.

    Args:
        sum_: What is to be worked out.
        language: The interface's language.
        problem: What was wrong with the answer before; empty at first.
        on_answer: Called with what was typed.
        on_browse: Called to go back to browsing.
    """
    typed = use_current("")
    say = language.gettext

    def changed(event: ft.Event[ft.TextField]) -> None:
        typed.set(event.control.value or "")

    async def go_on() -> None:
        answer = typed.value
        typed.set("")
        await handler(on_answer, answer)()

    return asked_in_sheet(
        [
            parts.heading(say("For the guardian: a small sum"), 2),
            parts.body(
                say("It only shows that a grown-up is here. Nothing about you is collected.")
            ),
            parts.body(
                say(
                    "What is {first} times {second}?",
                    first=language.number(sum_.first),
                    second=language.number(sum_.second),
                )
            ),
            ft.Semantics(
                content=ft.TextField(
                    color=tokens.TEXT,
                    label=say("Result"),
                    value=typed.value,
                    on_change=changed,
                    keyboard_type=ft.KeyboardType.NUMBER,
                    key="guardian.result",
                ),
                identifier="guardian.result",
            ),
            parts.live(problem),
        ],
        parts.equal_choices(
            (say("Not now, go on browsing"), on_browse), (say("Continue"), go_on), name="guardian"
        ),
    )


@kit_component
def GuardianEnd(agreed: bool, language: Language, *, on_close: Callable[[], Any]) -> ft.Control:
    """How it ended, and what is possible now.

    Args:
        agreed: Whether the guardian agreed.
        language: The interface's language.
        on_close: Called when it was read.
    """
    say = language.gettext
    title = say("Your guardian has agreed") if agreed else say("You can go on browsing")
    words = (
        say("The record says that a guardian agreed. You may hand the device back.")
        if agreed
        else say("Nothing is collected. Your guardian can decide otherwise at any time.")
    )
    return asked_in_sheet(
        [parts.heading(title, 2), parts.body(words), *_alone(language)],
        ft.Row(
            [parts.action(say("Done"), on_close, identifier="guardian.done", expand=True)],
            spacing=tokens.GAP,
        ),
    )
