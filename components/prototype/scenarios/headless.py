"""A scenario from its beginning to its end, with nobody watching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...policy.pack import Pack
from ..session import before_main
from .model import Scenario
from .phone import phone
from .player import Player
from .seen import Difference
from .states import PlayerState
from .unseen import unseen_page
from .world import World, demo_preferences


@dataclass(frozen=True)
class Played:
    """How it ended.

    Attributes:
        state: ``ENDED``, or ``DIVERGED`` where a step did not lead to what it should.
        steps: How many steps were taken.
        heads: Hash of the last event of each device that has a record, by the device's name.
        difference: What was not as it should be.
    """

    state: PlayerState
    steps: int
    heads: Mapping[str, str]
    difference: tuple[Difference, ...]


async def play_all_unseen(
    scenarios: Sequence[Scenario], data: Path, pack: Pack, *, locale: str = "zh_Hans"
) -> list[Played]:
    """Play scenarios one after another on a phone that nobody looks at.

    Args:
        scenarios: Which.
        data: A folder for their files; what they write there is removed at the end.
        pack: The policy.
        locale: Language of the app.

    Raises:
        RuntimeError: The app was replaced by an error screen.
    """
    world = World(data, pack, demo_preferences(locale))
    player = Player(world, scenarios, pause_seconds=0.0)
    played: list[Played] = []
    async with unseen_page(phone(world), before_main):
        try:
            for scenario in scenarios:
                await player.choose(scenario.name)
                await player.play()
                played.append(Played(player.state, player.done, world.heads(), player.difference))
        finally:
            await world.end()
    return played
