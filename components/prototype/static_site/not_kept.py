"""Says before anything else that no choice will be saved here, why, and what helps."""

from __future__ import annotations

import asyncio
from enum import StrEnum

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import after_dialog


class Reason(StrEnum):
    """Why the browser keeps nothing: ``OPEN_ELSEWHERE``, another window has the record, and only
    one at a time may write; ``NO_STORAGE``, it gives the page none."""

    OPEN_ELSEWHERE = "open-elsewhere"
    NO_STORAGE = "no-storage"


async def tell_not_kept(page: ft.Page, reason: Reason, language: Language) -> None:
    """Say it in a dialog, and return when it was read or went away."""
    say = language.gettext
    title = say("Nothing can be saved here")
    words = {
        Reason.OPEN_ELSEWHERE: say(
            "This page is open in another window, which holds your record. Close the other window,"
            " then load this page again. You can look around here meanwhile."
        ),
        Reason.NO_STORAGE: say(
            "This browser gives the page no storage. A private window or an old browser may be the"
            " reason. You can look around here all the same."
        ),
    }[reason]
    read = asyncio.Event()
    dialog = ft.AlertDialog(
        modal=True,
        title=parts.heading(title, 2),
        # Else it is called "alert", in whatever words the system has for that.
        semantics_label=title,
        content=parts.body(words),
        actions=[parts.action(say("Continue"), read.set, identifier="not-kept.continue")],
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
        on_dismiss=lambda: read.set(),
    )
    page.show_dialog(dialog)
    after_dialog()
    try:
        await read.wait()
    finally:
        if dialog.open:
            dialog.open = False
            dialog.update()
            after_dialog()
