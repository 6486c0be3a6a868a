"""What the system bars, over the host's screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ...consent.permissions import SystemStatus
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import Sheet, SheetForm
from .system import SystemHelp

if TYPE_CHECKING:
    from ...kit import ConsentKit


async def show_system_help(kit: ConsentKit, permission_id: str) -> None:
    """Say why a permission is not asked for any more; returns when that is closed.

    It asks the system nothing but how things stand, and leads to no question by itself.

    Raises:
        KeyError: The pack names no such permission.
    """
    status = await kit.asking.system_status(permission_id)
    sheet: Sheet[None] = Sheet(
        kit.page,
        lambda answer: embed(_LiveHelp, kit, permission_id, status, answer),
        SheetForm.PROMPT,
    )
    try:
        await sheet.answered()
    finally:
        sheet.close()
    await kit.mirror_permissions()


@kit_component
def _LiveHelp(
    kit: ConsentKit, permission_id: str, found: SystemStatus, answer: Callable[[None], None]
) -> ft.Control:
    use_changes(kit.subscribe)
    status, set_status = ft.use_state(found)
    remark, set_remark = ft.use_state("")
    pack, locale, say = kit.pack, kit.language.locale, kit.language.gettext
    permission = pack.permissions[permission_id]
    purpose = None if permission.purpose is None else pack.purposes[permission.purpose]
    without = None if purpose is None else purpose.refusing

    async def settings() -> None:
        if not await kit.asking.open_settings():
            set_remark(
                say(
                    "The settings could not be opened from here. Please open your system's"
                    " settings, find this app, and look under permissions."
                )
            )
            return
        set_remark(say("When you come back, this is looked at again."))
        set_status(await kit.asking.system_status(permission_id))

    return SystemHelp(
        pack.text(permission.name, locale),
        pack.text(permission.description, locale),
        "" if without is None else pack.text(without, locale),
        status,
        kit.language,
        on_settings=settings,
        on_close=lambda: answer(None),
        remark=remark,
    )
