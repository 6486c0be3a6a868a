"""The state of a kit's sending, on a host's page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...consent.ledger import LedgerError
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from .sending import Sending, SendingActs
from .view import SendingView, rejected_items

if TYPE_CHECKING:
    from ...kit import ConsentKit

logger = logging.getLogger(__name__)


async def show_sending(kit: ConsentKit) -> None:
    """Show the state of sending until it is closed."""
    await show_until_closed(kit.page, lambda close: embed(LiveSending, kit, on_close=close))


@kit_component
def LiveSending(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """The state of a kit's sending.

    Args:
        kit: Whose record it is.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    return Sending(
        sending_view(kit),
        kit.language,
        SendingActs(
            send_now=kit.travelling.wake,
            keep=kit.screens.receipt,
            close=on_close,
            contact=kit.screens.contact,
        ),
    )


def sending_view(kit: ConsentKit) -> SendingView:
    """How a kit's sending stands now."""
    outbox = kit.record.ledger.outbox
    try:
        last = outbox.last_received_at()
        rejections = outbox.rejections()
    except LedgerError as error:
        logger.warning("the outbox could not be read: %s", error)
        return SendingView(kit.sync_state)
    return SendingView(
        kit.sync_state,
        None if last is None else last.astimezone(),
        rejected_items(kit.pack, rejections, kit.language.locale),
    )
