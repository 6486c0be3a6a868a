"""The console as a whole: what is played on one side, what comes of it on the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import flet as ft

from ...consent.permissions import SystemStatus
from ...i18n import Language
from ...policy.pack import ChangeKind
from ...surface import parts, tokens
from ...surface.appearance import Brightness
from ...surface.runtime import kit_component
from ...surface.text_size import TextSize
from ..scenarios.model import NetworkCondition
from .playing import choosing, moving, playing
from .results import results
from .surroundings import surroundings
from .view import ConsoleView, Orientation, PhoneSize

_COLUMN = 280
"""The least width of a column; with room for two, they stand side by side."""


@dataclass(frozen=True)
class ConsoleActs:
    """What can be done in the console.

    Attributes:
        choose: Called with a scenario's name, to begin it anew.
        step: Take the next step.
        play: Take all that are left.
        pause: Stop after the step under way.
        reset: Begin anew.
        network, system, size, orientation, locale, brightness, text_size: Called with what was
            chosen.
        pass_time: Called with how much time is to go by.
        publish: Called with the kind of a new version.
        reopen: Close the app and open it again.
        other_device: Pick up the other phone.
        ask_age: Let the app ask for the day of birth.
        log_in: Log in to the account.
    """

    choose: Callable[[str], Any]
    step: Callable[[], Any]
    play: Callable[[], Any]
    pause: Callable[[], Any]
    reset: Callable[[], Any]
    network: Callable[[NetworkCondition], Any]
    system: Callable[[SystemStatus | None], Any]
    size: Callable[[PhoneSize], Any]
    orientation: Callable[[Orientation], Any]
    locale: Callable[[str], Any]
    brightness: Callable[[Brightness], Any]
    text_size: Callable[[TextSize], Any]
    pass_time: Callable[[timedelta], Any]
    publish: Callable[[ChangeKind], Any]
    reopen: Callable[[], Any]
    other_device: Callable[[], Any]
    ask_age: Callable[[], Any]
    log_in: Callable[[], Any]


@kit_component
def Console(
    view: ConsoleView, language: Language, acts: ConsoleActs, *, width: float = 0.0
) -> ft.Control:
    """The console.

    Args:
        view: What to show.
        language: Of the console.
        acts: What is called.
        width: Of the place it stands in; without one, or with little, it is one column.
    """
    title = parts.heading(language.gettext("Stakeholder demo"), 1)
    buttons, scenarios = moving(view, language, acts), choosing(view, language, acts)
    steps = _column(playing(view, language))
    around = _column(surroundings(view, language, acts))
    came = _column(results(view, language))
    if width < 2 * _COLUMN + 3 * tokens.EDGE:
        content: list[ft.Control] = [title, buttons, scenarios, steps, came, around]
    else:
        content = [
            title,
            buttons,
            scenarios,
            ft.Row(
                [
                    ft.Container(_column([steps, around], tokens.GAP_SECTION), expand=True),
                    ft.Container(came, expand=True),
                ],
                spacing=tokens.EDGE,
                vertical_alignment=ft.CrossAxisAlignment.START,
            ),
        ]
    return ft.ListView(
        content,
        expand=True,
        spacing=tokens.GAP_MIDDLE,
        padding=tokens.EDGE,
        # One list of tall blocks: what is out of sight must stay in reach of the keyboard.
        build_controls_on_demand=False,
    )


def _column(controls: list[ft.Control], spacing: float = tokens.GAP_MIDDLE) -> ft.Control:
    return ft.Column(controls, spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
