"""Says before anything else that no choice will be saved here, why, and what helps."""

from __future__ import annotations

from enum import StrEnum

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...surface.dialogs import DialogAnswer, ask_in_dialog


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
    await ask_in_dialog(
        page,
        title,
        [parts.body(words)],
        [DialogAnswer(say("Continue"), None, "not-kept.continue")],
        if_gone=None,
    )
