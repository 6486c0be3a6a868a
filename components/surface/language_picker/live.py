"""The language picker on a host's page, speaking the language that was just chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ..runtime import embed, kit_component, use_changes
from ..sheets import SheetForm, show_until_closed
from .language_picker import LanguageSheet

if TYPE_CHECKING:
    from ...kit import ConsentKit


async def show_languages(kit: ConsentKit) -> None:
    """Show the languages until they are closed. A choice holds at once, everywhere."""
    await kit.speaking.read_device()
    await show_until_closed(
        kit.page, lambda close: embed(LiveLanguages, kit, on_close=close), SheetForm.PROMPT
    )


@kit_component
def LiveLanguages(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """The languages of a kit."""
    use_changes(kit.subscribe)
    return LanguageSheet(
        kit.language,
        kit.speaking.chosen,
        on_choose=kit.speaking.choose,
        on_close=on_close,
        automatic=kit.speaking.automatic,
    )
