"""What is shown when a host starts: the first notice, an update, or a word about a rewording."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import flet as ft

from .answers import NoticeOutcome
from .consent.event import BASE_NOTICE, IndicatedBy, Target, TargetKind
from .consent.gate import AgeBand, Initiative, NotPermitted
from .consent.ledger import LedgerError
from .notices.screens import show_first_notice

if TYPE_CHECKING:
    from .kit import ConsentKit

logger = logging.getLogger(__name__)


async def start(kit: ConsentKit) -> NoticeOutcome:
    """See :meth:`.kit.ConsentKit.start`."""
    kit.settle()
    if kit.gate.notice_due or kit.gate.update_due:
        return await first_notice(kit, IndicatedBy.SUBJECT)
    tell_of_rewording(kit)
    return NoticeOutcome.NOT_DUE


async def first_notice(kit: ConsentKit, indicated_by: IndicatedBy) -> NoticeOutcome:
    """See :meth:`.kit.ConsentKit.show_first_notice`; an update is shown as what it is."""
    child = kit.gate.age is AgeBand.CHILD
    if child and indicated_by is IndicatedBy.SUBJECT:
        return NoticeOutcome.GUARDIAN_FIRST
    try:
        if kit.gate.update_due:
            from .notices.update.live import show_update

            return await show_update(kit, indicated_by)
        return await show_first_notice(kit, indicated_by)
    except NotPermitted:
        # A birth date was declared while it was open.
        return NoticeOutcome.GUARDIAN_FIRST


def tell_of_rewording(kit: ConsentKit) -> bool:
    """Say once, in one line and without a question, that an editorial version took effect.

    Returns:
        Whether there was something to say.
    """
    holding = kit.record.holding(BASE_NOTICE)
    accepted = None if holding is None or holding.notice is None else holding.notice.version
    version = kit.pack.version
    if accepted is None or accepted == version.id or not kit.gate.notice_accepted:
        return False
    told = Target(TargetKind.NOTICE, f"told-{version.id.lower().replace('.', '-')}")
    try:
        if kit.record.asks(told):
            return False
        kit.record.ledger.record_ask(told, Initiative.APP.value)
    except LedgerError:
        # Told once too often is better than not at all.
        logger.exception("it could not be noted that a rewording was told")
    say = kit.language.gettext
    words = say("The privacy policy has new wording. Your choices stay as they were.")
    kit.page.show_dialog(ft.SnackBar(ft.Text(words)))
    return True
