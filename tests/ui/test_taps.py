"""How many taps away things are, counted in the graph of the running prototype's screens."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
    already = set(graph.start.permitted)
    efforts: dict[str, tuple[int, int | None]] = {}
    for purpose in pack.purposes:
        if purpose in already:
            continue
        way = graph.way_to(graph.start, lambda it, wanted=purpose: wanted in it.permitted)  # type: ignore[misc]
        if way is None:
            continue

        def withdrawn(screen: Screen, purpose: str = purpose) -> bool:
            return purpose not in screen.permitted

        # Another day: the app is opened again.
        later = Walk(pack, tmp_path / purpose, before=[AGREED, way])
        back = await explore(
            later,
            depth=len(way),
            until=withdrawn,
            beyond=lambda it: not shows_the_policy(it),
            leave_out=LEFT_OUT,
            about=purpose,
        )
        assert purpose in back.start.permitted
        efforts[purpose] = (len(way), back.taps_to(back.start, withdrawn))
    assert efforts, "nothing can be granted at all"
    harder = {
        purpose: (grant, withdraw)
        for purpose, (grant, withdraw) in efforts.items()
        if withdraw is None or withdraw > grant
    }
    assert not harder
