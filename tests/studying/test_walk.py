"""The shortest ways that a walk through the real app brings to light; whether people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.prototype.scenarios import hands
from components.prototype.scenarios.hands import NotOnScreen
from components.prototype.studying.building import (
    build_digest,
    describe_build,
    keep_build,
)
from components.study.builds import NOTICE, Build, Stand
from components.study.folder import StudyFolder
from components.study.measures.ways import taken_back, ways_taken
from components.study.model import Study

from .stations import FIRST_LOOK, LAYERS, PACK, READY, Recorded, code_for, seated, station_for
from .test_run_command import run
from .tree_bot import Persona, TreeBot

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]

NEW = (Stand.UNASKED, Stand.UNASKED)
AGREED = (Stand.GRANT, Stand.UNASKED)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def walked(study: Study) -> Build:
    return await describe_build(study, PACK)


@pytest.fixture(scope="module")
async def few(anyio_backend: str) -> Build:
    return await walked(FIRST_LOOK)


async def test_the_shortest_ways_are_those_that_one_finds_by_hand(few: Build) -> None:
    (there,) = few.conditions
    assert there.way("see_nearby", *NEW) == (
        "first-notice.accept", "tab.city", "city.locate", "prompt.refuse",
    )  # fmt: skip
    # The notice has a link to the policy, where scrolling leads everywhere.
    assert len(there.way("find_retention", *NEW) or ()) == 1
    assert there.way("find_retention", *AGREED) == ("me.policy",)
    # Who refused the notice is asked for it again before anything else is.
    refused = there.way("see_nearby", Stand.DECLINE, Stand.UNASKED) or ()
    assert len(refused) == 5 and {"first-notice.accept", "prompt.refuse"} <= set(refused)
    assert there.way("take_back_location", Stand.GRANT, Stand.GRANT) == (
        "me.centre", "withdraw.nearby-cinema",
    )  # fmt: skip
    # Nothing has to be done for what is so already.
    assert there.way("take_back_location", Stand.GRANT, Stand.DECLINE) == ()
    assert there.way("see_nearby", Stand.GRANT, Stand.DECLINE) == ()


async def test_to_agree_takes_as_many_taps_as_to_refuse_and_two_take_it_back(few: Build) -> None:
    around = {it.target: it for it in few.conditions[0].predicted}
    assert set(around) == {NOTICE, "purpose:nearby-cinema"}
    for it in around.values():
        assert (len(it.accept or ()), len(it.decline or ()), len(it.withdraw or ())) == (1, 1, 2)


async def test_a_summary_before_the_text_costs_a_tap() -> None:
    build = await walked(LAYERS)
    ways = {it.condition["opening"]: it.way("find_retention", *AGREED) for it in build.conditions}
    assert ways == {"summary": ("me.policy", "summary.policy"), "full": ("me.policy",)}


async def test_a_bot_on_the_real_screens_is_held_against_them(few: Build, tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    async with seated(station) as seat:
        bot = TreeBot(seat, Persona(grants=True))
        await bot.come(code_for(FIRST_LOOK, tmp_path))
        await bot.go_through()
    events = Recorded(tmp_path).events
    found = {
        it.task: it for it in ways_taken(FIRST_LOOK.tasks.values(), events, few.conditions[0].way)
    }
    # It takes the shortest way to the cinemas, jumps from the contents instead of scrolling, and
    # goes to the third main screen each time, though it may be there.
    assert {name: (it.taps, len(it.way or ())) for name, it in found.items()} == {
        "see_nearby": (4, 4),
        "find_retention": (4, 1),
        "take_back_location": (3, 2),
    }
    assert [it.taps for it in taken_back(events)] == [3]


async def test_a_build_is_kept_once(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path)
    path = await keep_build(FIRST_LOOK, PACK, folder)
    assert path is not None and await keep_build(FIRST_LOOK, PACK, folder) is None
    (kept,) = folder.builds()
    assert (kept.digest, kept.policy) == (build_digest(), "epiao@2021-11-01")


async def test_a_screen_that_is_not_as_it_was_is_named(
    few: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "WAIT_SECONDS", 0.5)
    monkeypatch.setattr(
        "components.prototype.studying.building.ASKING", {"nearby-cinema": "city.nowhere"}
    )
    with pytest.raises(NotOnScreen, match=r"city\.nowhere"):
        await walked(FIRST_LOOK)


def test_the_command_says_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = ("walk", READY / "first-look.toml", tmp_path)
    assert run(*typed) == 0
    (path,) = (tmp_path / "builds").glob("*.json")
    assert capsys.readouterr().out == f"{path}\n"
    assert run(*typed) == 0
    assert "there already" in capsys.readouterr().out
