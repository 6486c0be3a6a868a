"""The console's player: the scenarios, the steps of one, and the buttons that move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ..pieces import chip
from ..scenarios.states import PlayerState
from .view import ConsoleView, StepLine, StepState
from .words import state_words

if TYPE_CHECKING:
    from .console import ConsoleActs

_ICONS = {
    StepState.DONE: "check_circle",
    StepState.NEXT: "play_circle_outline",
    StepState.UNDER_WAY: "pending",
    StepState.TO_COME: "radio_button_unchecked",
    StepState.DIVERGED: "error",
}


def moving(view: ConsoleView, language: Language, acts: ConsoleActs) -> ft.Control:
    """What the player does, and the buttons that move it."""
    say = language.gettext
    plays = view.state is PlayerState.PLAYING
    return ft.Row(
        [
            parts.action(
                say("Next step"), acts.step, identifier="console.step", icon_name="skip_next"
            ),
            # One control in one place: the focus stays where it is while it changes.
            parts.action(
                say("Pause") if plays else say("Play all"),
                acts.pause if plays else acts.play,
                identifier="console.pause" if plays else "console.play",
                key="console.play-or-pause",
            ),
            parts.action(
                say("Begin anew"),
                acts.reset,
                identifier="console.reset",
                icon_name="restart_alt",
            ),
            parts.live(state_words(view.state, language)),
        ],
        wrap=True,
        spacing=tokens.GAP,
        run_spacing=tokens.GAP,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def choosing(view: ConsoleView, language: Language, acts: ConsoleActs) -> ft.Control:
    """The scenarios, to choose one of; choosing begins it anew."""
    return ft.Row(
        [
            chip(
                title, name == view.chosen, acts.choose, name, identifier=f"console.scenario.{name}"
            )
            for name, title in view.scenarios
        ],
        wrap=True,
        spacing=tokens.GAP,
        run_spacing=tokens.GAP,
    )


def playing(view: ConsoleView, language: Language) -> list[ft.Control]:
    """What the scenario shows, and its steps."""
    return [
        parts.heading(dict(view.scenarios)[view.chosen], 2),
        parts.body(view.about),
        parts.card([_step(it, language) for it in view.steps]),
        parts.note(view.difference) if view.difference else ft.Container(),
    ]


def _step(line: StepLine, language: Language) -> ft.Control:
    say = language.gettext
    spoken = {
        StepState.DONE: say("Done"),
        StepState.NEXT: say("Next"),
        StepState.UNDER_WAY: say("Under way"),
        StepState.TO_COME: say("Still to come"),
        StepState.DIVERGED: say("Went wrong"),
    }[line.state]
    now = line.state in (StepState.NEXT, StepState.UNDER_WAY)
    return ft.MergeSemantics(
        ft.Row(
            [
                ft.Icon(
                    getattr(ft.Icons, _ICONS[line.state].upper()),
                    color=tokens.ALERT
                    if line.state is StepState.DIVERGED
                    else tokens.ACCENT
                    if line.state is not StepState.TO_COME
                    else tokens.QUIET_TEXT,
                    semantics_label=spoken,
                ),
                ft.Text(
                    line.words,
                    theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                    color=tokens.QUIET_TEXT if line.state is StepState.TO_COME else tokens.TEXT,
                    weight=ft.FontWeight.W_600 if now else None,
                    expand=True,
                ),
            ],
            spacing=tokens.GAP_MIDDLE,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    )
