"""How many taps away things are, counted in the graph of the running prototype's screens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from components.policy import Pack
from tests.pilot.screen_graph import Screen, ScreenGraph, Walk, explore

pytestmark = pytest.mark.anyio

AGREED = ("first-notice.accept",)
LEFT_OUT = ("language", "close")
"""Taps that lead back, or to the same screen in other words."""


def shows_the_policy(screen: Screen) -> bool:
    return any(tap.startswith("reader.") for tap in screen.taps)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def graph(
    pack: Pack, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[ScreenGraph]:
    """Everything within four taps of the first page, after the notice was agreed to."""
    walk = Walk(pack, tmp_path_factory.mktemp("graph"), before=[AGREED])
    start = (await explore(walk, depth=0)).start
    yield await explore(
        walk,
        depth=4,
        # What lies behind the policy, or behind a consent, is another question.
        beyond=lambda it: not shows_the_policy(it) and it.permitted == start.permitted,
        leave_out=LEFT_OUT,
    )


@pytest.mark.timeout(900)
def test_there_are_main_screens_and_others(graph: ScreenGraph) -> None:
    assert graph.start.main
    assert len({screen.title for screen in graph.screens if screen.main}) >= 3
    assert any(not screen.main for screen in graph.screens)


def test_the_policy_is_at_most_two_taps_from_any_main_screen(graph: ScreenGraph) -> None:
    far = {
        screen.title: way
        for screen in graph.edges
        if screen.main
        and (way := graph.way_to(screen, shows_the_policy)) is not None
        and len(way) > 2
    }
    assert not far
    assert graph.taps_to(graph.start, shows_the_policy) is not None


@pytest.mark.timeout(900)
async def test_withdrawing_takes_no_more_taps_than_granting(
    pack: Pack, graph: ScreenGraph, tmp_path: Path
) -> None:
    """Both counted from the page that the app opens with."""
    ways = {
        purpose: way
        for purpose in pack.purposes
        if purpose not in graph.start.permitted
        and (way := graph.way_to(graph.start, _with(purpose)))
    }
    assert ways, "nothing can be granted at all"
    # Everything is granted, each in a session of its own; another day, the app is opened again.
    later = Walk(pack, tmp_path, before=[AGREED, *ways.values()])
    everything = (await explore(later, depth=0)).start.permitted
    back = await explore(
        later,
        depth=max(map(len, ways.values())),
        beyond=lambda it: not shows_the_policy(it) and it.permitted == everything,
        leave_out=LEFT_OUT,
    )
    assert set(ways) <= set(back.start.permitted)
    efforts = {
        purpose: (
            len(way),
            back.taps_to(back.start, _without(purpose)),
        )
        for purpose, way in ways.items()
    }
    harder = {
        purpose: (grant, withdraw)
        for purpose, (grant, withdraw) in efforts.items()
        if withdraw is None or withdraw > grant
    }
    assert not harder


def _with(purpose: str) -> Callable[[Screen], bool]:
    return lambda screen: purpose in screen.permitted


def _without(purpose: str) -> Callable[[Screen], bool]:
    return lambda screen: purpose not in screen.permitted
