"""What the consent centre shows, as plain data made from the pack and the record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from ..consent.age import AgeBand
from ..consent.event import BASE_NOTICE, Event, IndicatedBy
from ..consent.fold import State, status_of
from ..consent.gate import permission_target, purpose_target
from ..consent.opening import StoreCondition
from ..consent.status import ConsentStatus
from ..policy.document import Clause
from ..policy.pack import ConsentKind, MinorsRule, Pack, Permission, Purpose, RequestMode


class RowAction(StrEnum):
    """What a row of the centre offers.

    ``GIVE``: can be agreed to here. ``WITHDRAW``: can be withdrawn here. ``IN_CONTEXT``: is asked
    where it is needed, because what has to be said first is said there. ``NOTICE_FIRST``: the base
    notice comes first. ``GUARDIAN_FIRST``: a child's guardian agrees. ``NOT_FOR_MINORS``: nobody
    can agree to it for a minor. ``NONE``: no matter of consent.
    """

    GIVE = "give"
    WITHDRAW = "withdraw"
    IN_CONTEXT = "in-context"
    NOTICE_FIRST = "notice-first"
    GUARDIAN_FIRST = "guardian-first"
    NOT_FOR_MINORS = "not-for-minors"
    NONE = "none"


@dataclass(frozen=True)
class PurposeRow:
    """One purpose: ``what`` is its name, ``why`` a sentence, ``data`` and ``recipients`` names.

    ``retention`` and ``refusing`` are None where the policy does not say. ``decided_at`` is None
    if nothing was ever decided; ``by_guardian`` whether a guardian did.
    """

    purpose_id: str
    what: str
    why: str
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str | None
    refusing: str | None
    clause: Clause | None
    status: ConsentStatus
    decided_at: datetime | None
    by_guardian: bool
    action: RowAction


@dataclass(frozen=True)
class PermissionRow:
    """One permission of the system: what it is for, and what the system last said about it.

    ``mode`` says when the app asks for it; ``status`` is unknown as long as it never did.
    """

    permission_id: str
    what: str
    why: str
    mode: RequestMode
    status: ConsentStatus
    clause: Clause | None


@dataclass(frozen=True)
class CentreView:
    """Everything on the centre's screen, apart from the state of sending.

    ``decided`` and ``others`` are what consent is about: what stood decided when the centre was
    opened, and the rest. A row never changes sides while the person looks at it. ``written_in`` is
    the locale of the pack's words; None if it is the interface's.
    """

    notice_status: ConsentStatus
    notice_accepted: bool
    decided: tuple[PurposeRow, ...]
    others: tuple[PurposeRow, ...]
    basics: tuple[PurposeRow, ...]
    permissions: tuple[PermissionRow, ...]
    never_asked: tuple[PermissionRow, ...]
    condition: StoreCondition = StoreCondition.SOUND
    age: AgeBand = AgeBand.UNKNOWN
    written_in: str | None = None

    @property
    def consents(self) -> int:
        """How many consents hold, the base notice not counted."""
        return sum(row.action is RowAction.WITHDRAW for row in (*self.decided, *self.others))


def decided_purposes(pack: Pack, state: State) -> frozenset[str]:
    """Ids of the purposes about which something was decided."""
    return frozenset(it for it in pack.purposes if state.get(purpose_target(it)) is not None)


def centre_view(
    pack: Pack,
    state: State,
    *,
    locale: str,
    notice_accepted: bool,
    decided: Collection[str] | None = None,
    condition: StoreCondition = StoreCondition.SOUND,
    age: AgeBand = AgeBand.UNKNOWN,
    zone: tzinfo | None = None,
) -> CentreView:
    """Look at a pack and a record from the person's side.

    Args:
        pack: What is declared.
        state: For each target, what holds.
        locale: Language of the names.
        notice_accepted: Whether the newest base notice is accepted.
        decided: Ids of the purposes that stand first; by default those decided about.
        condition: How the store was found.
        age: Who agrees.
        zone: Time zone of moments; None for the system's.
    """
    rows = [
        _row(pack, state, it, locale, notice_accepted, age, zone) for it in pack.purposes.values()
    ]
    first = decided_purposes(pack, state) if decided is None else decided
    asked = [row for row in rows if row.action is not RowAction.NONE]
    permissions = [_permission(pack, state, it, locale) for it in pack.permissions.values()]
    return CentreView(
        notice_status=status_of(state, BASE_NOTICE),
        notice_accepted=notice_accepted,
        decided=tuple(row for row in asked if row.purpose_id in first),
        others=tuple(row for row in asked if row.purpose_id not in first),
        basics=tuple(row for row in rows if row.action is RowAction.NONE),
        permissions=tuple(row for row in permissions if row.mode is not RequestMode.NEVER),
        never_asked=tuple(row for row in permissions if row.mode is RequestMode.NEVER),
        condition=condition,
        age=age,
        written_in=pack.locale_for(locale),
    )


def _row(
    pack: Pack,
    state: State,
    purpose: Purpose,
    locale: str,
    notice_accepted: bool,
    age: AgeBand,
    zone: tzinfo | None,
) -> PurposeRow:
    event = state.get(purpose_target(purpose.id))
    status = ConsentStatus.UNKNOWN if event is None else event.status
    return PurposeRow(
        purpose_id=purpose.id,
        what=pack.text(purpose.name, locale),
        why=pack.text(purpose.description, locale),
        data=tuple(pack.text(pack.data_categories[it].name, locale) for it in purpose.data),
        recipients=tuple(pack.text(pack.recipients[it].name, locale) for it in purpose.recipients),
        retention=None if purpose.retention is None else pack.text(purpose.retention, locale),
        refusing=None if purpose.refusing is None else pack.text(purpose.refusing, locale),
        clause=pack.main_clause(purpose.clauses, locale),
        status=status,
        decided_at=None if event is None else local_moment(event, zone),
        by_guardian=event is not None and event.indicated_by is IndicatedBy.GUARDIAN,
        action=_action(pack, purpose, status, notice_accepted, age),
    )


def _action(
    pack: Pack, purpose: Purpose, status: ConsentStatus, notice_accepted: bool, age: AgeBand
) -> RowAction:
    if not purpose.asks_consent:
        return RowAction.NONE
    # Before every other question: whoever agreed, and whatever changed since, can take it back.
    if status.permits:
        return RowAction.WITHDRAW
    if purpose.minors is MinorsRule.NEVER and age in (AgeBand.CHILD, AgeBand.MINOR):
        return RowAction.NOT_FOR_MINORS
    if age is AgeBand.CHILD:
        return RowAction.GUARDIAN_FIRST
    if not notice_accepted:
        return RowAction.NOTICE_FIRST
    has_prompt = pack.prompt_of(purpose.id) is not None
    # A separate consent also takes necessity and impact (PIPL art. 30), which only prompts carry.
    if has_prompt or purpose.consent is ConsentKind.ORDINARY:
        return RowAction.GIVE
    return RowAction.IN_CONTEXT


def _permission(pack: Pack, state: State, permission: Permission, locale: str) -> PermissionRow:
    return PermissionRow(
        permission_id=permission.id,
        what=pack.text(permission.name, locale),
        why=pack.text(permission.description, locale),
        mode=permission.request,
        status=status_of(state, permission_target(permission.id)),
        clause=pack.main_clause(permission.clauses, locale),
    )


def local_moment(event: Event, zone: tzinfo | None) -> datetime:
    """When an event occurred, in a time zone; None for the system's."""
    return datetime.fromisoformat(event.occurred_at).astimezone(zone)
