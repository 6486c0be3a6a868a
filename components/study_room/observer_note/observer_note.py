"""A note that an observer is writing: first the words, then how grave it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import handler, kit_component
from ..key_button import key_button

LONGEST = 2000


def severities(language: Language) -> tuple[str, ...]:
    """What each degree of severity means, from 0 to 4 (Nielsen)."""
    say = language.gettext
    return (
        say("No problem"),
        say("Cosmetic"),
        say("Minor"),
        say("Major"),
        say("Must be mended"),
    )


@kit_component
def ObserverNote(
    language: Language,
    *,
    problem: str,
    at: str,
    text: str = "",
    written: bool = False,
    on_written: Callable[[str], Any],
    on_edit: Callable[[], Any],
    on_severity: Callable[[int, str], Any],
    on_cancel: Callable[[], Any],
) -> ft.Control:
    """The note. While its words are written no key does anything else; Enter ends them.

    Args:
        language: The interface's language.
        problem: What it is about.
        at: When its key was pressed, as minutes and seconds.
        text: What was written so far.
        written: Whether the words are done, and how grave it is is asked.
        on_written: Called with the words when they are done.
        on_edit: Called to go back to the words.
        on_severity: Called with how grave it is and the words: then it is to be saved.
        on_cancel: Called when it is not to be kept.
    """
    said = use_current(text)
    say = language.gettext

    def changed(event: ft.Event[ft.TextField]) -> None:
        said.set(event.control.value or "")

    def grade(degree: int) -> Any:
        return on_severity(degree, said.value)

    field = ft.Semantics(
        content=ft.TextField(
            label=say("What you see, in your words (may stay empty)"),
            value=said.value,
            on_change=changed,
            on_submit=handler(lambda: on_written(said.value)),
            multiline=True,
            # Enter is done; with Shift it begins a line.
            shift_enter=True,
            min_lines=2,
            max_lines=6,
            max_length=LONGEST,
            autofocus=True,
            color=tokens.TEXT,
            key="note.text",
        ),
        identifier="note.text",
    )
    words = ft.Column(
        [
            parts.body(said.value or say("No words.")),
            parts.link(say("Change the words"), on_edit, identifier="note.edit"),
        ],
        spacing=0,
        tight=True,
    )
    return ft.Container(
        ft.Column(
            [
                parts.heading(say("{time} · {problem}", time=at, problem=problem), 2),
                words if written else field,
                parts.live(
                    say("How grave is it? Press 0 to 4, and it is saved; Escape discards it.")
                    if written
                    else say("Press Enter when the words are done, Escape to discard the note.")
                ),
                ft.ResponsiveRow(
                    [
                        ft.Container(it, col={"xs": 12, "sm": 6, "lg": 4})
                        for it in (
                            *(
                                key_button(
                                    str(degree),
                                    label,
                                    grade,
                                    degree,
                                    identifier=f"note.severity-{degree}",
                                )
                                for degree, label in enumerate(severities(language))
                            ),
                            key_button("Esc", say("Discard"), on_cancel, identifier="note.cancel"),
                        )
                    ],
                    spacing=tokens.GAP,
                    run_spacing=tokens.GAP,
                ),
            ],
            spacing=tokens.GAP_MIDDLE,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        bgcolor=tokens.QUIET_SURFACE,
        border=ft.Border.all(1, tokens.EDGE_LINE),
        border_radius=tokens.RADIUS,
        padding=tokens.GAP_LARGE,
        key="note",
    )
