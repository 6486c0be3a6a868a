"""Contact and complaint on a host's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from .contact import Contact, contact_view

if TYPE_CHECKING:
    from ...kit import ConsentKit


async def show_contact(kit: ConsentKit) -> None:
    """Show whom to turn to, until it is closed."""
    await show_until_closed(kit.page, lambda close: embed(LiveContact, kit, on_close=close))


@kit_component
def LiveContact(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """Contact and complaint, of a kit.

    Args:
        kit: Whose pack says whom to turn to.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    return Contact(contact_view(kit.pack, kit.language.locale), kit.language, on_close=on_close)
