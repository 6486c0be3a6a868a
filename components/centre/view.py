"""What the consent centre shows, as plain data made from the pack and the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..consent.event import BASE_NOTICE, Event, TargetKind
from ..consent.fold import State, status_of
from ..consent.gate import purpose_target
from ..consent.outbox import Delivery
from ..consent.status import ConsentStatus
from ..policy.pack import ConsentKind, Pack, Purpose


class RowAction(StrEnum):
    """What a row of the centre offers.

    ``GIVE``: can be agreed to here. ``WITHDRAW``: can be withdrawn here. ``IN_CONTEXT``: is asked
    where it is needed, because what has to be said first is said there. ``NOTICE_FIRST``: the base
    notice comes first. ``NONE``: no matter of consent.
    """

    GIVE = "give"
    WITHDRAW = "withdraw"
    IN_CONTEXT = "in-context"
    NOTICE_FIRST = "notice-first"
    NONE = "none"


@dataclass(frozen=True)
class PurposeRow:
    """One purpose: ``what`` is its name, ``why`` a sentence, ``data`` and ``recipients`` names.

    ``retention`` is None where the policy does not say how long.
    """

    purpose_id: str
    what: str
    why: str
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str | None
    clause: str
    clause_title: str
    status: ConsentStatus
    decided_at: datetime | None
    action: RowAction


@dataclass(frozen=True)
class HistoryEntry:
    """One event of the record: about ``what`` (None for the base notice), and how far it came."""

    event_id: str
    kind: TargetKind
    what: str | None
    status: ConsentStatus
    label: str | None
    occurred_at: datetime
    delivery: Delivery


@dataclass(frozen=True)
class CentreView:
    """Everything on the centre's screen, apart from the state of sending."""

    notice_status: ConsentStatus
    choices: tuple[PurposeRow, ...]
    basics: tuple[PurposeRow, ...]
    history: tuple[HistoryEntry, ...]


def centre_view(
    pack: Pack,
    events: Sequence[Event],
    state: State,
    *,
    locale: str,
    notice_accepted: bool,
    deliveries: Mapping[int, Delivery],
) -> CentreView:
    """Look at a pack and a record from the person's side.

    Args:
        pack: What is declared.
        events: What was chosen, oldest first.
        state: What the events fold to.
        locale: Language of the names.
        notice_accepted: Whether the newest base notice is accepted.
        deliveries: How far each event has come, by sequence number.
    """
    rows = [_row(pack, state, it, locale, notice_accepted) for it in pack.purposes.values()]
    asked = [row for row in rows if row.action is not RowAction.NONE]
    return CentreView(
        notice_status=status_of(state, BASE_NOTICE),
        # What was decided about comes first, then the pack's own order.
        choices=tuple(sorted(asked, key=lambda row: row.decided_at is None)),
        basics=tuple(row for row in rows if row.action is RowAction.NONE),
        history=_history(pack, events, locale, deliveries),
    )


def _row(
    pack: Pack, state: State, purpose: Purpose, locale: str, notice_accepted: bool
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
        clause=purpose.clauses[0],
        clause_title=pack.document(locale).clause(purpose.clauses[0]).title,
        status=status,
        decided_at=None if event is None else datetime.fromisoformat(event.occurred_at),
        action=_action(pack, purpose, status, notice_accepted),
    )


def _action(
    pack: Pack, purpose: Purpose, status: ConsentStatus, notice_accepted: bool
) -> RowAction:
    if not purpose.asks_consent:
        return RowAction.NONE
    if status.permits:
        return RowAction.WITHDRAW
    if not notice_accepted:
        return RowAction.NOTICE_FIRST
    has_prompt = pack.prompt_of(purpose.id) is not None
    # A separate consent also takes necessity and impact (PIPL art. 30), which only prompts carry.
    if has_prompt or purpose.consent is ConsentKind.ORDINARY:
        return RowAction.GIVE
    return RowAction.IN_CONTEXT


def _history(
    pack: Pack, events: Sequence[Event], locale: str, deliveries: Mapping[int, Delivery]
) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(
            event_id=event.event_id,
            kind=event.target.kind,
            what=_name(pack, event, locale),
            status=event.status,
            label=event.label,
            occurred_at=datetime.fromisoformat(event.occurred_at),
            # What is not known to have arrived has not.
            delivery=deliveries.get(event.sequence, Delivery.PENDING),
        )
        for event in reversed(events)
    )


def _name(pack: Pack, event: Event, locale: str) -> str | None:
    match event.target.kind:
        case TargetKind.NOTICE:
            return None
        case TargetKind.PURPOSE if event.target.id in pack.purposes:
            return pack.text(pack.purposes[event.target.id].name, locale)
        case TargetKind.PERMISSION if event.target.id in pack.permissions:
            return pack.text(pack.permissions[event.target.id].name, locale)
        case _:
            # An older version of the pack knew it; its id is better than nothing.
            return event.target.id
