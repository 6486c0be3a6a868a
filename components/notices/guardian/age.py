"""The question of age: neutral, so that nothing tells which answer opens what (R-060)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import handler, kit_component
from ...surface.sheets import asked_in_sheet

_OLDEST_YEARS = 130


def read_birth_date(year: str, month: str, day: str, today: date, language: Language) -> date | str:
    """The day that was typed, or in words what is wrong with it."""
    say = language.gettext
    try:
        numbers = [int(it.strip()) for it in (year, month, day)]
    except ValueError:
        return say("Please enter year, month and day as numbers, for example 1990, 5 and 20.")
    if numbers[0] < today.year - _OLDEST_YEARS:
        return say("Please enter the year with four digits, for example 1990.")
    try:
        born = date(*numbers)
    except ValueError:
        return say("There is no such day. Please look at month and day again.")
    if born > today:
        return say("This day is still to come. Please look at the year again.")
    return born


@kit_component
def AgeQuestion(
    language: Language,
    *,
    today: date,
    on_born: Callable[[date], Any],
    on_close: Callable[[], Any],
) -> ft.Control:
    """Asks for the day of birth, in the same words for everybody.

    Args:
        language: The interface's language.
        today: What day it is.
        on_born: Called with a day that there was.
        on_close: Called when the person would rather not say.
    """
    typed = use_current(("", "", ""))
    problem, set_problem = ft.use_state("")
    say = language.gettext

    def field(position: int, label: str, identifier: str) -> ft.Control:
        def changed(event: ft.Event[ft.TextField]) -> None:
            value = event.control.value or ""
            year, month, day = (
                value if it == position else other for it, other in enumerate(typed.value)
            )
            typed.set((year, month, day))

        return ft.Semantics(
            content=ft.TextField(
                color=tokens.TEXT,
                label=label,
                # Three in a row: the words have to fit a third of a narrow phone at twice the size.
                label_style=ft.TextStyle(size=14),
                content_padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=14),
                value=typed.value[position],
                on_change=changed,
                keyboard_type=ft.KeyboardType.NUMBER,
                key=identifier,
            ),
            identifier=identifier,
            expand=True,
        )

    async def go_on() -> None:
        born = read_birth_date(*typed.value, today, language)
        if isinstance(born, str):
            set_problem(born)
            return
        set_problem("")
        await handler(on_born, born)()

    return asked_in_sheet(
        [
            parts.heading(say("When were you born?"), 2),
            parts.body(
                say(
                    "We ask everybody. The day stays on this device and is not sent; it decides"
                    " which rules protect you."
                )
            ),
            ft.Row(
                [
                    field(0, say("Year"), "age.year"),
                    field(1, say("Month"), "age.month"),
                    field(2, say("Day"), "age.day"),
                ],
                spacing=tokens.GAP,
            ),
            parts.live(problem),
        ],
        parts.equal_choices(
            (say("Rather not say"), on_close), (say("Continue"), go_on), name="age"
        ),
    )
