"""One question of the study; the same for every questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ..pieces import choices, study_page

Options = Sequence[tuple[str, str]]
"""What can be answered: what is recorded, and its words."""


@kit_component
def StudyQuestion(
    language: Language,
    *,
    number: int,
    of: int,
    lead: str,
    words: str,
    options: Options,
    sureness: tuple[str, Options] | None = None,
    open_book: bool = False,
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
        number: Which of the step's questions it is, counted from 1.
        of: How many there are.
        lead: What introduces it; empty if nothing does.
        words: The question, or the statement.
        options: What can be answered.
        sureness: The question of how sure one is, with its answers; None where it is not asked.
        open_book: Whether the policy may be looked at.
        chosen: What is chosen at first; nothing, but for examples.
        sure: How sure one is at first; nothing, but for examples.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_answer: Called with the answer, how sure (or nothing), and how often it was changed.
        on_skip: Called when the person would rather not answer.
        on_look_up: Called to look at the policy; None where there is no way to it.
        on_stop: Called to stop taking part.
    """
    answer, set_answer = ft.use_state(chosen)
    how_sure, set_how_sure = ft.use_state(sure)
    changes, set_changes = ft.use_state(0)
    problem, set_problem = ft.use_state("")
    say = language.gettext

    def choose(value: str) -> None:
        if value and value != answer:
            set_problem("")
            set_changes(changes + 1 if answer else changes)
            set_answer(value)

    def go_on() -> Any:
        if not answer:
            set_problem(say("Please choose an answer, or pass over the question."))
            return None
        return on_answer(answer, how_sure, changes)

    asks_sureness = (
        []
        if sureness is None
        else [
            parts.heading(sureness[0], 2),
            choices(sureness[1], how_sure, set_how_sure, name="question.sure"),
        ]
    )
    return study_page(
        language,
        [
            *(
                [parts.note(say("Question {number} of {of}", number=number, of=of))]
                if of > 1
                else []
            ),
            *([parts.body(lead)] if lead else []),
            parts.heading(words, 1),
            *(
                [
                    parts.note(say("You may look at the policy for this one.")),
                    *(
                        []
                        if on_look_up is None
                        else [
                            parts.link(
                                say("Look at the policy"), on_look_up, identifier="question.look-up"
                            )
                        ]
                    ),
                ]
                if open_book
                else []
            ),
            choices(options, answer, choose, name="question.answer"),
            *asks_sureness,
        ],
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
