"""What is around the app: the phone, its network, its system, its clock, and how the app looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import flet as ft

from ...i18n import Language, available_locales
from ...policy.pack import ChangeKind
from ...surface import parts, tokens
from ...surface.appearance import brightness_words
from ...surface.text_size import text_size_words
from ..pieces import chip
from .view import ConsoleView, PhoneSize
from .words import (
    device_words,
    network_words,
    orientation_words,
    system_words,
)

if TYPE_CHECKING:
    from .console import ConsoleActs

Value = TypeVar("Value")

_JUMPS = (timedelta(hours=1), timedelta(hours=49), timedelta(days=32))


def surroundings(view: ConsoleView, language: Language, acts: ConsoleActs) -> list[ft.Control]:
    """Everything that can be changed around the app."""
    say = language.gettext
    hour, cool_down, month = _JUMPS
    return [
        *_choice(say("Network"), "network", view.network, network_words(language), acts.network),
        *_choice(
            say("When the system is asked"),
            "system",
            view.system,
            system_words(language),
            acts.system,
        ),
        parts.heading(say("Clock"), 2),
        parts.body(language.moment(view.now, view.now.tzinfo)),
        _buttons(
            parts.action(say("An hour later"), acts.pass_time, hour, identifier="console.hour"),
            parts.action(
                say("49 hours later"), acts.pass_time, cool_down, identifier="console.two-days"
            ),
            parts.action(say("A month later"), acts.pass_time, month, identifier="console.month"),
        ),
        parts.heading(say("App and person"), 2),
        parts.body(device_words(language)[view.device]),
        _buttons(
            parts.action(say("Close and open again"), acts.reopen, identifier="console.reopen"),
            parts.action(
                say("Pick up the other phone"), acts.other_device, identifier="console.device"
            ),
            parts.action(say("Log in"), acts.log_in, identifier="console.log-in"),
            parts.action(say("Ask for the birthday"), acts.ask_age, identifier="console.age"),
            parts.action(
                say("Material update"),
                acts.publish,
                ChangeKind.MATERIAL,
                identifier="console.material",
            ),
            parts.action(
                say("Editorial update"),
                acts.publish,
                ChangeKind.EDITORIAL,
                identifier="console.editorial",
            ),
        ),
        *_choice(
            say("Language"),
            "locale",
            view.locale,
            {it: Language.of(it).own_name for it in available_locales()},
            acts.locale,
        ),
        *_choice(
            say("Theme"), "theme", view.brightness, brightness_words(language), acts.brightness
        ),
        *_choice(
            say("Text size"), "text", view.text_size, text_size_words(language), acts.text_size
        ),
        *_choice(
            say("Phone"),
            "size",
            view.size,
            {it: "{} × {}".format(*it.upright) for it in PhoneSize},
            acts.size,
        ),
        *_choice(
            say("Held"), "held", view.orientation, orientation_words(language), acts.orientation
        ),
    ]


def _choice(
    title: str,
    name: str,
    holds: Value,
    values: Mapping[Value, str],
    act: Callable[[Value], Any],
) -> list[ft.Control]:
    return [
        parts.heading(title, 2),
        _buttons(
            *(
                chip(
                    words, value == holds, act, value, identifier=f"console.{name}.{_named(value)}"
                )
                for value, words in values.items()
            )
        ),
    ]


def _named(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value or "dialog")


def _buttons(*buttons: ft.Control) -> ft.Control:
    return ft.Row(list(buttons), wrap=True, spacing=tokens.GAP, run_spacing=tokens.GAP)
