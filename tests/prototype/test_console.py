"""The stakeholder console, headless: its page beside a phone's, the framing page, the command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from components.consent.permissions import SystemStatus
from components.consent.standing import STANDING_RULES
from components.consent.status import ConsentStatus
from components.i18n import Language
from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.console.desk import Desk
from components.prototype.console.frame import desk_frame
from components.prototype.console.live import panel
from components.prototype.console.view import Orientation, PhoneSize, StepState
from components.prototype.console.words import reason_words
from components.prototype.scenario_command import list_scenarios, play
from components.prototype.scenarios import hands
from components.prototype.scenarios.catalogue import SCENARIOS
from components.prototype.scenarios.model import DeviceName, NetworkCondition
from components.prototype.scenarios.phone import phone
from components.prototype.scenarios.player import Player
from components.prototype.scenarios.states import PlayerState
from components.prototype.scenarios.unseen import unseen_page
from components.prototype.scenarios.world import World, demo_preferences
from components.prototype.server import web_app
from components.prototype.session import before_main
from components.surface.appearance import Brightness
from tests.pilot import Pilot, running

pytestmark = pytest.mark.anyio
WAIT = 60.0


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@asynccontextmanager
async def at_the_desk(pack: Pack, data: Path) -> AsyncIterator[tuple[Pilot, Desk]]:
    """The console's page, with a phone that nobody else looks at."""
    world = World(data, pack, demo_preferences("en"))
    player = Player(world, SCENARIOS, pause_seconds=0.0)
    await player.choose("refuse-all")
    desk = Desk(world, player)
    async with unseen_page(phone(world), before_main):
        try:
            await player.phone_came()
            async with running(
                panel(desk), before_main=before_main, width=800, limit=WAIT
            ) as pilot:
                yield pilot, desk
        finally:
            await desk.close()


async def press(pilot: Pilot, identifier: str) -> None:
    await pilot.tap(pilot.by_key(identifier))


async def test_a_step_is_taken_on_the_phone_and_shown_beside_it(pack: Pack, tmp_path: Path) -> None:
    async with at_the_desk(pack, tmp_path) as (pilot, desk):
        assert pilot.says("Ready for the next step.")
        assert pilot.says("Nothing has been recorded yet.")
        await press(pilot, "console.step")
        await pilot.until(lambda: pilot.says("1. Privacy notice"), within=WAIT)
        [event] = desk.world.events()
        assert event.status is ConsentStatus.REFUSED
        assert pilot.says(event.hash[:8])
        assert pilot.says("1 choice waits to be sent.")
        assert pilot.says("This device has made no request.")
        assert pilot.says("The notice comes first, and nobody who decides has agreed to it.")
        await press(pilot, "console.play")
        await pilot.until(lambda: pilot.says("The scenario is over."), within=WAIT)
        assert {it.state for it in desk.view().steps} == {StepState.DONE}
        await press(pilot, "console.reset")
        await pilot.until(lambda: pilot.says("Nothing has been recorded yet."), within=WAIT)
        assert desk.world.events() == ()
        await pilot.until(lambda: desk.player.state is PlayerState.READY, within=WAIT)


async def test_what_is_around_the_app_is_changed_by_a_press(pack: Pack, tmp_path: Path) -> None:
    async with at_the_desk(pack, tmp_path) as (pilot, desk):
        world = desk.world
        await press(pilot, "console.network.off")
        assert world.device.network.condition is NetworkCondition.OFF
        await press(pilot, "console.system.denied-for-good")
        assert world.device.system_answer() is SystemStatus.DENIED_FOR_GOOD
        await press(pilot, "console.system.dialog")
        assert world.device.system_answer() is None
        before = world.clock.now()
        await press(pilot, "console.hour")
        assert (world.clock.now() - before).total_seconds() == 3600
        await press(pilot, "console.theme.dark")
        await pilot.until(
            lambda: world.preferences.appearance.brightness is Brightness.DARK, within=WAIT
        )
        await press(pilot, "console.size.412x915")
        await press(pilot, "console.held.sideways")
        assert (desk.size, desk.orientation) == (PhoneSize.LARGE, Orientation.SIDEWAYS)
        assert desk.phone_size == (915, 412)
        await press(pilot, "console.locale.zh_Hans")
        await pilot.until(lambda: pilot.says("演示台"), within=WAIT)
        assert world.kit.language.locale == "zh_Hans"
        await press(pilot, "console.device")
        await pilot.until(lambda: world.device.name is DeviceName.SECOND, within=WAIT)
        await pilot.until(lambda: pilot.says("第二部手机"), within=WAIT)


async def test_the_phone_can_be_used_by_hand_between_the_steps(pack: Pack, tmp_path: Path) -> None:
    async with at_the_desk(pack, tmp_path) as (pilot, desk):
        assert desk.world.page is not None
        await press(pilot, "console.scenario.fresh-install")
        await pilot.until(lambda: desk.player.state is PlayerState.READY, within=WAIT)
        await hands.press(desk.world.page, "first-notice.accept")
        await pilot.until(lambda: pilot.says("Kept; hash"), within=WAIT)
        assert pilot.says("Nothing waits to be sent.")
        assert len(desk.world.arrived) == 1


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_the_gate_gives_a_reason_in_words_for_each_of_its_rules(locale: str) -> None:
    words = reason_words(Language.of(locale))
    assert set(words) == {it.id for it in STANDING_RULES}
    assert all(words.values())
    assert len(set(words.values())) == len(words)


async def test_the_framing_page_learns_what_changes_and_may_be_framed_by_itself_alone(
    pack: Pack, tmp_path: Path
) -> None:
    world = World(tmp_path, pack, demo_preferences("en"))
    player = Player(world, SCENARIOS, pause_seconds=0.0)
    await player.choose("fresh-install")
    desk = Desk(world, player)
    frame = desk_frame(desk)
    app = web_app(
        lambda _page: None,
        before_main=before_main,
        routes=frame.routes(),
        frame_ancestors="'self'",
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        page = await client.get("/")
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        assert 'src="http' not in page.text
        first = (await client.get("/frame")).json()
        assert (first["width"], first["height"]) == (390, 844)
        assert (first["lang"], first["dir"], first["console"]) == ("en", "ltr", "Console")
        waiting = asyncio.create_task(client.get(f"/frame?after={first['number']}"))
        await asyncio.sleep(0)
        desk.acts().orientation(Orientation.SIDEWAYS)
        turned = (await waiting).json()
        assert (turned["width"], turned["height"]) == (844, 390)
        desk.acts().locale("ar")
        spoken = (await client.get(f"/frame?after={turned['number']}")).json()
        assert (spoken["lang"], spoken["dir"]) == ("ar", "rtl")
        waiting = asyncio.create_task(client.get(f"/frame?after={spoken['number']}"))
        await asyncio.sleep(0)
        await frame.end()
        assert (await waiting).status_code == 200
    await desk.close()
    assert list(tmp_path.iterdir()) == []


async def test_the_command_plays_and_prints_the_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert await play("refuse-all", None, "zh_Hans") == 0
    first = capsys.readouterr().out
    assert "refuse-all: ended after 5 of 5 steps" in first
    head = first.split()[-1]
    assert len(head) == 64
    assert int(head, 16)


async def test_the_command_names_the_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    list_scenarios("en")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [it.name for it in SCENARIOS]
    assert await play("no-such", None, "en") == 2
    assert "refuse-all" in capsys.readouterr().err
