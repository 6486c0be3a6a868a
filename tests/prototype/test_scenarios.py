"""The demo's scenarios, with nobody watching: where they lead, twice the same, and nothing left."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from components.consent.clock import ManualClock
from components.consent.identity import RandomIdentities, subject_of
from components.consent.permissions import SystemStatus
from components.places import data_folder
from components.policy import Pack, load_pack
from components.policy.pack import ChangeKind
from components.prototype.scenarios import hands
from components.prototype.scenarios.catalogue import SCENARIOS, scenario
from components.prototype.scenarios.headless import Played, play_all_unseen
from components.prototype.scenarios.identities import SeededIdentities
from components.prototype.scenarios.model import (
    DeviceName,
    NetworkCondition,
    PickUp,
    Press,
    Publish,
    Scenario,
    Seen,
    SetNetwork,
    Step,
    SystemWill,
)
from components.prototype.scenarios.phone import phone
from components.prototype.scenarios.pieces import AGREES, LOCATES, TO_CINEMAS
from components.prototype.scenarios.player import Player
from components.prototype.scenarios.states import PlayerState
from components.prototype.scenarios.unseen import unseen_page
from components.prototype.scenarios.world import START, World, demo_preferences
from components.prototype.session import before_main

pytestmark = pytest.mark.anyio

WANTED = (
    "fresh-install",
    "refuse-all",
    "agree-then-withdraw",
    "deny-for-good",
    "offline-then-back",
    "failing-network",
    "material-update",
    "editorial-update",
    "child",
    "second-device",
    "account-closure",
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@pytest.fixture(scope="module")
def rounds(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Played], Path]:
    """Every scenario played twice, each round in a world of its own."""
    folder = tmp_path_factory.mktemp("runs")

    async def play() -> list[Played]:
        return [
            played
            for name in ("one", "two")
            for played in await play_all_unseen(SCENARIOS, folder / name, pack)
        ]

    return asyncio.run(play()), folder


def test_every_scenario_leads_where_it_says(rounds: tuple[list[Played], Path]) -> None:
    played, _ = rounds
    for it, how in zip((*SCENARIOS, *SCENARIOS), played, strict=True):
        assert how.difference == (), it.name
        assert how.state is PlayerState.ENDED, it.name
        assert how.steps == len(it.steps), it.name


def test_two_rounds_leave_the_same_ledgers(rounds: tuple[list[Played], Path]) -> None:
    played, _ = rounds
    first, second = played[: len(SCENARIOS)], played[len(SCENARIOS) :]
    assert [it.heads for it in first] == [it.heads for it in second]
    assert all(it.heads for it in first)
    heads = [head for it in first for head in it.heads.values()]
    assert len(set(heads)) == len(heads), "each scenario has a record of its own"


def test_nothing_is_left_on_the_disk(rounds: tuple[list[Played], Path]) -> None:
    _, folder = rounds
    assert [it for it in folder.rglob("*") if it.is_file()] == []


def test_the_scenarios_that_stakeholders_ask_for_are_there() -> None:
    names = [it.name for it in SCENARIOS]
    assert set(WANTED) <= set(names)
    assert len(set(names)) == len(names)


def test_what_each_scenario_shows_is_looked_at() -> None:
    """The ends of the stories; the player holds every step to them."""
    ends = {it.name: [step.seen for step in it.steps] for it in SCENARIOS}
    refusal = ends["refuse-all"]
    assert all(seen.calls == 0 for seen in refusal if seen.calls is not None)
    assert not any("given" in line for seen in refusal for line in seen.recorded)
    assert refusal[-1].arrived == 0
    offline = ends["offline-then-back"]
    assert any(seen.waiting == 2 and seen.arrived == 1 for seen in offline)
    assert (offline[-1].waiting, offline[-1].arrived) == (0, 3)
    assert ends["deny-for-good"][5].system_asked == ends["deny-for-good"][4].system_asked == 1
    assert ends["agree-then-withdraw"][-1].gate == {"nearby-cinema": "declined"}
    assert ends["editorial-update"][-1].recorded == ()
    assert ends["child"][-1].gate["personalised-display"] == "never-for-minors"
    assert ends["second-device"][-1].gate == {"nearby-cinema": "declined"}


async def test_a_step_that_leads_elsewhere_is_told(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "WAIT_SECONDS", 0.5)
    right = scenario("refuse-all").steps[0]
    wrong = Step(right.says, right.act, replace(right.seen, recorded=("notice:base given",)))
    story = Scenario("wrong", right.says, right.says, (wrong, *scenario("refuse-all").steps[1:]))
    [played] = await play_all_unseen([story], tmp_path, pack)
    assert played.state is PlayerState.DIVERGED
    assert played.steps == 0
    [difference] = played.difference
    assert difference.what == "recorded"
    assert "notice:base refused" in difference.found


async def test_what_never_comes_up_is_told(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "WAIT_SECONDS", 0.5)
    # The sheet lies over it, so nobody could press it.
    hidden = Step(TO_CINEMAS.says, Press("home.search"))
    story = Scenario("hidden", AGREES.says, AGREES.says, (hidden,))
    [played] = await play_all_unseen([story], tmp_path, pack)
    assert played.state is PlayerState.DIVERGED
    assert "NotOnScreen" in played.difference[0].found


async def test_a_reset_in_the_middle_leaves_nothing_of_before(pack: Pack, tmp_path: Path) -> None:
    story = Scenario(
        "middle",
        AGREES.says,
        AGREES.says,
        (
            Step(AGREES.says, SetNetwork(NetworkCondition.OFF)),
            Step(AGREES.says, SystemWill("location", SystemStatus.RESTRICTED)),
            Step(
                AGREES.says,
                Press("first-notice.accept"),
                Seen(recorded=("notice:base given",), waiting=1),
            ),
            TO_CINEMAS,
            Step(AGREES.says, Publish(ChangeKind.EDITORIAL)),
            Step(AGREES.says, PickUp(DeviceName.SECOND), Seen(shown=("first-notice.accept",))),
        ),
    )
    world = World(tmp_path, pack, demo_preferences("en"))
    player = Player(world, [story], pause_seconds=0.0)
    assert _state(player) is PlayerState.NO_PHONE
    async with unseen_page(phone(world), before_main):
        await player.reset()
        await player.play()
        assert _state(player) is PlayerState.ENDED, player.difference
        before = world.run
        await player.reset()
        assert _state(player) is PlayerState.READY
        assert (player.done, world.run) == (0, before + 1)
        assert world.device.name is DeviceName.FIRST
        assert world.events() == ()
        assert world.arrived == ()
        assert world.heads() == {}
        assert world.device.network.condition is NetworkCondition.ONLINE
        assert world.device.network.calls == 0
        assert world.device.system_answer() is None
        assert world.pack is pack
        assert world.clock.now() == START
        assert not world.device.stand.store.exists()
        assert [it.name for it in tmp_path.iterdir()] == [f"run-{world.run}"]
        await world.end()
    assert list(tmp_path.iterdir()) == []


async def test_resetting_over_an_open_question_answers_nothing(pack: Pack, tmp_path: Path) -> None:
    world = World(tmp_path, pack, demo_preferences("zh_Hans"))
    story = Scenario("open", AGREES.says, AGREES.says, (AGREES, TO_CINEMAS, LOCATES))
    player = Player(world, [story], pause_seconds=0.0)
    async with unseen_page(phone(world), before_main) as page:
        await player.reset()
        await player.play()
        assert player.state is PlayerState.ENDED, player.difference
        await hands.press(page, "prompt.accept")
        await hands.wait_for(page, "system.allow")
        await player.reset()
        assert world.events() == ()
        assert not hands.on_screen(page, "system.allow")
        await hands.wait_for(page, "first-notice.accept")
        await world.end()


def _state(player: Player) -> PlayerState:
    """Asked anew each time; a type checker takes the attribute to be as it was last seen."""
    return player.state


def test_seeded_identities_are_the_same_again_and_well_formed() -> None:
    one, other = (SeededIdentities("a/first", ManualClock(START)) for _ in range(2))
    assert one.secret() == other.secret()
    assert subject_of(one.secret())
    ids = [one.event_id() for _ in range(3)]
    assert ids == [other.event_id() for _ in range(3)]
    assert len(set(ids)) == 3
    for it in ids:
        made = UUID(it)
        assert (made.version, made.variant) == (7, "specified in RFC 4122")
        assert made.int >> 80 == int(START.timestamp() * 1000)
    elsewhere = SeededIdentities("a/second", ManualClock(START))
    assert elsewhere.secret() != one.secret()


def test_a_real_persons_identities_are_drawn_anew_each_time() -> None:
    drawn = RandomIdentities()
    assert len({drawn.secret() for _ in range(8)}) == 8
    assert len({drawn.event_id() for _ in range(8)}) == 8
    assert drawn.secret() != RandomIdentities().secret()
