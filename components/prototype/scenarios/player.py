"""Plays scenarios: one step, all of them, or everything anew."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from . import hands
from .acts import perform
from .model import DeviceName, Scenario, Step
from .seen import Difference, differences
from .states import PlayerState
from .world import World

logger = logging.getLogger(__name__)

STEP_TAKES = timedelta(seconds=20)
"""By the clock of the demo, which stands still otherwise."""
_POLL_SECONDS = 0.02


class Player:
    """Plays one scenario at a time in a world.

    Args:
        world: Where it happens.
        scenarios: Which there are; the first is chosen at first.
        pause_seconds: Between the steps while playing, so that somebody can follow.
    """

    def __init__(
        self, world: World, scenarios: Sequence[Scenario], *, pause_seconds: float = 1.6
    ) -> None:
        self.world = world
        self.scenarios = tuple(scenarios)
        self.scenario = self.scenarios[0]
        self.state = PlayerState.NO_PHONE
        self.done = 0
        """How many steps of the scenario were taken."""
        self.difference: tuple[Difference, ...] = ()
        """What was not as it should be, when the last step diverged."""
        self._pause = pause_seconds
        self._plays = False
        self._stop_playing = False
        self._lock = asyncio.Lock()
        self._counted: dict[DeviceName, int] = {}

    @property
    def next_step(self) -> Step | None:
        """The step that comes next; None at the end."""
        return self.scenario.steps[self.done] if self.done < len(self.scenario.steps) else None

    async def choose(self, name: str) -> None:
        """Choose a scenario and begin anew.

        Raises:
            LookupError: There is none of that name.
        """
        found = next((it for it in self.scenarios if it.name == name), None)
        if found is None:
            raise LookupError(f"no scenario {name!r}")
        self._stop_playing = True
        async with self._lock:
            self.scenario = found
            await self._begin()

    async def reset(self) -> None:
        """Begin the scenario anew; nothing of before is left."""
        await self.choose(self.scenario.name)

    async def step(self) -> None:
        """Take the next step; does nothing while another is under way, or at the end."""
        if self._lock.locked():
            return
        async with self._lock:
            await self._step(PlayerState.STEPPING)

    async def play(self) -> None:
        """Take all steps that are left, one after another, until :meth:`pause` or the end.

        A step that is under way is waited for.
        """
        if self._plays:
            return
        self._plays = True
        try:
            async with self._lock:
                self._stop_playing = False
                await self._play()
        finally:
            self._plays = False

    async def _play(self) -> None:
        while self.next_step is not None and not self._stop_playing:
            taken = self.done
            await self._step(PlayerState.PLAYING)
            if self.done == taken:
                # It went wrong, or there is no phone; the state says which.
                return
            if self.next_step is not None and not self._stop_playing:
                self._go(PlayerState.PLAYING)
                await asyncio.sleep(self._pause)
        self._go(PlayerState.ENDED if self.next_step is None else PlayerState.READY)

    async def phone_came(self) -> None:
        """Take note that a page shows the app now."""
        if self.state is PlayerState.NO_PHONE and self.world.visit is not None:
            self._go(PlayerState.READY)

    def pause(self) -> None:
        """Stop playing after the step under way."""
        self._stop_playing = True

    async def _begin(self) -> None:
        self._go(PlayerState.RESETTING)
        self.done, self.difference = 0, ()
        self._counted = {}
        await self.world.begin(self.scenario.name)
        self._go(PlayerState.READY if self.world.visit is not None else PlayerState.NO_PHONE)

    async def _step(self, meanwhile: PlayerState) -> None:
        step = self.next_step
        if step is None or self.state is PlayerState.DIVERGED:
            return
        if self.world.visit is None:
            self._go(PlayerState.NO_PHONE)
            return
        self._go(meanwhile)
        self._counted[self.world.device.name] = len(self.world.events())
        self.world.clock.advance(STEP_TAKES)
        try:
            await perform(self.world, step.act)
            self.difference = await self._look(step)
        except Exception as error:
            # Whatever went wrong is told where the step stands; the demo can be begun anew.
            logger.exception("step %s of %s failed", self.done + 1, self.scenario.name)
            self.difference = (Difference("act", "", f"{type(error).__name__}: {error}"),)
        if self.difference:
            self._go(PlayerState.DIVERGED)
            return
        self.done += 1
        await self.world.look_at_endpoint()
        self._go(PlayerState.ENDED if self.next_step is None else PlayerState.READY)

    async def _look(self, step: Step) -> tuple[Difference, ...]:
        """Wait until everything is as it should be; what is not, if it never is."""
        deadline = time.monotonic() + hands.WAIT_SECONDS
        while True:
            known = self._counted.get(self.world.device.name, 0)
            found = await differences(self.world, step.seen, known)
            if not found or time.monotonic() > deadline:
                return found
            await asyncio.sleep(_POLL_SECONDS)

    def _go(self, state: PlayerState) -> None:
        self.state = state
        self.world.tell()
