"""How many taps away things are, counted by walking through the running prototype.

How it is counted:

- A tap is one press on one control. The way to something is the shortest that was found by trying
  every control of every main screen, and of what a decision puts before the person.
- A main screen is one that the host's bar of tabs leads to and that has the bar; a film's page lies
  one tap deeper, and one back from it is such a screen again.
- Granting and withdrawing are counted from the same screen. In the consent centre every purpose
  can be done and undone, so that is where all of them are measured, the base notice among them.
  What can be granted on a main screen as well is measured from that screen too. (That the base
  notice opens by itself, one tap from agreement, cannot be matched by anything that a person
  has to look for; from the centre, agreeing to it takes two taps and withdrawing one.)
- Where a permission is needed as well, the system's own question is one tap of granting.
- What the app may use ends with the purpose: withdrawing the purpose withdraws the permission from
  the app, and a use of it is turned away. The system's own switch is a tap from the centre.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from components.consent.transitions import NotPermitted
from components.kit import ConsentKit
from components.policy import Pack
from components.policy.pack import RequestMode
from tests.pilot import Pilot
from tests.pilot.screen_graph import Screen, ScreenGraph, Walk, explore, follow, taps_of

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

AGREED = ("first-notice.accept",)
CENTRE = "centre.policy"
"""What shows that the centre is open."""
NOTICE = "notice"
ME = "我的"
"""The tab of the person's own page, by its name."""


def shows_the_policy(screen: Screen) -> bool:
    return any(tap.startswith("reader.") for tap in screen.taps)


def shows_the_centre(screen: Screen) -> bool:
    return CENTRE in screen.taps


def is_main(screen: Screen) -> bool:
    return screen.main and ME in screen.taps


def decides(screen: Screen) -> bool:
    return any(tap.endswith(".accept") for tap in screen.taps)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def graph(
    pack: Pack, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[ScreenGraph]:
    """All that two taps lead to, and what was agreed to then; the base notice is agreed to."""
    walk = Walk(pack, tmp_path_factory.mktemp("graph"), before=[AGREED])
    start = (await explore(walk, depth=0)).start
    known: set[str] = set()

    def beyond(screen: Screen) -> bool:
        # Another city's cinemas, or the same page with a consent given, are the same screen.
        new = screen.title not in known and screen.permitted == start.permitted
        known.add(screen.title)
        return new and (is_main(screen) or decides(screen))

    # To read a clause, or to say no, are other questions.
    yield await explore(walk, depth=3, beyond=beyond, leave_out=("clause", "refuse"))


@pytest.fixture(scope="module")
async def efforts(
    pack: Pack, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> dict[str, tuple[int, int]]:
    """Taps in the centre by purpose: to agree, and to take it back. Every purpose offered there."""
    walk = Walk(pack, tmp_path_factory.mktemp("efforts"), before=[AGREED])
    await walk.prepare()
    found: dict[str, tuple[int, int]] = {}
    async with walk.walking((ME, "me.centre")) as (pilot, kit):
        offered = [tap.removeprefix("act.") for tap in taps_of(pilot) if tap.startswith("act.")]
        for purpose in offered:
            if purpose == NOTICE:
                continue
            if (given := await _press(pilot, kit, purpose, permitted=True)) is None:
                continue  # A guardian's step comes first, or the person is too young.
            withdrawn = await _press(pilot, kit, purpose, permitted=False)
            assert withdrawn is not None, f"{purpose} cannot be withdrawn where it was granted"
            found[purpose] = given, withdrawn
        back = await _press(pilot, kit, NOTICE, permitted=False)
        assert back is not None
        again = await _press(pilot, kit, NOTICE, permitted=True)
        assert again is not None
        found[NOTICE] = again, back
    return found


async def _press(pilot: Pilot, kit: ConsentKit, purpose: str, *, permitted: bool) -> int | None:
    """Tap from the centre until a purpose is permitted, or is not; None if that cannot be."""
    taps = 0
    tap: str | None = f"act.{purpose}"
    while tap is not None:
        await follow(pilot, tap)
        taps += 1
        if _permits(kit, purpose) is permitted:
            assert CENTRE in taps_of(pilot), f"{purpose}: not back in the centre"
            return taps
        there = taps_of(pilot)
        tap = next((it for it in there if it.endswith((".accept", ".confirm"))), None)
    for leave in ("guardian.later", "page.close", "guardian.close"):
        there = taps_of(pilot)
        if CENTRE not in there and leave in there:
            await follow(pilot, leave)
    assert CENTRE in taps_of(pilot), f"{purpose}: stuck at {sorted(taps_of(pilot))}"
    return None


def _with(purpose: str) -> Callable[[Screen], bool]:
    return lambda screen: purpose in screen.permitted


def _permits(kit: ConsentKit, purpose: str) -> bool:
    # Nothing that rests on the contract holds without the notice.
    return kit.permits("account-registration" if purpose == NOTICE else purpose)


def test_the_policy_is_at_most_two_taps_from_every_main_screen(graph: ScreenGraph) -> None:
    mains = [it for it in graph.edges if is_main(it)]
    assert len(mains) >= 3
    ways = {it.title: graph.way_to(it, shows_the_policy) for it in mains}
    assert all(way is not None and len(way) <= 2 for way in ways.values()), ways


def test_whatever_can_be_agreed_to_was_measured(
    pack: Pack, graph: ScreenGraph, efforts: dict[str, tuple[int, int]]
) -> None:
    in_place = {purpose for screen in graph.screens for purpose in screen.permitted}
    in_place -= set(graph.start.permitted)
    assert {"nearby-cinema", "avatar-upload"} <= in_place <= set(efforts)
    assert {NOTICE, "push-region", "usage-analytics"} <= set(efforts)
    asked = {
        it.purpose for it in pack.permissions.values() if it.request is RequestMode.JUST_IN_TIME
    }
    assert asked <= set(efforts), f"permissions that were not measured: {asked - set(efforts)}"


def test_withdrawing_takes_no_more_taps_than_granting_in_the_centre(
    efforts: dict[str, tuple[int, int]],
) -> None:
    harder = {it: taps for it, taps in efforts.items() if taps[1] > taps[0]}
    assert not harder, f"taps to grant and to withdraw: {harder}"


def test_withdrawing_takes_no_more_taps_than_granting_from_a_main_screen(
    pack: Pack, graph: ScreenGraph, efforts: dict[str, tuple[int, int]]
) -> None:
    permissions = {it.purpose for it in pack.permissions.values()}
    measured = 0
    for screen in (it for it in graph.edges if is_main(it)):
        centre = graph.taps_to(screen, shows_the_centre)
        for purpose in set(efforts) - set(screen.permitted):
            grant = graph.taps_to(screen, _with(purpose))
            if grant is None:
                continue
            assert centre is not None, screen.title
            measured += 1
            system = 1 if purpose in permissions else 0
            withdraw = centre + efforts[purpose][1]
            assert withdraw <= grant + system, (screen.title, purpose, grant, system, withdraw)
    assert measured >= 4


async def test_withdrawing_a_purpose_takes_its_permission_from_the_app(
    pack: Pack, tmp_path: Path
) -> None:
    walk = Walk(pack, tmp_path, before=[AGREED])
    await walk.prepare()
    async with walk.walking((ME, "me.centre")) as (pilot, kit):
        assert await _press(pilot, kit, "nearby-cinema", permitted=True)
        assert await _press(pilot, kit, "nearby-cinema", permitted=False) == 1
        with pytest.raises(NotPermitted), kit.using("nearby-cinema", "location"):
            pass
        # The permission itself is the system's to take: one tap leads there.
        await follow(pilot, "centre.settings")
        assert pilot.calls("PermissionHandler", "open_app_settings")
