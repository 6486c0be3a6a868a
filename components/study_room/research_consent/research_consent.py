"""Agreeing to be studied. It has nothing to do with what the app under test asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.current import use_current
from ...surface.runtime import kit_component
from ..pieces import study_page, tick

NEEDED = frozenset({"behaviour", "answers"})
"""Without these there is nothing to take part in."""
_ORDER = ("behaviour", "answers", "observed", "free_text", "quote", "audio")


@kit_component
def ResearchConsent(
    language: Language,
    *,
    paragraphs: Sequence[str],
    scopes: frozenset[str],
    code: str,
    ticked: frozenset[str] = frozenset(),
    on_agree: Callable[[frozenset[str]], Any],
    on_refuse: Callable[[], Any],
) -> ft.Control:
    """The consent to take part, each part of it on its own and none ticked beforehand.

    Args:
        language: The interface's language.
        paragraphs: The study's words.
        scopes: What can be agreed to: ``behaviour``, ``answers``, ``observed``,
            ``free_text``, ``quote``, ``audio``.
        code: The participant's code.
        ticked: What is ticked at first; nothing, but for examples.
        on_agree: Called with what was agreed to.
        on_refuse: Called when the person does not take part.
    """
    agreed = use_current(ticked)
    problem, set_problem = ft.use_state("")
    say = language.gettext
    words = _words(language)

    def ticks(scope: str) -> Callable[[bool], None]:
        def act(on: bool) -> None:
            set_problem("")
            agreed.set(agreed.value | {scope} if on else agreed.value - {scope})

        return act

    def take_part() -> Any:
        missing = [words[it] for it in _ORDER if it in (NEEDED & scopes) - agreed.value]
        if missing:
            set_problem(
                say(
                    "Without this there is nothing to take part in: {what}.",
                    what=language.listed(missing),
                )
            )
            return None
        return on_agree(agreed.value)

    return study_page(
        language,
        [
            parts.heading(say("Would you like to take part?"), 1),
            *(parts.body(it) for it in paragraphs),
            *(
                tick(words[it], it in agreed.value, ticks(it), identifier=f"research.scope.{it}")
                for it in _ORDER
                if it in scopes
            ),
        ],
        [
            parts.announced(problem),
            parts.equal_choices(
                (say("No, thank you"), on_refuse), (say("Take part"), take_part), name="research"
            ),
        ],
        code=code,
    )


def _words(language: Language) -> dict[str, str]:
    say = language.gettext
    return {
        "behaviour": say("What I do in the app, and how long I look at it"),
        "answers": say("My answers to the questions"),
        "observed": say("A researcher looking on and taking notes"),
        "free_text": say("What I write in my own words"),
        "quote": say("Quoting my words, without my name"),
        "audio": say("A sound recording of the session"),
    }
