"""Examples of a child's way to a guardian's consent."""

from __future__ import annotations

from datetime import date

import flet as ft

from ...surface.example import Example, Setting
from .age import AgeQuestion
from .steps import GuardianCheck, GuardianEnd, HandOver, Sum


def _age(setting: Setting) -> ft.Control:
    return AgeQuestion(
        setting.language,
        today=date(2026, 3, 2),
        on_born=setting.does("born"),
        on_close=setting.does("close"),
    )


def _hand_over(setting: Setting) -> ft.Control:
    return HandOver(
        setting.language, on_guardian=setting.does("guardian"), on_browse=setting.does("browse")
    )


def _check(setting: Setting) -> ft.Control:
    return GuardianCheck(
        Sum(7, 13),
        setting.language,
        problem="",
        on_answer=setting.does("answer"),
        on_browse=setting.does("browse"),
    )


def _wrong(setting: Setting) -> ft.Control:
    return GuardianCheck(
        Sum(6, 17),
        setting.language,
        problem=setting.language.gettext("That was not it. Here is another one."),
        on_answer=setting.does("answer"),
        on_browse=setting.does("browse"),
    )


def _agreed(setting: Setting) -> ft.Control:
    return GuardianEnd(True, setting.language, on_close=setting.does("close"))


def _declined(setting: Setting) -> ft.Control:
    return GuardianEnd(False, setting.language, on_close=setting.does("close"))


EXAMPLES = (
    Example("age", "The neutral question of age.", _age, fills=False),
    Example("hand-over", "A child is asked to hand over the device.", _hand_over, fills=False),
    Example("check", "The task for a grown-up.", _check, fills=False),
    Example("check-again", "It was not solved.", _wrong, fills=False),
    Example("agreed", "The guardian agreed.", _agreed, fills=False),
    Example("declined", "The guardian did not agree, or not yet.", _declined, fills=False),
)
