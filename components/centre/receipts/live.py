"""A copy of one decision of a kit's record, on a host's page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...consent.event import Event
from ...consent.ledger import LedgerError
from ...consent.outbox import Delivery
from ...consent.receipts import CannotRecord
from ...surface.file_saving import Saving, save_file
from ...surface.runtime import embed, handler, kit_component, use_changes
from ...surface.sheets import show_until_closed
from ...sync.answers import Failed, FailureKind
from ...sync.receipts import NotIssued, SignedReceipt, signed_receipt
from .copies import CopyKind, copy_of, readable_copy
from .keeping import KeepCopy, KeepCopyActs, SignedCopy

if TYPE_CHECKING:
    from ...kit import ConsentKit

logger = logging.getLogger(__name__)

_NO_CONNECTION = {FailureKind.OFFLINE, FailureKind.NO_CONNECTION, FailureKind.TIMED_OUT}


async def show_receipt(kit: ConsentKit, event_id: str) -> None:
    """Show a copy of one decision until it is closed; nothing if there is no such decision."""
    try:
        event = kit.record.event(event_id)
    except LedgerError as error:
        logger.warning("the decision could not be read: %s", error)
        event = None
    if event is None:
        return
    found = event
    await show_until_closed(kit.page, lambda close: embed(LiveCopy, kit, found, on_close=close))


@kit_component
def LiveCopy(kit: ConsentKit, event: Event, *, on_close: Callable[[], None]) -> ft.Control:
    """A copy of one decision.

    Args:
        kit: Whose record it is in.
        event: The decision.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    signed, set_signed = ft.use_state(SignedCopy.LOADING)
    jws, set_jws = ft.use_state("")

    async def fetch() -> None:
        set_signed(SignedCopy.LOADING)
        state, issued = await fetched(kit, event)
        set_jws(issued)
        set_signed(state)

    # Also when the choice has arrived at the service, while this is open.
    ft.use_effect(handler(fetch), [_delivery(kit, event)], cleanup=lambda: None)

    async def save(kind: CopyKind) -> Saving:
        made = copy_of(event, kit.pack, kind, kit.language.locale, jws)
        return await save_file(kit.page, made.name, made.content)

    return KeepCopy(
        _text(kit, event),
        signed,
        kit.language,
        KeepCopyActs(save=save, try_again=fetch, close=on_close),
    )


async def fetched(kit: ConsentKit, event: Event) -> tuple[SignedCopy, str]:
    """How it stands with the signed copy of a decision, and the copy itself if it is there."""
    delivery = _delivery(kit, event)
    if delivery is None:
        return SignedCopy.OTHER_DEVICE, ""
    match await signed_receipt(kit.travelling.device, event):
        case SignedReceipt(jws):
            return SignedCopy.READY, jws
        case NotIssued():
            arrived = delivery is Delivery.ACKNOWLEDGED
            return (SignedCopy.NOT_ISSUED if arrived else SignedCopy.NOT_SENT), ""
        case Failed(FailureKind.NO_ENDPOINT):
            return SignedCopy.NO_SERVICE, ""
        case Failed(reason) if reason in _NO_CONNECTION:
            return SignedCopy.OFFLINE, ""
        case Failed(FailureKind.ERASED):
            return SignedCopy.NOT_ISSUED, ""
        case _:
            waits = delivery in (Delivery.PENDING, Delivery.SENT)
            return (SignedCopy.NOT_SENT if waits else SignedCopy.FAILED), ""


def _delivery(kit: ConsentKit, event: Event) -> Delivery | None:
    """How far a decision has come; None for another device's."""
    try:
        if event.subject != kit.record.ledger.subject:
            return None
        found = kit.record.ledger.outbox.deliveries(event.sequence, event.sequence)
    except LedgerError as error:
        logger.warning("the outbox could not be read: %s", error)
        return Delivery.PENDING
    return found.get(event.sequence, Delivery.PENDING)


def _text(kit: ConsentKit, event: Event) -> str | None:
    try:
        return readable_copy(event, kit.pack, kit.language.locale)
    except CannotRecord as error:
        logger.warning("no copy can be made of %s: %s", event.event_id, error)
        return None
