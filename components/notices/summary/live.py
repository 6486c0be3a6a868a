"""The summary on a host's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from ...surface.watching import Screen, ScreenName
from .summary import PolicySummary

if TYPE_CHECKING:
    from ...kit import ConsentKit


async def show_summary(kit: ConsentKit) -> None:
    """Show the summary until it is closed."""
    await show_until_closed(
        kit.page,
        lambda close: embed(_LiveSummary, kit, close),
        screen=Screen(ScreenName.SUMMARY),
    )


@kit_component
def _LiveSummary(kit: ConsentKit, on_close: Callable[[], None]) -> ft.Control:
    use_changes(kit.subscribe)
    locale = kit.language.locale
    written_in = kit.pack.locale_for(locale)
    texts = kit.texts
    return PolicySummary(
        texts.summary_title,
        texts.summary,
        {clause.id: clause.title for clause in texts.document.clauses()},
        kit.language,
        prevailing=None if written_in == locale else kit.language.name_of(written_in),
        on_read=kit.open_policy,
        # Choosing begins with the notice: while it waits for an answer, that comes first.
        on_choices=None if kit.gate.notice_due else kit.open_centre,
        on_close=on_close,
    )
