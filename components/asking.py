"""One question from its gesture to its record: explain, ask, ask the system, write down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from .notices.screens import prompt_sheet, purpose_sheet
from .policy.notice import Notice, prompt_notice, purpose_notice
from .policy.pack import ConsentKind, Permission, RequestMode
from .policy.texts import PromptText
from .surface.sheets import Dismissed, Sheet

if TYPE_CHECKING:
    from .kit import ConsentKit


@dataclass(frozen=True)
class _Question:
    """What is asked: a purpose, the words for it, and the permission that goes with it, if any."""

    purpose_id: str
    notice: Notice
    layer: Layer
    accept: str
    refuse: str
    gesture: str | None
    permission: Permission | None
    asked: IndicatedBy

    @property
    def initiative(self) -> Initiative:
        """Who set it going: without a gesture, the app."""
        return Initiative.APP if self.gesture is None else Initiative.PERSON


class Asking:
    """The asking side of one kit.

    Args:
        kit: The kit it asks for.
        permissions: The operating system's permissions.
    """

    def __init__(self, kit: ConsentKit, permissions: PermissionPort) -> None:
        self._kit = kit
        self._permissions = permissions
        self._sheet: Sheet[PromptChoice] | None = None

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
        match verdict:
            case Verdict.PERMITTED:
                self._mirror(permission, system, gesture)
                return Answer(Outcome.GRANTED, verdict)
            case Verdict.EXPLAIN:
                return await self._explain(permission, gesture, asked)
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
        if self._kit.pack.purposes[purpose_id].consent is ConsentKind.SEPARATE and (
            self._permission_with_words(purpose_id) is None
        ):
            # Necessity and impact have to be said (PIPL art. 30), and only prompts say them.
            return Answer(Outcome.NOT_ASKED, Verdict.NOT_DECLARED)
        return await self._put(purpose_id, gesture, asked, Layer.JUST_IN_TIME)

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
        gesture = f"centre.give.{purpose_id}"
        return await self._put(purpose_id, gesture, asked, Layer.CONSENT_CENTRE)

    async def _put(
        self, purpose_id: str, gesture: str | None, asked: IndicatedBy, layer: Layer
    ) -> Answer:
        """Put the question of a purpose, in the words of its prompt if it has one."""
        permission = self._permission_with_words(purpose_id)
        if permission is not None:
            return await self._explain(permission, gesture, asked, ask_system=False)
        return await self._explain_purpose(purpose_id, gesture, asked, layer)

    def _permission_with_words(self, purpose_id: str) -> Permission | None:
        pack = self._kit.pack
        permissions = (pack.permissions[it] for it in pack.purposes[purpose_id].permissions)
        return next((it for it in permissions if it.prompt is not None), None)

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
        prompt = self._prompt(permission)
        question = self._question(permission, prompt, Layer.IN_PLACE, gesture, asked)
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
        """The session ends: what is open counts as dismissed."""
        if self._sheet is not None:
            self._sheet.dismiss()

    def _freed(self, permission_id: str, answer: Answer) -> Answer:
        """A gesture that ended in a grant allows a use, also where each allows one only."""
        if answer.granted:
            self._kit.gate.free_for_one_use(permission_id)
        return answer

    async def _explain(
        self,
        permission: Permission,
        gesture: str | None,
        asked: IndicatedBy,
        *,
        ask_system: bool = True,
    ) -> Answer:
        prompt = self._prompt(permission)
        question = self._question(permission, prompt, Layer.JUST_IN_TIME, gesture, asked)
        with self._question_open(permission.id):
            if not self._noted(question):
                return Answer(Outcome.NOT_SAVED, Verdict.EXPLAIN)
            self._sheet = prompt_sheet(self._kit, prompt)
            try:
                choice = await self._sheet.answered()
                return await self._settle(question, choice, Verdict.EXPLAIN, ask_system=ask_system)
            finally:
                sheet, self._sheet = self._sheet, None
                sheet.close()

    async def _explain_purpose(
        self, purpose_id: str, gesture: str | None, asked: IndicatedBy, layer: Layer
    ) -> Answer:
        say = self._kit.language.gettext
        question = _Question(
            purpose_id=purpose_id,
            notice=purpose_notice(self._kit.pack, purpose_id, self._kit.language.locale),
            layer=layer,
            accept=say("Agree"),
            refuse=say("Not now"),
            gesture=gesture,
            permission=None,
            asked=asked,
        )
        with self._question_open(purpose_id):
            if not self._noted(question):
                return Answer(Outcome.NOT_SAVED, Verdict.EXPLAIN)
            self._sheet = purpose_sheet(self._kit, purpose_id, question.accept, question.refuse)
            try:
                choice = await self._sheet.answered()
                return await self._settle(question, choice, Verdict.EXPLAIN, ask_system=False)
            finally:
                sheet, self._sheet = self._sheet, None
                sheet.close()

    async def _settle(
        self,
        question: _Question,
        choice: PromptChoice | Dismissed,
        verdict: Verdict,
        *,
        ask_system: bool,
    ) -> Answer:
        """Record what was pressed, then let the system ask if there is something to ask."""
        choices = self._kit.choices
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
        if ask_system and question.permission is not None:
            return await self._ask_system(question.permission, question.gesture, verdict)
        return Answer(Outcome.GRANTED, verdict)

    def _judged_anew(self, question: _Question) -> Verdict:
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

    def _noted(self, question: _Question) -> bool:
        """Count the ask, durably, before it is shown; an ask that cannot be counted is not put."""
        try:
            self._kit.record.ledger.record_ask(
                purpose_target(question.purpose_id), question.initiative.value
            )
        except LedgerError:
            self._kit.tell_not_saved()
            return False
        return True

    def _prompt(self, permission: Permission) -> PromptText:
        if permission.prompt is None:
            raise LookupError(f"permission {permission.id!r} has no just-in-time prompt")
        return self._kit.texts.prompts[permission.prompt]

    def _question(
        self,
        permission: Permission,
        prompt: PromptText,
        layer: Layer,
        gesture: str | None,
        asked: IndicatedBy,
    ) -> _Question:
        if permission.purpose is None:
            raise LookupError(f"permission {permission.id!r} serves no purpose")
        return _Question(
            purpose_id=permission.purpose,
            notice=prompt_notice(self._kit.pack, prompt.id, self._kit.language.locale),
            layer=layer,
            accept=prompt.accept,
            refuse=prompt.refuse,
            gesture=gesture,
            permission=permission,
            asked=asked,
        )

    @contextmanager
    def _question_open(self, name: str) -> Iterator[None]:
        self._kit.gate.open_question(name)
        try:
            yield
        finally:
            self._kit.gate.close_question()

    async def open_settings(self) -> bool:
        """Open this app's page in the system's settings; False where that cannot be done."""
        return await self._permissions.open_settings()
