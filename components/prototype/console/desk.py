"""The watcher's desk: the world, the player, and the phone that stands on it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from ...consent.permissions import SystemStatus
from ...i18n import Language
from ...policy.pack import ChangeKind, RequestMode
from ...surface.appearance import Brightness
from ...surface.text_size import TextSize
from ..scenarios.model import DeviceName
from ..scenarios.player import Player
from ..scenarios.seen import waiting
from ..scenarios.states import PlayerState
from ..scenarios.world import World
from .console import ConsoleActs
from .lines import endpoint_lines, gate_lines, ledger_lines, step_lines
from .view import ConsoleView, Orientation, PhoneSize

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.4
"""After a change, so long until the endpoint is looked at: what was sent has arrived by then."""


class Desk:
    """What the console shows and does.

    Args:
        world: Where the app is.
        player: Plays in it.
    """

    def __init__(self, world: World, player: Player) -> None:
        self.world = world
        self.player = player
        self.size = PhoneSize.COMMON
        self.orientation = Orientation.UPRIGHT
        self._calls_looked_at = -1
        self._work: set[asyncio.Task[None]] = set()
        world.subscribe(self._changed)

    @property
    def language(self) -> Language:
        """Of app and console."""
        return Language.of(self.world.preferences.language or "zh_Hans")

    @property
    def phone_size(self) -> tuple[int, int]:
        """Width and height of the phone as it is held."""
        width, height = self.size.upright
        return (width, height) if self.orientation is Orientation.UPRIGHT else (height, width)

    def view(self) -> ConsoleView:
        """Everything as it is now."""
        world, player, language = self.world, self.player, self.language
        say = language.gettext
        kit = None if world.visit is None else world.visit.kit
        told = "; ".join(f"{it.what}: {it.expected} ≠ {it.found}" for it in player.difference)
        return ConsoleView(
            scenarios=tuple((it.name, it.title(say)) for it in player.scenarios),
            chosen=player.scenario.name,
            about=player.scenario.about(say),
            steps=step_lines(player.scenario, player.done, player.state, language),
            state=player.state,
            difference=told,
            now=world.clock.now(),
            ledger=() if kit is None else ledger_lines(kit, language),
            waiting=0 if kit is None else waiting(world),
            calls=world.device.network.calls,
            endpoint=endpoint_lines(world.arrived),
            gate=() if kit is None else gate_lines(kit, language),
            device=world.device.name,
            network=world.device.network.condition,
            system=world.device.system_answer(),
            locale=language.locale,
            brightness=world.preferences.appearance.brightness,
            text_size=world.preferences.appearance.text_size,
            size=self.size,
            orientation=self.orientation,
        )

    def acts(self) -> ConsoleActs:
        """What can be done; all of it returns at once and shows itself when it is done."""
        player, world = self.player, self.world
        return ConsoleActs(
            choose=lambda name: self._do(player.choose(name)),
            step=lambda: self._do(player.step()),
            play=lambda: self._do(player.play()),
            pause=player.pause,
            reset=lambda: self._do(player.reset()),
            network=world.set_network,
            system=self._system,
            size=self._size,
            orientation=self._orientation,
            locale=self._locale,
            brightness=self._brightness,
            text_size=self._text_size,
            pass_time=world.let_time_pass,
            publish=self._publish,
            reopen=lambda: self._do(world.reopen_app()),
            other_device=self._other_device,
            ask_age=lambda: world.ask_age() if world.visit is not None else None,
            log_in=self._log_in,
        )

    async def close(self) -> None:
        """Give up what is under way, and leave nothing behind."""
        self.player.pause()
        for task in tuple(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await self.world.end()

    # --- what is around the app

    def _system(self, answer: SystemStatus | None) -> None:
        for permission in self.world.pack.permissions.values():
            if permission.request is RequestMode.JUST_IN_TIME:
                self.world.system_will(permission.id, answer)

    def _size(self, size: PhoneSize) -> None:
        self.size = size
        self.world.tell()

    def _orientation(self, orientation: Orientation) -> None:
        self.orientation = orientation
        self.world.tell()

    def _locale(self, locale: str) -> None:
        if self.world.visit is not None:
            self.world.visit.kit.speaking.choose(locale)
        self._do(self.world.preferences.choose_language(locale))

    def _brightness(self, brightness: Brightness) -> None:
        worn = replace(self.world.preferences.appearance, brightness=brightness)
        self._do(self.world.preferences.choose_appearance(worn))

    def _text_size(self, size: TextSize) -> None:
        worn = replace(self.world.preferences.appearance, text_size=size)
        self._do(self.world.preferences.choose_appearance(worn))

    def _publish(self, change: ChangeKind) -> None:
        if self.world.pack.version.id == self.world.first_version:
            self._do(self.world.publish(change))

    def _other_device(self) -> None:
        first = self.world.device.name is DeviceName.FIRST
        self._do(self.world.pick_up(DeviceName.SECOND if first else DeviceName.FIRST))

    def _log_in(self) -> None:
        if self.world.visit is not None and self.world.visit.kit.gate.may_send:
            self._do(self.world.log_in())

    # --- details

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        async def guarded() -> None:
            try:
                await work
            except Exception:
                logger.exception("the console could not do what was asked")
            self.world.tell()

        self._keep(asyncio.get_running_loop().create_task(guarded()))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def _changed(self) -> None:
        """Look at the endpoint a little after something may have been sent to it."""
        if self.player.state is PlayerState.RESETTING or self.world.visit is None:
            return
        calls = self.world.device.network.calls
        if calls == self._calls_looked_at:
            return
        self._calls_looked_at = calls
        self._keep(asyncio.get_running_loop().create_task(self._look()))

    async def _look(self) -> None:
        await asyncio.sleep(_LOOK_SECONDS)
        before = self.world.arrived
        try:
            await self.world.look_at_endpoint()
        except Exception:
            # Beginning anew takes away the endpoint that is looked at.
            if self.player.state is not PlayerState.RESETTING:
                logger.exception("the endpoint could not be looked at")
            return
        if self.world.arrived != before:
            self.world.tell()
