"""The kit's notices on a host's page: each as a sheet, with its words from the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ..answers import NoticeOutcome
from ..consent.event import IndicatedBy
from ..consent.ledger import LedgerError
from ..policy.notice import first_notice
from ..policy.texts import PromptText
from ..surface.runtime import embed, kit_component, use_changes
from ..surface.sheets import Dismissed, Sheet, SheetForm
from .first_notice import FirstNotice, FirstNoticeChoice
from .prompt import Prompt, PromptChoice
from .purpose import PurposeQuestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..kit import ConsentKit


async def show_first_notice(
    kit: ConsentKit, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
) -> NoticeOutcome:
    """Put the first notice before the person, or a child's guardian; record what they press."""
    sheet: Sheet[FirstNoticeChoice] = Sheet(
        kit.page,
        lambda answer: embed(_LiveFirstNotice, kit, answer),
        SheetForm.BLOCKING,
    )
    try:
        choice = await sheet.answered()
        if isinstance(choice, Dismissed):
            return NoticeOutcome.DISMISSED
        text = kit.texts.first_notice
        # The words as they are on screen now: the person may have changed the language.
        notice = first_notice(kit.pack, kit.language.locale)
        try:
            if choice is FirstNoticeChoice.ACCEPT:
                kit.choices.accept_notice(notice, label=text.accept, indicated_by=indicated_by)
                return NoticeOutcome.ACCEPTED
            kit.choices.refuse_notice(notice, label=text.refuse, indicated_by=indicated_by)
        except LedgerError:
            kit.tell_not_saved()
            return NoticeOutcome.NOT_SAVED
        return NoticeOutcome.REFUSED
    finally:
        sheet.close()


def prompt_sheet(kit: ConsentKit, text: PromptText) -> Sheet[PromptChoice]:
    """A just-in-time prompt over the host's screen."""
    return Sheet(
        kit.page,
        lambda answer: embed(
            Prompt,
            text,
            kit.clause_title(text.clauses[0]),
            kit.language,
            on_choice=answer,
            on_read=kit.open_policy,
        ),
        SheetForm.PROMPT,
    )


def purpose_sheet(
    kit: ConsentKit, purpose_id: str, accept: str, refuse: str
) -> Sheet[PromptChoice]:
    """The question of a purpose that needs no permission, from the consent centre."""
    return Sheet(
        kit.page,
        lambda answer: embed(
            PurposeQuestion,
            kit.pack,
            kit.pack.purposes[purpose_id],
            kit.clause_title(kit.pack.purposes[purpose_id].clauses[0]),
            kit.language,
            accept=accept,
            refuse=refuse,
            on_choice=answer,
            on_read=kit.open_policy,
        ),
        SheetForm.PROMPT,
    )


@kit_component
def _LiveFirstNotice(kit: ConsentKit, answer: Callable[[FirstNoticeChoice], None]) -> ft.Control:
    use_changes(kit.subscribe)
    text = kit.texts.first_notice
    return FirstNotice(
        text,
        {card.clauses[0]: kit.clause_title(card.clauses[0]) for card in text.cards},
        kit.language,
        on_choice=answer,
        on_read=kit.open_policy,
        on_language=kit.screens.language,
        on_summary=kit.screens.summary,
    )
