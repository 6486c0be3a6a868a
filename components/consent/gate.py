"""May it be done, and may it be asked? The rules that hold whatever the screens do.

The gate gathers the facts (:mod:`.facts`) and applies the tables: :data:`.standing.STANDING_RULES`,
:data:`.questions.QUESTION_RULES` and :data:`.uses.USE_RULES`. It writes nothing. What it does not
know is not permitted. docs/gate.md shows the tables.
"""

from __future__ import annotations

from datetime import timedelta

from ..policy.pack import Pack, Permission, PermissionUse, RequestMode
from .age import AgeBand
from .clock import Clock
from .event import Event, IndicatedBy, Target
from .facts import Facts, permission_target, purpose_target
from .ledger_errors import LedgerError
from .overdue import Due, overdue
from .permissions import SystemStatus
from .questions import (
    QUESTION_RULES,
    AsksLeft,
    Initiative,
    Lately,
    OpenQuestion,
    QuestionSituation,
    System,
    Verdict,
)
from .record import Record
from .rules import Rule, decide
from .standing import STANDING_RULES, Holding, NoticeState, Standing
from .transitions import NotPermitted
from .uses import USE_RULES, GestureUse, GestureUses, Means, Use, UseSituation

__all__ = [
    "AgeBand",
    "Due",
    "Gate",
    "Initiative",
    "NotPermitted",
    "NoticeState",
    "Standing",
    "Verdict",
    "permission_target",
    "purpose_target",
]

_SYSTEM = {
    SystemStatus.GRANTED: System.GRANTED,
    SystemStatus.NOT_GRANTED: System.WOULD_ASK,
    SystemStatus.DENIED_FOR_GOOD: System.DENIED_FOR_GOOD,
    SystemStatus.RESTRICTED: System.BARRED,
    SystemStatus.UNSUPPORTED: System.BARRED,
}


class Gate:
    """The rules of one pack over one record.

    Args:
        pack: What is declared.
        record: What was chosen.
        clock: Against which times are measured.
    """

    def __init__(self, pack: Pack, record: Record, clock: Clock) -> None:
        self._pack = pack
        self._record = record
        self._clock = clock
        self._facts = Facts(pack, record, clock)
        self._gestures = GestureUses(clock)
        self._open_question: str | None = None

    # --- who decides, and the base notice

    @property
    def age(self) -> AgeBand:
        """Who decides for this person today."""
        return self._facts.age()

    @property
    def notice(self) -> NoticeState:
        """What was answered to the base notice."""
        return self._facts.notice(self.age)

    @property
    def notice_accepted(self) -> bool:
        """Whether the base notice is accepted by who decides, on this version or an earlier one."""
        return self.notice in (NoticeState.ACCEPTED, NoticeState.UPDATED)

    @property
    def notice_due(self) -> bool:
        """Whether whoever decides has not yet had the choice of a base notice that still holds."""
        return self.notice is NoticeState.OPEN

    @property
    def update_due(self) -> bool:
        """Whether a material version came after the one that was accepted.

        What it does not touch stays permitted; :meth:`touched` is suspended.
        """
        return self.notice is NoticeState.UPDATED

    @property
    def touched(self) -> tuple[str, ...]:
        """Ids of the purposes whose consent is suspended because they changed since it was given.

        In the pack's order; also once :meth:`.choices.Choices.settle` has written that down.
        """
        return tuple(id_ for id_ in self._pack.purposes if self._is_touched(id_))

    @property
    def may_send(self) -> bool:
        """Whether the record may leave the device.

        Only once a base notice was accepted. A later withdrawal does not close this again: the
        endpoint has to learn of it.
        """
        return self._record.base_was_ever_given

    # --- may it be done?

    def permits(self, purpose_id: str) -> bool:
        """Whether data may be processed for a purpose now. Unknown is not permitted."""
        return self.standing(purpose_id).answer is Standing.PERMITTED

    def standing(self, purpose_id: str) -> Rule[Standing]:
        """The rule by which a purpose is permitted or not; says why."""
        return decide(STANDING_RULES, self._facts.situation(purpose_id))

    def require(self, purpose_id: str, permission_id: str | None = None) -> None:
        """Raise unless a purpose is permitted, and a permission is one it may use and is granted.

        A permission that may be used once a gesture also needs a gesture that is not used up;
        this leaves it as it is.

        Raises:
            NotPermitted: Says which of these is missing.
        """
        standing = self.standing(purpose_id)
        means, gesture = self._means(purpose_id, permission_id)
        rule = decide(USE_RULES, UseSituation(standing.answer, means, gesture))
        if rule.answer is Use.ALLOWED:
            return
        use = f"purpose {purpose_id!r}"
        if permission_id is not None:
            use += f" with permission {permission_id!r}"
        reason = rule.because
        if standing.answer is not Standing.PERMITTED:
            reason += f" {standing.because}"
        raise NotPermitted(f"{use}: {reason}")

    def use(self, purpose_id: str, permission_id: str | None = None) -> None:
        """As :meth:`require`, and use up the gesture where each allows one use only."""
        self.require(purpose_id, permission_id)
        if permission_id is not None:
            self._gestures.take(permission_id)

    def free_for_one_use(self, permission_id: str) -> None:
        """A gesture of the person has called for a permission, and it was granted."""
        self._gestures.free(permission_id)

    # --- may it be asked?

    def judge_permission(
        self,
        permission_id: str,
        *,
        gesture: str | None,
        system: SystemStatus,
        asked: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Verdict:
        """What is to happen when a feature needs a permission.

        Args:
            permission_id: As the pack names it.
            gesture: The person's act that calls for it, for example ``city.locate``.
            system: What the operating system says now; ``GRANTED`` for a system picker.
            asked: Who would be asked.
        """
        permission = self._pack.permissions.get(permission_id)
        purpose_id = _purpose_of(permission)
        need = _SYSTEM[system]
        if need is System.WOULD_ASK and self._said_no_lately(permission_target(permission_id)):
            # The system would ask once more, but the person has just told it no.
            need = System.SAID_NO_LATELY
        initiative = Initiative.PERSON if gesture else Initiative.APP
        return self._judge(purpose_id, initiative, asked, need)

    def judge_purpose(
        self,
        purpose_id: str,
        *,
        initiative: Initiative,
        asked: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Verdict:
        """What is to happen when a feature needs a purpose that takes no permission."""
        return self._judge(purpose_id, initiative, asked, System.NOT_NEEDED)

    def open_question(self, name: str) -> None:
        """Note that a question is before the person; until it is closed every other one is busy.

        Raises:
            NotPermitted: Another question is open.
        """
        if self._open_question is not None:
            raise NotPermitted(f"the question of {self._open_question!r} is still open")
        self._open_question = name

    def close_question(self) -> None:
        """Note that no question is before the person any more."""
        self._open_question = None

    def last_no(self, purpose_id: str) -> Event | None:
        """The event by which a purpose was last declined, if it was not agreed to since."""
        return self._facts.no(purpose_target(purpose_id), self.age)

    # --- what time and rules have ended

    def overdue(self) -> tuple[Due, ...]:
        """Which consents no longer count although the record shows them as given.

        They permit nothing already. :meth:`.choices.Choices.settle` writes it down.
        """
        return overdue(self._pack, self._record, self._facts, self._clock.now())

    def until_next_change(self) -> timedelta | None:
        """How long until time alone ends a consent; None if nothing will."""
        return self._facts.until_next_change()

    def _is_touched(self, purpose_id: str) -> bool:
        return self._facts.consent(purpose_id, self.age) is Holding.CHANGED

    def _means(self, purpose_id: str, permission_id: str | None) -> tuple[Means, GestureUse]:
        purpose = self._pack.purposes.get(purpose_id)
        if permission_id is None:
            return Means.NONE, GestureUse.NOT_COUNTED
        if purpose is None or permission_id not in purpose.permissions:
            return Means.FOREIGN, GestureUse.NOT_COUNTED
        permission = self._pack.permissions[permission_id]
        means = Means.NONE
        if permission.request is RequestMode.JUST_IN_TIME:
            granted = self._record.status(permission_target(permission_id)).permits
            means = Means.GRANTED if granted else Means.NOT_GRANTED
        if permission.use is PermissionUse.WHILE_GRANTED:
            return means, GestureUse.NOT_COUNTED
        free = self._gestures.is_free(permission_id)
        return means, GestureUse.ONE_LEFT if free else GestureUse.NONE_LEFT

    def _judge(
        self, purpose_id: str | None, initiative: Initiative, asked: IndicatedBy, system: System
    ) -> Verdict:
        standing = Standing.NOT_DECLARED if purpose_id is None else self.standing(purpose_id).answer
        lately, asks = Lately.NOTHING, AsksLeft.SOME
        if purpose_id is not None and standing is not Standing.PERMITTED:
            lately, asks = self._history(purpose_target(purpose_id), initiative)
        another = self._open_question is not None
        situation = QuestionSituation(
            standing=standing,
            asked=asked,
            initiative=initiative,
            question=OpenQuestion.ANOTHER if another else OpenQuestion.NONE,
            system=system,
            lately=lately,
            asks=asks,
        )
        return decide(QUESTION_RULES, situation).answer

    def _history(self, target: Target, initiative: Initiative) -> tuple[Lately, AsksLeft]:
        lately = Lately.NO if self._said_no_lately(target) else Lately.NOTHING
        if initiative is Initiative.PERSON:
            return lately, AsksLeft.SOME
        try:
            asks = self._record.asks(target)
        except LedgerError:
            # How often was it asked? As often as may be.
            return lately, AsksLeft.NONE
        own = [ask.asked_at for ask in asks if ask.initiative == Initiative.APP.value]
        if own:
            passed = self._clock.now() - max(own)
            lately = Lately.ASKED if passed < self._pack.rules.cool_down else lately
        return lately, AsksLeft.SOME if len(own) < self._pack.rules.max_asks else AsksLeft.NONE

    def _said_no_lately(self, target: Target) -> bool:
        no = self._facts.no(target, self.age)
        return no is not None and self._facts.elapsed.at_least(no) < self._pack.rules.cool_down


def _purpose_of(permission: Permission | None) -> str | None:
    if permission is None or permission.request not in (
        RequestMode.JUST_IN_TIME,
        RequestMode.PICKER,
    ):
        return None
    return permission.purpose
