"""May it be done, and may it be asked? The rules that hold whatever the screens do.

The gate reads the pack and the record and decides; it writes nothing. What it does not know is
not permitted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from ..policy.pack import ChangeKind, Pack, Permission, Purpose, RequestMode
from .clock import Clock
from .event import BASE_NOTICE, Event, Target, TargetKind
from .permissions import SystemStatus
from .record import Record
from .status import ConsentStatus


class NotPermitted(PermissionError):
    """Something was about to be done that the person has not permitted."""


class Initiative(StrEnum):
    """Who set a question going: a tap of the person, or the app by itself."""

    PERSON = "person"
    APP = "app"


class Verdict(StrEnum):
    """What is to happen when a feature asks.

    ``PERMITTED``: go on. ``EXPLAIN``: put the explanation before the person, then ask.
    ``EXPLAIN_IN_PLACE``: the person tapped, but has said no lately: explain where they are, not
    over it. ``ASK_SYSTEM``: they have said yes here; only the system's question is open.
    ``SETTINGS``: the system will not, or should not yet, ask again; point to its settings.
    ``RESTRICTED``: a device policy forbids it. ``NOTICE_FIRST``: the base notice comes before
    everything. ``NO_GESTURE``: a permission is asked for only after a tap. ``BUSY``: another
    question is open. ``COOLING_DOWN``, ``ASKED_ENOUGH``: the app may not ask again
    by itself yet, or at all. ``NOT_DECLARED``: the pack names no such purpose or permission, or
    forbids requesting it.
    """

    PERMITTED = "permitted"
    EXPLAIN = "explain"
    EXPLAIN_IN_PLACE = "explain-in-place"
    ASK_SYSTEM = "ask-system"
    SETTINGS = "settings"
    RESTRICTED = "restricted"
    NOTICE_FIRST = "notice-first"
    NO_GESTURE = "no-gesture"
    BUSY = "busy"
    COOLING_DOWN = "cooling-down"
    ASKED_ENOUGH = "asked-enough"
    NOT_DECLARED = "not-declared"


_SAID_NO = frozenset(
    {
        ConsentStatus.REFUSED,
        ConsentStatus.WITHDRAWN,
        ConsentStatus.REVOKED,
        ConsentStatus.DEFERRED,
    }
)


def purpose_target(purpose_id: str) -> Target:
    """The target of a purpose."""
    return Target(TargetKind.PURPOSE, purpose_id)


def permission_target(permission_id: str) -> Target:
    """The target of a permission."""
    return Target(TargetKind.PERMISSION, permission_id)


class Gate:
    """The rules of one pack over one record.

    Args:
        pack: What is declared.
        record: What was chosen.
        clock: Against which the cool-down is measured.
    """

    def __init__(self, pack: Pack, record: Record, clock: Clock) -> None:
        self._pack = pack
        self._record = record
        self._clock = clock
        self._open_question: str | None = None

    @property
    def notice_accepted(self) -> bool:
        """Whether a base notice is accepted that no material version came after."""
        event = self._record.holding(BASE_NOTICE)
        return event is not None and event.status.permits and self._still_holds(event)

    @property
    def notice_due(self) -> bool:
        """Whether the person has not yet had the choice of a base notice that still holds."""
        event = self._record.holding(BASE_NOTICE)
        return event is None or not self._still_holds(event)

    @property
    def may_send(self) -> bool:
        """Whether the record may leave the device.

        Only once a base notice was accepted. A later withdrawal does not close this again: the
        endpoint has to learn of it.
        """
        return any(
            event.target == BASE_NOTICE and event.status.permits for event in self._record.events
        )

    def permits(self, purpose_id: str) -> bool:
        """Whether data may be processed for a purpose now. Unknown is not permitted."""
        purpose = self._pack.purposes.get(purpose_id)
        if purpose is None:
            return False
        if not purpose.notice_required:
            return True
        if not self.notice_accepted:
            return False
        if not purpose.asks_consent:
            return True
        return self._record.status(purpose_target(purpose_id)).permits

    def require(self, purpose_id: str, permission_id: str | None = None) -> None:
        """Raise unless a purpose is permitted, and a permission is one it may use and is granted.

        Raises:
            NotPermitted: Says which of these is missing.
        """
        if not self.permits(purpose_id):
            raise NotPermitted(f"purpose {purpose_id!r} is not permitted")
        if permission_id is None:
            return
        if permission_id not in self._pack.purposes[purpose_id].permissions:
            raise NotPermitted(f"purpose {purpose_id!r} may not use permission {permission_id!r}")
        permission = self._pack.permissions[permission_id]
        if permission.request is RequestMode.JUST_IN_TIME and not (
            self._record.status(permission_target(permission_id)).permits
        ):
            raise NotPermitted(f"permission {permission_id!r} is not granted")

    def judge_permission(
        self, permission_id: str, *, gesture: str | None, system: SystemStatus
    ) -> Verdict:
        """What is to happen when a feature needs a permission.

        Args:
            permission_id: As the pack names it.
            gesture: The person's act that calls for it, for example ``city.locate``.
            system: What the operating system says now; ``GRANTED`` for a system picker.
        """
        permission = self._pack.permissions.get(permission_id)
        purpose = self._purpose_of(permission)
        if permission is None or purpose is None:
            return Verdict.NOT_DECLARED
        if not self.notice_accepted:
            return Verdict.NOTICE_FIRST
        if not gesture:
            return Verdict.NO_GESTURE
        if self._open_question is not None:
            return Verdict.BUSY
        if system in (SystemStatus.RESTRICTED, SystemStatus.UNSUPPORTED):
            return Verdict.RESTRICTED
        if self.permits(purpose.id):
            match system:
                case SystemStatus.GRANTED:
                    return Verdict.PERMITTED
                case SystemStatus.DENIED_FOR_GOOD:
                    return Verdict.SETTINGS
                case _ if self._is_cooling_down(permission_target(permission_id)):
                    # The system would ask once more, but the person has just told it no.
                    return Verdict.SETTINGS
                case _:
                    return Verdict.ASK_SYSTEM
        return self._judge_question(purpose, Initiative.PERSON)

    def judge_purpose(self, purpose_id: str, *, initiative: Initiative) -> Verdict:
        """What is to happen when a feature needs a purpose that takes no permission."""
        purpose = self._pack.purposes.get(purpose_id)
        if purpose is None:
            return Verdict.NOT_DECLARED
        if self.permits(purpose_id):
            return Verdict.PERMITTED
        if not self.notice_accepted:
            return Verdict.NOTICE_FIRST
        if self._open_question is not None:
            return Verdict.BUSY
        return self._judge_question(purpose, initiative)

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
        """The event by which the person last declined a purpose, if they have not agreed since."""
        return self._last_no(purpose_target(purpose_id))

    def _last_no(self, target: Target) -> Event | None:
        event = self._record.holding(target)
        return event if event is not None and event.status in _SAID_NO else None

    def _still_holds(self, event: Event) -> bool:
        """Whether the words of an event are the newest but for editorial changes since."""
        if event.notice is None:
            return False
        known = False
        for version in self._pack.versions:
            if version.example and version != self._pack.version:
                continue
            if known and version.change is ChangeKind.MATERIAL:
                return False
            known = known or version.id == event.notice.version
            if version == self._pack.version:
                break
        return known

    def _judge_question(self, purpose: Purpose, initiative: Initiative) -> Verdict:
        cooling = self._is_cooling_down(purpose_target(purpose.id))
        if initiative is Initiative.PERSON:
            return Verdict.EXPLAIN_IN_PLACE if cooling else Verdict.EXPLAIN
        if cooling:
            return Verdict.COOLING_DOWN
        own = [
            ask
            for ask in self._record.asks(purpose_target(purpose.id))
            if ask.initiative == Initiative.APP.value
        ]
        return Verdict.ASKED_ENOUGH if len(own) >= self._pack.rules.max_asks else Verdict.EXPLAIN

    def _is_cooling_down(self, target: Target) -> bool:
        no = self._last_no(target)
        if no is None:
            return False
        # A clock that was set back makes this negative; the cool-down has then not passed either.
        passed: timedelta = self._clock.now() - datetime.fromisoformat(no.occurred_at)
        return passed < self._pack.rules.cool_down

    def _purpose_of(self, permission: Permission | None) -> Purpose | None:
        if permission is None or permission.request not in (
            RequestMode.JUST_IN_TIME,
            RequestMode.PICKER,
        ):
            return None
        return self._pack.purposes.get(permission.purpose or "")
