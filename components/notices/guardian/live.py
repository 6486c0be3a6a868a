"""A child's way through a kit: age, hand-over, check, the guardian's own notice and consent."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

import flet as ft

from ...answers import NoticeOutcome
from ...consent.age import AgeBand
from ...consent.event import IndicatedBy
from ...surface.runtime import embed, kit_component
from ...surface.sheets import Dismissed, Sheet, SheetForm
from .age import AgeQuestion
from .steps import GuardianCheck, GuardianEnd, HandOver, Sum

if TYPE_CHECKING:
    from ...kit import ConsentKit

CHILD_PURPOSE = "child-data"
"""The purpose that a guardian agrees to for a child, as the taxonomy of purposes names it."""

T = TypeVar("T")


async def ask_age(kit: ConsentKit) -> AgeBand:
    """Ask for the day of birth, and take a child on to their guardian.

    Returns:
        Who decides for this person afterwards; unknown if they would rather not say.
    """
    born = await _Step[date | None]().answer(
        kit,
        lambda answer: embed(
            AgeQuestion,
            kit.language,
            today=kit.today(),
            on_born=answer,
            on_close=lambda: answer(None),
        ),
    )
    if isinstance(born, date) and kit.declare_birth_date(born) and kit.gate.age is AgeBand.CHILD:
        await ask_guardian(kit)
    return kit.gate.age


async def ask_guardian(kit: ConsentKit) -> NoticeOutcome:
    """Hand over to a child's guardian; they read, and agree or not.

    Whatever is closed on the way leaves the child browsing, and can be begun again.
    """
    here = await _Step[bool]().answer(
        kit,
        lambda answer: embed(
            HandOver,
            kit.language,
            on_guardian=lambda: answer(True),
            on_browse=lambda: answer(False),
        ),
    )
    if here is not True or not await _grown_up(kit):
        return NoticeOutcome.GUARDIAN_FIRST
    outcome = NoticeOutcome.ACCEPTED
    if not kit.gate.notice_accepted:
        outcome = await kit.show_first_notice(indicated_by=IndicatedBy.GUARDIAN)
    agreed = outcome is NoticeOutcome.ACCEPTED
    if agreed and CHILD_PURPOSE in kit.pack.purposes:
        answer = await kit.ask_for(
            CHILD_PURPOSE, gesture="guardian.consent", indicated_by=IndicatedBy.GUARDIAN
        )
        agreed = answer.granted
    await _Step[bool]().answer(
        kit,
        lambda done: embed(GuardianEnd, agreed, kit.language, on_close=lambda: done(True)),
    )
    return outcome


async def _grown_up(kit: ConsentKit) -> bool:
    answer = await _Step[bool]().answer(kit, lambda done: embed(_LiveCheck, kit, done))
    return answer is True


def _new_sum() -> Sum:
    return Sum(6 + secrets.randbelow(4), 12 + secrets.randbelow(8))


@kit_component
def _LiveCheck(kit: ConsentKit, answer: Callable[[bool], None]) -> ft.Control:
    first: Sum = ft.use_memo(_new_sum, [])
    sum_, set_sum = ft.use_state(first)
    problem, set_problem = ft.use_state("")

    def check(typed: str) -> None:
        if sum_.solved_by(typed):
            answer(True)
            return
        set_sum(_new_sum())
        set_problem(kit.language.gettext("That was not it. Here is another one."))

    return GuardianCheck(
        sum_,
        kit.language,
        problem=problem,
        on_answer=check,
        on_browse=lambda: answer(False),
    )


class _Step(Generic[T]):
    """One sheet on the way, and its answer."""

    async def answer(
        self, kit: ConsentKit, build: Callable[[Callable[[T], None]], ft.Control]
    ) -> T | Dismissed:
        """Show it until it is answered or goes away."""
        sheet: Sheet[T] = Sheet(kit.page, build, SheetForm.PROMPT)
        try:
            return await sheet.answered()
        finally:
            sheet.close()
