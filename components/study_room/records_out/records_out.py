"""The way out for the records of a device: one file, for whoever runs the study."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ...surface.runtime import kit_component


@kit_component
def RecordsOut(
    language: Language,
    *,
    sessions: int,
    own: bool,
    saving: Saving | None = None,
    on_save: Callable[[], Awaitable[Saving]],
) -> ft.Control:
    """What lies on this device, and the button that saves it as one file.

    Args:
        language: The interface's language.
        sessions: How many sessions there are; at least one.
        own: Whether it is the participant who is to pass the file on, on a device of their own;
            else it is whoever runs the study.
        saving: How it ended at first; None, but for examples.
        on_save: Called to save them; the answer is how that ended.
    """
    ended, set_ended = ft.use_state(saving)
    say = language.gettext

    async def save() -> None:
        set_ended(None)
        set_ended(await on_save())

    return ft.Column(
        [
            parts.heading(
                say("Pass on your answers") if own else say("For whoever runs the study"), 2
            ),
            parts.body(
                say(
                    "They are on this device and nowhere else; nothing was sent. Save them as a"
                    " file, and give it to whoever asked you to take part."
                )
                if own
                else language.ngettext(
                    "{number} session is on this device and nowhere else.",
                    "{number} sessions are on this device and nowhere else.",
                    sessions,
                )
            ),
            parts.action(say("Save as a file"), save, identifier="records.save"),
            parts.live(_words(ended, language)),
        ],
        spacing=tokens.GAP_MIDDLE,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _words(ended: Saving | None, language: Language) -> str:
    say = language.gettext
    match ended:
        case None:
            return ""
        case Saving.SAVED:
            return say("Saved. What is on this device stays there.")
        case Saving.CANCELLED:
            return say("Not saved.")
        case Saving.FAILED:
            return say("It could not be saved here. What is on this device is as it was.")
