"""What the window says before it closes while something is still to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import flet as ft

from ...surface import parts
from ...surface.dialogs import DialogAnswer, ask_in_dialog
from ...sync.rights_store import RequestDelivery
from ...sync.state import SyncPhase

if TYPE_CHECKING:
    from ...i18n import Language
    from ...kit import ConsentKit


@dataclass(frozen=True)
class Unsent:
    """How much waits to be sent, of choices and of requests to exercise a right."""

    choices: int = 0
    requests: int = 0

    def __bool__(self) -> bool:
        return bool(self.choices or self.requests)


def unsent(kit: ConsentKit) -> Unsent:
    """What goes out at the next start. What stays on the device anyway is not counted."""
    state = kit.sync_state
    if not kit.travelling.has_endpoint or state.phase in (SyncPhase.HELD, SyncPhase.ERASED):
        return Unsent()
    waiting = RequestDelivery.WAITING
    requests = [it for it in kit.travelling.requests.all() if it.delivery is waiting]
    return Unsent(state.pending, len(requests))


async def really_close(page: ft.Page, left: Unsent, language: Language) -> bool:
    """Say what is still to be sent, and ask; going away without an answer stays.

    Args:
        page: The window's.
        left: What is still to be sent.
        language: Of the words.
    """
    say = language.gettext
    told = []
    if left.choices:
        told.append(
            language.ngettext(
                "{number} choice is still to be sent.",
                "{number} choices are still to be sent.",
                left.choices,
            )
        )
    if left.requests:
        told.append(
            language.ngettext(
                "{number} request is still to be sent.",
                "{number} requests are still to be sent.",
                left.requests,
            )
        )
    told.append(say("Nothing is lost: it stays on this device and goes out at the next start."))
    return await ask_in_dialog(
        page,
        say("Not everything is sent yet"),
        [parts.body(it) for it in told],
        [
            DialogAnswer(say("Stay"), False, "closing.stay"),
            DialogAnswer(say("Close"), True, "closing.close"),
        ],
        if_gone=False,
    )
