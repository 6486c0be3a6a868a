"""One question from its gesture to its record: explain, ask, ask the system, write down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import flet as ft

from .answers import Answer, Outcome
from .consent.event import IndicatedBy, Layer
from .consent.gate import (
    Initiative,
    NotPermitted,
    Verdict,
    permission_target,
    purpose_target,
)
from .consent.ledger import LedgerError
from .consent.permissions import PermissionPort, SystemStatus
from .notices.prompt import PromptChoice
from .notices.screens import QuestionSheet, question_sheet
from .policy.notice import PromptForm
from .policy.pack import Permission, RequestMode
from .question import Question, about_permission, about_purpose, can_be_put
from .surface.sheets import Dismissed, dismiss_sheets

if TYPE_CHECKING:
    from .kit import ConsentKit


class Asking:
    """The asking side of one kit.

    Args:
        kit: The kit it asks for.
        permissions: The operating system's permissions.
    """

    def __init__(self, kit: ConsentKit, permissions: PermissionPort) -> None:
        self._kit = kit
        self._permissions = permissions
        self._sheet: QuestionSheet | None = None

    async def ask(
        self, permission_id: str, gesture: str, asked: IndicatedBy = IndicatedBy.SUBJECT
    ) -> Answer:
        """See :meth:`.kit.ConsentKit.ask`."""
        return self._freed(permission_id, await self._asked(permission_id, gesture, asked))

    async def _asked(self, permission_id: str, gesture: str, asked: IndicatedBy) -> Answer:
        gate = self._kit.gate
        if not gate.notice_accepted:
            # The system is not even looked at before the base notice.
            return Answer(Outcome.NOT_ASKED, Verdict.NOTICE_FIRST)
        permission = self._kit.pack.permissions.get(permission_id)
        if permission is None:
            return Answer(Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
        system = await self._system_status(permission)
        verdict = gate.judge_permission(permission_id, gesture=gesture, system=system, asked=asked)
        form = self._form(permission, system)
        match verdict:
            case Verdict.PERMITTED:
                self._mirror(permission, system, gesture)
                return Answer(Outcome.GRANTED, verdict)
            case Verdict.EXPLAIN | Verdict.EXPLAIN_IN_PLACE if form is None:
                # The one button would lead to a question that the system no longer puts.
                return Answer(Outcome.NOT_ASKED, Verdict.SETTINGS)
            case Verdict.EXPLAIN:
                layer = Layer.JUST_IN_TIME
                question = about_permission(
                    self._kit, permission, layer, gesture, asked, form or PromptForm.CHOICE
                )
                return await self._put(permission.id, question, ask_system=True)
            case Verdict.EXPLAIN_IN_PLACE:
                return Answer(Outcome.IN_PLACE, verdict)
            case Verdict.ASK_SYSTEM:
                with self._question_open(permission_id):
                    return await self._ask_system(permission, gesture, verdict)
            case _:
                return Answer(Outcome.NOT_ASKED, verdict)

    async def ask_for(
        self, purpose_id: str, gesture: str | None, asked: IndicatedBy = IndicatedBy.SUBJECT
    ) -> Answer:
        """See :meth:`.kit.ConsentKit.ask_for`."""
        initiative = Initiative.APP if gesture is None else Initiative.PERSON
        verdict = self._kit.gate.judge_purpose(purpose_id, initiative=initiative, asked=asked)
        if verdict is Verdict.EXPLAIN_IN_PLACE:
            return Answer(Outcome.IN_PLACE, verdict)
        if verdict is not Verdict.EXPLAIN:
            granted = verdict is Verdict.PERMITTED
            return Answer(Outcome.GRANTED if granted else Outcome.NOT_ASKED, verdict)
        if not can_be_put(self._kit.pack, purpose_id):
            return Answer(Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
        return await self._put_purpose(purpose_id, gesture, asked, Layer.JUST_IN_TIME)

    async def ask_again(self, purpose_id: str, asked: IndicatedBy = IndicatedBy.SUBJECT) -> Answer:
        """Ask anew for a purpose that a new version touched, from the notice of that update."""
        verdict = self._kit.gate.judge_purpose(
            purpose_id, initiative=Initiative.PERSON, asked=asked
        )
        if verdict not in (Verdict.EXPLAIN, Verdict.EXPLAIN_IN_PLACE):
            granted = verdict is Verdict.PERMITTED
            return Answer(Outcome.GRANTED if granted else Outcome.NOT_ASKED, verdict)
        if not can_be_put(self._kit.pack, purpose_id):
            return Answer(Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
        gesture = f"update-notice.ask.{purpose_id}"
        return await self._put_purpose(purpose_id, gesture, asked, Layer.UPDATE_NOTICE)

    async def ask_from_centre(
        self, purpose_id: str, asked: IndicatedBy = IndicatedBy.SUBJECT
    ) -> Answer:
        """The person opened the consent centre to say yes: explain once more, then record."""
        verdict = self._kit.gate.judge_purpose(
            purpose_id, initiative=Initiative.PERSON, asked=asked
        )
        if verdict not in (Verdict.EXPLAIN, Verdict.EXPLAIN_IN_PLACE):
            granted = verdict is Verdict.PERMITTED
            return Answer(Outcome.GRANTED if granted else Outcome.NOT_ASKED, verdict)
        if not can_be_put(self._kit.pack, purpose_id):
            return Answer(Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
        gesture = f"centre.give.{purpose_id}"
        return await self._put_purpose(purpose_id, gesture, asked, Layer.CONSENT_CENTRE)

    async def _put_purpose(
        self, purpose_id: str, gesture: str | None, asked: IndicatedBy, layer: Layer
    ) -> Answer:
        question = about_purpose(self._kit, purpose_id, layer, gesture, asked)
        return await self._put(purpose_id, question, ask_system=False)

    def _form(self, permission: Permission, system: SystemStatus) -> PromptForm | None:
        """How a permission's prompt is answered; None where it would lead nowhere.

        On iOS a screen before the system's question has one button that leads on to it, and the
        choice is made there (App Review 5.1.1(iv)). Where no question of the system follows, the
        choice is made here, as everywhere else.
        """
        page = self._kit.page
        apple = page.platform is ft.PagePlatform.IOS and not page.web
        if not apple or permission.request is not RequestMode.JUST_IN_TIME:
            return PromptForm.CHOICE
        match system:
            case SystemStatus.NOT_GRANTED:
                return PromptForm.NEUTRAL
            case SystemStatus.GRANTED:
                return PromptForm.CHOICE
            case _:
                return None

    async def answer_in_place(
        self,
        permission_id: str,
        choice: PromptChoice,
        gesture: str,
        asked: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Answer:
        """Take what was pressed under an explanation in the host's own screen."""
        answer = await self._answered_in_place(permission_id, choice, gesture, asked)
        return self._freed(permission_id, answer)

    async def _answered_in_place(
        self, permission_id: str, choice: PromptChoice, gesture: str, asked: IndicatedBy
    ) -> Answer:
        permission = self._kit.pack.permissions[permission_id]
        question = about_permission(self._kit, permission, Layer.IN_PLACE, gesture, asked)
        verdict = self._kit.gate.judge_permission(
            permission_id,
            gesture=gesture,
            system=await self._system_status(permission),
            asked=asked,
        )
        if verdict not in (Verdict.EXPLAIN, Verdict.EXPLAIN_IN_PLACE):
            return Answer(Outcome.NOT_ASKED, verdict)
        with self._question_open(permission_id):
            return await self._settle(question, choice, verdict, ask_system=True)

    async def mirror_permissions(self) -> None:
        """Write down what the system's settings say of every permission ever in question."""
        if not self._kit.gate.notice_accepted:
            return
        for permission in self._kit.pack.permissions.values():
            if self._kit.record.holding(permission_target(permission.id)) is not None:
                self._mirror(permission, await self._permissions.status(permission), None)

    def abandon(self) -> None:
        """The session ends: what is open counts as dismissed, also a notice."""
        dismiss_sheets(self._kit.page)

    async def system_status(self, permission_id: str) -> SystemStatus:
        """What the system says of a permission, without asking the person anything."""
        return await self._system_status(self._kit.pack.permissions[permission_id])

    async def open_settings(self) -> bool:
        """Open the system's settings of this app; False if that cannot be done here."""
        return await self._permissions.open_settings()

    def _freed(self, permission_id: str, answer: Answer) -> Answer:
        """A gesture that ended in a grant allows a use, also where each allows one only."""
        if answer.granted:
            self._kit.gate.free_for_one_use(permission_id)
        return answer

    async def _put(self, name: str, question: Question, *, ask_system: bool) -> Answer:
        """Put a question before the person, and record the answer."""
        with self._question_open(name):
            if not self._noted(question):
                return Answer(Outcome.NOT_SAVED, Verdict.EXPLAIN)
            self._sheet = question_sheet(self._kit, question)
            try:
                choice = await self._sheet.answered()
                return await self._settle(question, choice, Verdict.EXPLAIN, ask_system=ask_system)
            finally:
                sheet, self._sheet = self._sheet, None
                sheet.close()

    async def _settle(
        self,
        question: Question,
        choice: PromptChoice | Dismissed,
        verdict: Verdict,
        *,
        ask_system: bool,
    ) -> Answer:
        """Record what was pressed, then let the system ask if there is something to ask."""
        choices = self._kit.choices
        permission = question.permission
        if (
            choice is PromptChoice.ACCEPT
            and question.form is PromptForm.NEUTRAL
            and permission is not None
        ):
            return await self._led_on(question, permission, verdict)
        try:
            if choice is PromptChoice.ACCEPT:
                choices.give(
                    question.purpose_id,
                    question.notice,
                    layer=question.layer,
                    label=question.accept,
                    gesture=question.gesture,
                    indicated_by=question.asked,
                )
            elif choice is PromptChoice.REFUSE:
                choices.refuse(
                    question.purpose_id,
                    question.notice,
                    layer=question.layer,
                    label=question.refuse,
                    gesture=question.gesture,
                    indicated_by=question.asked,
                )
                return Answer(Outcome.REFUSED, verdict)
            else:
                choices.defer(
                    question.purpose_id,
                    question.notice,
                    layer=question.layer,
                    gesture=question.gesture,
                )
                return Answer(Outcome.DISMISSED, verdict)
        except NotPermitted:
            # While the question was open, another window answered it, or took the notice back.
            return Answer(Outcome.NOT_ASKED, self._judged_anew(question))
        except LedgerError:
            self._kit.tell_not_saved()
            return Answer(Outcome.NOT_SAVED, verdict)
        if ask_system and permission is not None:
            return await self._ask_system(permission, question.gesture, verdict)
        return Answer(Outcome.GRANTED, verdict)

    async def _led_on(self, question: Question, permission: Permission, verdict: Verdict) -> Answer:
        """After the one button of the neutral form: what is said to the system is the answer.

        Nothing is agreed to before it. Without a yes there the question counts as not answered,
        and the system's no is written down as the system's.
        """
        answer = await self._ask_system(permission, question.gesture, verdict)
        if answer.outcome is Outcome.NOT_SAVED:
            return answer
        pressed = PromptChoice.ACCEPT if answer.granted else Dismissed.DISMISSED
        settled = await self._settle(
            replace(question, form=PromptForm.CHOICE), pressed, verdict, ask_system=False
        )
        return settled if settled.outcome is not Outcome.DISMISSED else answer

    def _judged_anew(self, question: Question) -> Verdict:
        gate = self._kit.gate
        gate.close_question()
        return gate.judge_purpose(
            question.purpose_id, initiative=question.initiative, asked=question.asked
        )

    async def _ask_system(
        self, permission: Permission, gesture: str | None, verdict: Verdict
    ) -> Answer:
        if permission.request is RequestMode.PICKER:
            return Answer(Outcome.GRANTED, verdict)
        if self._sheet is not None:
            # It stays, so that the person sees why they are asked.
            self._sheet.system_asks()
        system = await self._permissions.request(permission)
        if not self._mirror(permission, system, gesture):
            return Answer(Outcome.NOT_SAVED, verdict)
        granted = system is SystemStatus.GRANTED
        return Answer(Outcome.GRANTED if granted else Outcome.DENIED_BY_SYSTEM, verdict)

    async def _system_status(self, permission: Permission) -> SystemStatus:
        if permission.request is RequestMode.PICKER:
            # A system picker hands over what the person picks; there is nothing to grant.
            return SystemStatus.GRANTED
        return await self._permissions.status(permission)

    def _mirror(self, permission: Permission, system: SystemStatus, gesture: str | None) -> bool:
        """Write down the system's word; False if it could not be written, so does not count."""
        if permission.request is RequestMode.PICKER:
            return True
        try:
            self._kit.choices.mirror(permission.id, system, gesture=gesture)
        except LedgerError:
            self._kit.tell_not_saved()
            return False
        return True

    def _noted(self, question: Question) -> bool:
        """Count the ask, durably, before it is shown; an ask that cannot be counted is not put."""
        try:
            self._kit.record.ledger.record_ask(
                purpose_target(question.purpose_id), question.initiative.value
            )
        except LedgerError:
            self._kit.tell_not_saved()
            return False
        return True

    @contextmanager
    def _question_open(self, name: str) -> Iterator[None]:
        self._kit.gate.open_question(name)
        try:
            yield
        finally:
            self._kit.gate.close_question()
