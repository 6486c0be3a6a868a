"""The consent centre on a host's page, following the record as it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ..surface.runtime import embed, kit_component, use_changes
from ..surface.sheets import Sheet, SheetForm
from .centre import CentreActs, ConsentCentre
from .view import centre_view

if TYPE_CHECKING:
    from ..kit import ConsentKit


async def show_centre(kit: ConsentKit) -> None:
    """Show the centre until it is closed."""
    sheet: Sheet[bool] = Sheet(
        kit.page,
        lambda answer: embed(LiveCentre, kit, on_close=lambda: answer(True)),
        SheetForm.PAGE,
    )
    try:
        await sheet.answered()
    finally:
        sheet.close()


@kit_component
def LiveCentre(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """The consent centre of a kit.

    Args:
        kit: Whose choices to show and to change.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    return ConsentCentre(
        centre_view(
            kit.pack,
            kit.record.events,
            kit.record.state,
            locale=kit.language.locale,
            notice_accepted=kit.gate.notice_accepted,
            deliveries=kit.deliveries(),
        ),
        kit.sync_state,
        kit.texts.withdrawal,
        kit.language,
        CentreActs(
            give=kit.give,
            withdraw=kit.withdraw,
            show_notice=kit.show_first_notice,
            withdraw_notice=kit.withdraw_notice,
            read=kit.open_policy,
            change_language=kit.screens.language,
            close=on_close,
        ),
    )
