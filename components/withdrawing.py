"""Taking back: one consent, or the base notice with every consent given on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .consent.event import Event, IndicatedBy
from .consent.ledger import LedgerError
from .policy.notice import notice_withdrawal, withdrawal_notice

if TYPE_CHECKING:
    from .kit import ConsentKit


def withdraw(kit: ConsentKit, purpose_id: str, indicated_by: IndicatedBy) -> Event | None:
    """See :meth:`.kit.ConsentKit.withdraw`."""
    try:
        return kit.choices.withdraw(
            purpose_id,
            withdrawal_notice(kit.pack, purpose_id, kit.language.locale),
            label=kit.texts.withdrawal.label,
            gesture=f"centre.withdraw.{purpose_id}",
            indicated_by=indicated_by,
        )
    except LedgerError:
        kit.tell_not_saved()
        return None


def withdraw_notice(kit: ConsentKit, indicated_by: IndicatedBy) -> Event | None:
    """See :meth:`.kit.ConsentKit.withdraw_notice`."""
    for purpose_id in kit.pack.purposes:
        if kit.status(purpose_id).permits and withdraw(kit, purpose_id, indicated_by) is None:
            return None
    try:
        return kit.choices.withdraw_notice(
            notice_withdrawal(kit.pack, kit.language.locale),
            label=kit.texts.withdrawal.label,
            gesture="centre.withdraw.notice",
            indicated_by=indicated_by,
        )
    except LedgerError:
        kit.tell_not_saved()
        return None
