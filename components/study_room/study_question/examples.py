"""Examples of questions: one of each questionnaire."""

from __future__ import annotations

import flet as ft

from ...study.model import Step
from ...study.running.questions import Asked, questions
from ...study.words import StepKind
from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, held_in
from .study_question import StudyQuestion


def _asked(setting: Setting, step: Step) -> tuple[Asked, ...]:
    study = example_study()
    locale = held_in(setting.language.locale)
    names = {
        it: setting.pack.text(setting.pack.purposes[it].name, setting.language.locale)
        for it in study.purposes
    }
    decided = {f"purpose:{it}": "decline" for it in study.purposes}
    return questions(study, step, locale, names, decided)


def _question(
    setting: Setting,
    kind: StepKind,
    subject: str = "",
    *,
    at: int = 0,
    chosen: str = "",
    sure: str = "",
    open_book: bool = False,
) -> ft.Control:
    return StudyQuestion(
        setting.language,
        asked=_asked(setting, Step(kind, subject))[at],
        chosen=chosen,
        sure=sure,
        code=CODE,
        done=0.6,
        on_answer=setting.does("answer"),
        on_skip=setting.does("skip"),
        on_look_up=setting.does("look-up") if open_book else None,
        on_stop=setting.does("stop"),
    )


EXAMPLES = (
    Example("calibration", "Of the passage.", lambda it: _question(it, StepKind.CALIBRATE_READING)),
    Example("sus", "Of the system usability scale.", lambda it: _question(it, StepKind.SUS)),
    Example(
        "comprehension",
        "Of a comprehension form.",
        lambda it: _question(it, StepKind.COMPREHENSION, "A"),
    ),
    Example(
        "open-book",
        "With the policy to look at, and answered.",
        lambda it: _question(
            it, StepKind.COMPREHENSION, "B", at=1, chosen="false", sure="4", open_book=True
        ),
    ),
    Example("recall", "Of one's own choice.", lambda it: _question(it, StepKind.RECALL_CHOICE)),
    Example("wanted", "Of one's wish.", lambda it: _question(it, StepKind.RECALL_CHOICE, at=1)),
    Example("regret", "Of regret.", lambda it: _question(it, StepKind.REGRET)),
    Example("age", "Of the person.", lambda it: _question(it, StepKind.DEMOGRAPHICS)),
)
