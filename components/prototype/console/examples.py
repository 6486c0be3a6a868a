"""Examples of the console."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import flet as ft

from ...consent.outbox import Delivery
from ...consent.status import ConsentStatus
from ...surface.example import Example, Setting
from ..scenarios.catalogue import SCENARIOS, scenario
from ..scenarios.model import DeviceName, NetworkCondition
from ..scenarios.states import PlayerState
from .console import Console, ConsoleActs
from .lines import gate_lines_of, step_lines
from .view import ConsoleView, EndpointLine, GateAnswer, GateLine, LedgerLine

_NOW = datetime(2025, 12, 1, 9, 3, 20, tzinfo=UTC)
_HASHES = ("3f2a9c1e5b7d8046", "a81c77d20e9f4b35", "0d5e6f7a8b9c1234")
_SUBJECT = "kT9vQx2LmZ4"


def _acts(setting: Setting) -> ConsoleActs:
    return ConsoleActs(
        choose=setting.does("choose"),
        step=setting.does("step"),
        play=setting.does("play"),
        pause=setting.does("pause"),
        reset=setting.does("reset"),
        network=setting.does("network"),
        system=setting.does("system"),
        size=setting.does("size"),
        orientation=setting.does("orientation"),
        locale=setting.does("locale"),
        brightness=setting.does("brightness"),
        text_size=setting.does("text-size"),
        pass_time=setting.does("pass-time"),
        publish=setting.does("publish"),
        reopen=setting.does("reopen"),
        other_device=setting.does("other-device"),
        ask_age=setting.does("ask-age"),
        log_in=setting.does("log-in"),
    )


def _view(setting: Setting, name: str, done: int, state: PlayerState) -> ConsoleView:
    say = setting.language.gettext
    chosen = scenario(name)
    return ConsoleView(
        tuple((it.name, it.title(say)) for it in SCENARIOS),
        name,
        chosen.about(say),
        step_lines(chosen, done, state, setting.language),
        state,
        _NOW,
        gate=gate_lines_of(setting.pack, setting.language, lambda _purpose: "notice-first"),
        locale=setting.language.locale,
    )


def _fresh(setting: Setting) -> ft.Control:
    view = _view(setting, "fresh-install", 0, PlayerState.READY)
    return Console(view, setting.language, _acts(setting))


def _filled(setting: Setting, state: PlayerState) -> ConsoleView:
    view = _view(setting, "offline-then-back", 5, state)
    name = setting.pack.text(setting.pack.purposes["nearby-cinema"].name, setting.language.locale)
    given = ConsentStatus.GIVEN
    lines = (
        LedgerLine(2, name, given, _NOW, _HASHES[1], Delivery.PENDING),
        LedgerLine(
            1,
            setting.language.gettext("Privacy notice"),
            given,
            _NOW - timedelta(minutes=2),
            _HASHES[0],
            Delivery.ACKNOWLEDGED,
        ),
    )
    agreed = GateLine(name, GateAnswer.PERMITTED, "agreed")
    return replace(
        view,
        ledger=lines,
        waiting=1,
        calls=1,
        endpoint=(EndpointLine(_SUBJECT, 1, _HASHES[0], "kept"),),
        gate=(agreed, *(it for it in view.gate if it.purpose != name)),
        network=NetworkCondition.OFF,
    )


def _playing(setting: Setting) -> ft.Control:
    return Console(_filled(setting, PlayerState.PLAYING), setting.language, _acts(setting))


def _wide(setting: Setting) -> ft.Control:
    view = _filled(setting, PlayerState.READY)
    return Console(view, setting.language, _acts(setting), width=1000)


def _diverged(setting: Setting) -> ft.Control:
    view = replace(_filled(setting, PlayerState.DIVERGED), difference="waiting: 2, found 1")
    return Console(view, setting.language, _acts(setting))


def _erased(setting: Setting) -> ft.Control:
    view = replace(
        _view(setting, "account-closure", 14, PlayerState.ENDED),
        endpoint=(EndpointLine(_SUBJECT, 1, _HASHES[0], "erased"),),
        device=DeviceName.SECOND,
    )
    return Console(view, setting.language, _acts(setting))


EXAMPLES = (
    Example("fresh", "Before the first step.", _fresh),
    Example("playing", "In the middle, without a network.", _playing),
    Example("wide", "With room for two columns.", _wide),
    Example("diverged", "A step did not lead where it should.", _diverged),
    Example("erased", "At the end, with an erased record.", _erased),
)
