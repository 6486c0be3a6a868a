"""One question of the study; the same for every questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...study.running.questions import Asked
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import kit_component
from ..pieces import choices, study_page


@kit_component
def StudyQuestion(
    language: Language,
    *,
    asked: Asked,
    chosen: str = "",
    sure: str = "",
    code: str,
    done: float,
    on_answer: Callable[[str, str, int], Any],
    on_skip: Callable[[], Any],
    on_look_up: Callable[[], Any] | None = None,
    on_stop: Callable[[], Any],
) -> ft.Control:
    """A question with its answers, none of them chosen beforehand.

    Args:
        language: The interface's language.
        asked: The question.
        chosen: What is chosen at first; nothing, but for examples.
        sure: How sure one is at first; nothing, but for examples.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_answer: Called with the answer, how sure (or nothing), and how often it was changed.
        on_skip: Called when the person would rather not answer.
        on_look_up: Called to look at the policy; None where it may not be looked at.
        on_stop: Called to stop taking part.
    """
    answer, how_sure, changes = use_current(chosen), use_current(sure), use_current(0)
    problem, set_problem = ft.use_state("")
    say = language.gettext

    def choose(value: str) -> None:
        if value and value != answer.value:
            set_problem("")
            if answer.value:
                changes.set(changes.value + 1)
            answer.set(value)

    def go_on() -> Any:
        if not answer.value:
            set_problem(say("Please choose an answer, or pass over the question."))
            return None
        return on_answer(answer.value, how_sure.value, changes.value)

    content: list[ft.Control] = []
    if asked.of > 1:
        counted = say("Question {number} of {of}", number=asked.position, of=asked.of)
        content.append(parts.note(counted))
    if asked.lead:
        content.append(parts.body(asked.lead))
    content.append(parts.heading(asked.words, 1))
    if on_look_up is not None:
        content += [
            parts.note(say("You may look at the policy for this one.")),
            parts.link(say("Look at the policy"), on_look_up, identifier="question.look-up"),
        ]
    content.append(choices(asked.choices, answer.value, choose, name="question.answer"))
    if asked.sureness is not None:
        words, options = asked.sureness
        content += [
            parts.heading(words, 2),
            choices(options, how_sure.value, how_sure.set, name="question.sure"),
        ]
    return study_page(
        language,
        content,
        [
            parts.announced(problem),
            ft.Row(
                [
                    parts.action(
                        say("Pass over"), on_skip, identifier="question.skip", expand=True
                    ),
                    parts.action(say("Next"), go_on, identifier="question.next", expand=True),
                ],
                spacing=tokens.GAP_MIDDLE,
                intrinsic_height=True,
                vertical_alignment=ft.CrossAxisAlignment.STRETCH,
            ),
        ],
        code=code,
        on_stop=on_stop,
        done=done,
    )
