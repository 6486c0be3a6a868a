"""The lists of a kit's policy, on a host's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...policy.exporting.lists import ListFormat, PackList, export_list
from ...surface.file_saving import Saving, save_file
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from .lists import PackListScreen, PackListScreenActs
from .view import list_view

if TYPE_CHECKING:
    from ...kit import ConsentKit

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take CSV for the system's old encoding unless the file begins with it."""


async def show_list(kit: ConsentKit, which: PackList) -> None:
    """Show a list until it is closed."""
    await show_until_closed(kit.page, lambda close: embed(LiveList, kit, which, on_close=close))


@kit_component
def LiveList(kit: ConsentKit, which: PackList, *, on_close: Callable[[], None]) -> ft.Control:
    """A list of a kit's policy, in the interface's language.

    Args:
        kit: Has the policy.
        which: Which list.
        on_close: Called when the person is done.
    """
    use_changes(kit.subscribe)
    locale = kit.language.locale
    written_in = kit.pack.locale_for(locale)
    view = ft.use_memo(
        lambda: list_view(
            kit.pack,
            which,
            locale,
            None if written_in == locale else Language.of(written_in).own_name,
        ),
        [locale],
    )

    async def save(form: ListFormat) -> Saving:
        text = export_list(kit.pack, which, form, locale)
        mark = _BYTE_ORDER_MARK if form is ListFormat.CSV else ""
        name = f"{kit.pack.id}-{which.value}-{kit.pack.version.id}.{form.value}"
        return await save_file(kit.page, name, (mark + text).encode())

    async def visit(address: str) -> None:
        await ft.UrlLauncher().launch_url(address)

    return PackListScreen(
        view,
        kit.language,
        PackListScreenActs(read=kit.open_policy, visit=visit, save=save, close=on_close),
    )
