"""A stand-in for the operating system's own permission dialog, plainly marked as one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import flet as ft

from ..consent.permissions import SystemStatus
from ..i18n import Language
from ..policy.pack import Pack, Permission
from ..surface import parts, tokens
from ..surface.runtime import after_dialog


async def ask_as_system(
    page: ft.Page, pack: Pack, permission: Permission, language: Language
) -> SystemStatus:
    """Ask as the system would, and give the answer; going away without one grants nothing."""
    say = language.gettext
    pressed: asyncio.Future[SystemStatus] = asyncio.get_running_loop().create_future()

    def press(status: SystemStatus) -> Callable[[], None]:
        def act() -> None:
            if not pressed.done():
                pressed.set_result(status)

        return act

    question = say(
        "Allow “{app}” to use: {permission}?",
        app=pack.text(pack.name, language.locale),
        permission=pack.text(permission.name, language.locale),
    )
    dialog = ft.AlertDialog(
        modal=True,
        title=parts.heading(question, 2),
        # Else it is called "alert", in whatever words the system has for that.
        semantics_label=question,
        content=parts.note(say("Simulated system dialog. On a phone, the system asks here.")),
        actions=[
            parts.action(
                say("Don’t allow"),
                press(SystemStatus.NOT_GRANTED),
                identifier="system.deny",
            ),
            parts.action(say("Allow"), press(SystemStatus.GRANTED), identifier="system.allow"),
        ],
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
        on_dismiss=press(SystemStatus.NOT_GRANTED),
    )
    page.show_dialog(dialog)
    after_dialog()
    try:
        return await pressed
    finally:
        if dialog.open:
            dialog.open = False
            dialog.update()
            after_dialog()
