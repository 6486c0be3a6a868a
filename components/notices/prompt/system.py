"""What to do when the system will not ask any more: words, and the way to its settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...consent.permissions import SystemStatus
from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.sheets import asked_in_sheet


@kit_component
def SystemHelp(
    name: str,
    what_for: str,
    without: str,
    status: SystemStatus,
    language: Language,
    *,
    on_settings: Callable[[], Any],
    on_close: Callable[[], Any],
    remark: str = "",
) -> ft.Control:
    """Says why a permission is not asked for, and what helps.

    Args:
        name: What the permission is called, for example "Location".
        what_for: The feature it serves, in a sentence.
        without: What a person can do without it, in a sentence; empty if nothing is said of it.
        status: What the system says of it now.
        language: The interface's language.
        on_settings: Called when the person wants to go to the system's settings.
        on_close: Called when they are done here.
        remark: What came of the last press, to be spoken; empty at first.
    """
    say = language.gettext
    match status:
        case SystemStatus.GRANTED:
            title = say("{name} is allowed", name=name)
            reason = say("The system allows it. Go back and use the feature.")
        case SystemStatus.RESTRICTED | SystemStatus.UNSUPPORTED:
            title = say("{name} cannot be allowed here", name=name)
            reason = say(
                "This device does not allow it, for example because of parental controls or"
                " your organisation's rules. Nothing in this app can change that."
            )
        case _:
            title = say("{name} is off in the system's settings", name=name)
            reason = say(
                "You said no to the system, and it will not ask again. If you see it differently"
                " now, allow it in the system's settings for this app."
            )
    settings = status in (SystemStatus.NOT_GRANTED, SystemStatus.DENIED_FOR_GOOD)
    close = parts.action(say("Close"), on_close, identifier="system.close", expand=True)
    to_settings = parts.action(
        say("Open settings"), on_settings, identifier="system.settings", expand=True
    )
    return asked_in_sheet(
        [
            ft.Row(
                [
                    parts.icon("settings" if settings else "info"),
                    ft.Container(parts.heading(title, 2), expand=True),
                ],
                spacing=tokens.GAP_LARGE,
                vertical_alignment=ft.CrossAxisAlignment.START,
            ),
            parts.body(reason),
            _row(say("What for"), what_for),
            *([_row(say("Without it"), without)] if without else []),
            parts.live(remark),
        ],
        ft.Row(
            [close, *([to_settings] if settings else [])],
            spacing=tokens.GAP_LARGE,
            intrinsic_height=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )


def _row(label: str, words: str) -> ft.Control:
    return ft.Column([parts.note(label), parts.body(words)], spacing=0, tight=True)
