"""The end of a session, with the code to keep."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ..pieces import study_page


class Ending(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    REFUSED = "refused"
    DELETED = "deleted"


_PICTURE = 160


@kit_component
def SessionEnd(
    language: Language,
    *,
    ending: Ending,
    code: str,
    picture: bytes | None = None,
    days: int,
    on_next: Callable[[], Any],
    records: ft.Control | None = None,
) -> ft.Control:
    """The last screen.

    Args:
        language: The interface's language.
        ending: How it ended.
        code: The participant's code.
        picture: The code as a QR picture (PNG); None shows none.
        days: After how many days what was kept is deleted.
        on_next: Called to make room for the next participant.
        records: The way out for the records, on a device of the participant's own; None elsewhere.
    """
    say = language.gettext
    keeps = ending in (Ending.FINISHED, Ending.STOPPED)
    code_shown: list[ft.Control] = [
        parts.heading(say("Your code: {code}", code=code), 2),
        *(
            []
            if picture is None
            else [
                ft.Row(
                    [
                        ft.Container(
                            ft.Image(
                                src=picture,
                                width=_PICTURE,
                                height=_PICTURE,
                                fit=ft.BoxFit.FILL,
                                # Its squares stay sharp.
                                filter_quality=ft.FilterQuality.NONE,
                                semantics_label=say("Your code as a QR picture"),
                            ),
                            bgcolor=ft.Colors.WHITE,
                            padding=tokens.GAP,
                            border_radius=tokens.RADIUS,
                        )
                    ]
                )
            ]
        ),
        parts.body(
            say(
                "Write it down or take a picture of it. If you tell us this code, we delete"
                " everything of yours. After {days} days it is deleted anyway.",
                days=days,
            )
        ),
    ]
    title, text = _words(ending, language)
    if records is not None and ending is Ending.FINISHED:
        text = say("One step is left.")
    return study_page(
        language,
        [
            parts.heading(title, 1),
            parts.body(text),
            *([] if records is None else [records]),
            *(code_shown if keeps else []),
        ],
        [
            parts.action(
                # Nobody waits for a device that is the participant's own.
                say("Ready for the next person") if records is None else say("Back to the start"),
                on_next,
                identifier="end.next",
            )
        ],
    )


def _words(ending: Ending, language: Language) -> tuple[str, str]:
    say = language.gettext
    match ending:
        case Ending.FINISHED:
            return say("Thank you, that was all"), say("You can hand the device back now.")
        case Ending.STOPPED:
            return say("You have stopped"), say(
                "What you gave up to here is kept. You need not say why you stopped."
            )
        case Ending.REFUSED:
            return say("You do not take part"), say("Nothing was kept. Thank you for your time.")
        case Ending.DELETED:
            return say("Everything of yours is deleted"), say(
                "What stays is a note that the code is no longer used. Thank you for your time."
            )
