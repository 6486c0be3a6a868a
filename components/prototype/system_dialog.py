"""A stand-in for the operating system's own permission dialog, plainly marked as one."""

from __future__ import annotations

import flet as ft

from ..consent.permissions import SystemStatus
from ..i18n import Language
from ..policy.pack import Pack, Permission
from ..surface import parts
from ..surface.dialogs import DialogAnswer, ask_in_dialog


async def ask_as_system(
    page: ft.Page, pack: Pack, permission: Permission, language: Language
) -> SystemStatus:
    """Ask as the system would, and give the answer; going away without one grants nothing."""
    say = language.gettext
    return await ask_in_dialog(
        page,
        say(
            "Allow “{app}” to use: {permission}?",
            app=pack.text(pack.name, language.locale),
            permission=pack.text(permission.name, language.locale),
        ),
        [parts.note(say("Simulated system dialog. On a phone, the system asks here."))],
        [
            DialogAnswer(say("Don’t allow"), SystemStatus.NOT_GRANTED, "system.deny"),
            DialogAnswer(say("Allow"), SystemStatus.GRANTED, "system.allow"),
        ],
        if_gone=SystemStatus.NOT_GRANTED,
    )
