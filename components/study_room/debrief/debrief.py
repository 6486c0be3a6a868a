"""What the study was about, and the last word of whoever took part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import kit_component
from ..pieces import study_page


@kit_component
def Debrief(
    language: Language,
    *,
    paragraphs: Sequence[str],
    writes: bool,
    code: str,
    done: float,
    on_end: Callable[[str], Any],
    on_stop: Callable[[], Any],
) -> ft.Control:
    """The debriefing.

    Args:
        language: The interface's language.
        paragraphs: The study's words.
        writes: Whether the participant agreed to leave words of their own.
        code: The participant's code.
        done: How much of the study lies behind, from 0 to 1.
        on_end: Called with what was written, or nothing.
        on_stop: Called to stop taking part.
    """
    written = use_current("")
    say = language.gettext

    def changed(event: ft.Event[ft.TextField]) -> None:
        written.set(event.control.value or "")

    field = ft.Semantics(
        content=ft.TextField(
            label=say("Anything else you would like to say"),
            value=written.value,
            on_change=changed,
            multiline=True,
            min_lines=3,
            max_length=4000,
            color=tokens.TEXT,
            key="debrief.text",
        ),
        identifier="debrief.text",
    )
    return study_page(
        language,
        [
            parts.heading(say("What this study is about"), 1),
            *(parts.body(it) for it in paragraphs),
            *([field] if writes else []),
        ],
        [parts.action(say("Finish"), lambda: on_end(written.value), identifier="debrief.end")],
        code=code,
        on_stop=on_stop,
        done=done,
    )
