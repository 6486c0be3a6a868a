"""The update notice of a kit: shown, answered, and then only what is touched asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import flet as ft

from ...answers import NoticeOutcome
from ...centre.words import status_words
from ...consent.event import BASE_NOTICE, IndicatedBy, Layer, TargetKind
from ...consent.ledger import LedgerError
from ...policy.diff import PackDiff, Touch, diff_packs
from ...policy.notice import first_notice
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import Dismissed, Sheet, SheetForm
from .update import KeptChoice, TouchedChoice, UpdateChoice, UpdateNotice

if TYPE_CHECKING:
    from ...kit import ConsentKit


@dataclass(frozen=True)
class Update:
    """What is new to somebody who agreed to an older version.

    Attributes:
        diff: Since the version they agreed to; None if the pack no longer has that one.
        touched: Ids of the purposes to be asked again.
    """

    diff: PackDiff | None
    touched: tuple[str, ...]

    def touches(self, purpose_id: str) -> tuple[Touch, ...]:
        """What of a purpose changed; empty if that is not known."""
        asked = () if self.diff is None else self.diff.ask_again
        return next((it.touches for it in asked if it.purpose == purpose_id), ())


def update_of(kit: ConsentKit) -> Update:
    """What changed since the version that was agreed to."""
    holding = kit.record.holding(BASE_NOTICE)
    accepted = None if holding is None or holding.notice is None else holding.notice.version
    known = accepted in {it.id for it in kit.pack.versions}
    diff = diff_packs(kit.pack.at(accepted), kit.pack) if accepted and known else None
    return Update(diff, kit.gate.touched)


async def show_update(
    kit: ConsentKit, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
) -> NoticeOutcome:
    """Say what changed, take the choice about it, and ask again only for what is touched.

    Not agreeing means browsing only; closing it leaves everything untouched as it was. Each
    touched purpose is a question of its own, and stays off without a yes.
    """
    update = update_of(kit)
    outcome = await _shown(kit, update, indicated_by)
    if outcome is NoticeOutcome.ACCEPTED:
        for purpose_id in update.touched:
            await kit.asking.ask_again(purpose_id, indicated_by)
    return outcome


async def _shown(kit: ConsentKit, update: Update, indicated_by: IndicatedBy) -> NoticeOutcome:
    sheet: Sheet[UpdateChoice] = Sheet(
        kit.page, lambda answer: embed(_LiveUpdate, kit, update, answer), SheetForm.BLOCKING
    )
    try:
        choice = await sheet.answered()
        if isinstance(choice, Dismissed):
            return NoticeOutcome.DISMISSED
        text = kit.texts.first_notice
        # The words as they are on screen now: the person may have changed the language.
        notice = first_notice(kit.pack, kit.language.locale)
        layer = Layer.UPDATE_NOTICE
        try:
            if choice is UpdateChoice.ACCEPT:
                kit.choices.accept_notice(
                    notice, label=text.accept, layer=layer, indicated_by=indicated_by
                )
                return NoticeOutcome.ACCEPTED
            kit.choices.refuse_notice(
                notice, label=text.refuse, layer=layer, indicated_by=indicated_by
            )
        except LedgerError:
            kit.tell_not_saved()
            return NoticeOutcome.NOT_SAVED
        return NoticeOutcome.REFUSED
    finally:
        sheet.close()


@kit_component
def _LiveUpdate(
    kit: ConsentKit, update: Update, answer: Callable[[UpdateChoice], None]
) -> ft.Control:
    use_changes(kit.subscribe)
    pack, locale = kit.pack, kit.language.locale

    def name(purpose_id: str) -> str:
        return pack.text(pack.purposes[purpose_id].name, locale)

    return UpdateNotice(
        kit.texts.first_notice,
        pack.version,
        update.diff,
        [
            TouchedChoice(name(it), kit.language.gettext("Agreed, on"), update.touches(it))
            for it in update.touched
        ],
        [
            KeptChoice(name(target.id), status_words(event.status, kit.language))
            for target, event in kit.record.state.items()
            if target.kind is TargetKind.PURPOSE
            and target.id in pack.purposes
            and target.id not in update.touched
        ],
        kit.language,
        on_choice=answer,
        on_read=kit.open_policy,
        written_in=pack.locale_for(locale),
    )
