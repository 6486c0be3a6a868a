"""The history of a kit's record on a host's page, read page by page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...consent.event import BASE_NOTICE, Event, Target
from ...consent.fold import moment_of
from ...consent.ledger import LedgerError
from ...consent.outbox import Delivery
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from .history import History, HistoryActs
from .view import HistoryView, Subject, history_days, target_name

if TYPE_CHECKING:
    from ...kit import ConsentKit

logger = logging.getLogger(__name__)

PAGE = 50
"""How many entries are shown at first, and how many more at a time."""

_EVERYTHING: Target | None = None


async def show_history(kit: ConsentKit) -> None:
    """Show the history until it is closed."""
    await show_until_closed(kit.page, lambda close: embed(LiveHistory, kit, on_close=close))


@kit_component
def LiveHistory(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """The history of a kit's record.

    Args:
        kit: Whose record to show.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    about, set_about = ft.use_state(_EVERYTHING)
    shown, set_shown = ft.use_state(PAGE)

    def show(target: Target | None) -> None:
        set_shown(PAGE)
        set_about(target)

    return History(
        history_view(kit, about, shown),
        kit.language,
        HistoryActs(
            show=show,
            earlier=lambda: set_shown(shown + PAGE),
            keep=kit.screens.receipt,
            close=on_close,
        ),
    )


def history_view(kit: ConsentKit, about: Target | None, shown: int) -> HistoryView:
    """The newest entries of a record.

    Args:
        kit: Whose record.
        about: What alone is shown; None for everything.
        shown: How many of this installation's entries at most.
    """
    locale = kit.language.locale
    targets = sorted(kit.record.state, key=lambda it: (it != BASE_NOTICE, str(it)))
    subjects = tuple(Subject(it, target_name(kit.pack, it, locale)) for it in targets)
    try:
        # One more than is shown tells whether there are more.
        own = kit.record.history(limit=shown + 1, about=about)
        more, own = len(own) > shown, own[:shown]
        deliveries = _deliveries(kit, own)
        days = history_days(
            kit.pack, own, deliveries, locale, others=_others(kit, about, own if more else [])
        )
    except LedgerError as error:
        logger.warning("the history could not be read: %s", error)
        return HistoryView((), subjects, about, readable=False)
    return HistoryView(days, subjects, about, more)


def _deliveries(kit: ConsentKit, page: list[Event]) -> dict[int, Delivery]:
    """How far the events of a page have come, one by one: a narrowed page may span the record."""
    outbox = kit.record.ledger.outbox
    found: dict[int, Delivery] = {}
    for event in page:
        found |= outbox.deliveries(event.sequence, event.sequence)
    return found


def _others(kit: ConsentKit, about: Target | None, page: list[Event]) -> list[Event]:
    """Other devices' events that belong among a page of the own; all, if there is no later page."""
    if not kit.record.ledger.others_mark():
        return []
    since = min((moment_of(it) for it in page), default=None)
    return [
        event
        for event in kit.record.others
        if (about is None or event.target == about) and (since is None or moment_of(event) >= since)
    ]
