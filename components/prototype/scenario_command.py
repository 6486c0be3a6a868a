"""The demo command's scenarios: listed, played with nobody watching, or played for pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..fairness.adapters.chromium import NothingShown
from ..fairness.adapters.missing import ExtraMissing
from ..i18n import Language
from ..places import data_folder
from ..policy import load_pack
from ..policy.pack import Pack
from .scenarios.catalogue import SCENARIOS, scenario
from .scenarios.headless import Played, play_all_unseen
from .scenarios.model import Scenario
from .scenarios.states import PlayerState

EVERY = "all"
"""Name that stands for every scenario."""


def list_scenarios(locale: str) -> None:
    """Print each scenario's name, and what it shows."""
    say = Language.of(locale).gettext
    widest = max(len(it.name) for it in SCENARIOS)
    for it in SCENARIOS:
        _say(f"{it.name:<{widest}}  {it.about(say)}")


async def play(name: str, pictures: Path | None, locale: str) -> int:
    """Play a scenario, or all; print how each ended and the hash of each record.

    Args:
        name: The scenario's, or ``all``.
        pictures: Folder for a picture of every step, by Chromium; None takes none.
        locale: Language of the app.

    Returns:
        0 if every step led to what it should, 1 if one did not, 2 if there is no such scenario, or
        nothing to take pictures with.
    """
    try:
        chosen = list(SCENARIOS) if name == EVERY else [scenario(name)]
    except LookupError as error:
        print(f"mingshi demo: {error.args[0]}", file=sys.stderr)
        return 2
    pack = load_pack(data_folder("policy_content") / "epiao")
    with tempfile.TemporaryDirectory(prefix="mingshi-demo-") as folder:
        try:
            played = await _played(chosen, Path(folder), pack, pictures, locale)
        except (ExtraMissing, NothingShown) as error:
            print(f"mingshi demo: {error}", file=sys.stderr)
            return 2
    for it, how in zip(chosen, played, strict=True):
        _tell(it, how)
    return 0 if all(it.state is PlayerState.ENDED for it in played) else 1


async def _played(
    chosen: Sequence[Scenario], data: Path, pack: Pack, pictures: Path | None, locale: str
) -> list[Played]:
    if pictures is None:
        return await play_all_unseen(chosen, data, pack, locale=locale)
    from .scenarios.pictures import play_for_pictures

    return await play_for_pictures(chosen, data, pack, pictures, locale=locale)


def _tell(played: Scenario, how: Played) -> None:
    _say(f"{played.name}: {how.state.value} after {how.steps} of {len(played.steps)} steps")
    for it in how.difference:
        _say(f"  {it.what}: should be {it.expected}, is {it.found}")
    for device, head in how.heads.items():
        _say(f"  ledger of the {device} device: {head}")


def _say(line: str) -> None:
    print(line, flush=True)
