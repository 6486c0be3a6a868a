"""The graph of screens and taps, found by walking through the running app, headless.

A node is a screen in a state of consent; an edge is one tap. Every step is taken for real: to see
where a tap leads, the app is opened afresh on a copy of the device and its data, the way to the
screen is walked again, and the tap is made. So nothing in here knows the app's screens.

    graph = await explore(Walk(pack, folder), depth=3)
    graph.taps_to(graph.start, lambda screen: "reader.contents" in screen.taps)

What differs only in which item of a list is tapped (film 1, film 2) is tapped once; what differs
in the purpose or permission it is about is tapped each time.
"""

from __future__ import annotations

import copy
import shutil
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from components.kit import ConsentKit
from components.policy import Pack
from components.prototype.session import Settings, before_main, prototype

from .device import Device
from .pilot import Pilot, running
from .queries import tappable
from .shadow import Node
from .words import names, role, words

READING = ("clause",)
"""Families of taps that lead to something to read, whatever they are about: tapped once."""

_PATIENCE_SECONDS = 60.0
"""The centre is large, and the machine may be busy: this only stops what would never end."""


@dataclass(frozen=True)
class Screen:
    """What is before the person, and what holds of their consents then.

    Attributes:
        title: Its first heading.
        taps: Everything that can be tapped, by identifier, sorted; of a list, its first item.
        permitted: The purposes that are permitted, sorted.
        main: Whether nothing lies over the host's own page.
    """

    title: str
    taps: tuple[str, ...]
    permitted: tuple[str, ...]
    main: bool


@dataclass
class ScreenGraph:
    """Screens by taps. ``edges[screen][tap]`` is where a tap leads."""

    start: Screen
    edges: dict[Screen, dict[str, Screen]] = field(default_factory=dict)

    def way_to(self, start: Screen, goal: Callable[[Screen], bool]) -> tuple[str, ...] | None:
        """The fewest taps from one screen to one that has what is wanted; None if none leads."""
        ways: dict[Screen, tuple[str, ...]] = {start: ()}
        queue = deque([start])
        while queue:
            screen = queue.popleft()
            if goal(screen):
                return ways[screen]
            for tap, target in self.edges.get(screen, {}).items():
                if target not in ways:
                    ways[target] = (*ways[screen], tap)
                    queue.append(target)
        return None

    def taps_to(self, start: Screen, goal: Callable[[Screen], bool]) -> int | None:
        """How many taps :meth:`way_to` takes; None if no way leads there."""
        way = self.way_to(start, goal)
        return None if way is None else len(way)

    @property
    def screens(self) -> list[Screen]:
        """Every screen, those fewest taps away first."""
        found = dict.fromkeys([self.start])
        for screen, taps in self.edges.items():
            found.update(dict.fromkeys([screen, *taps.values()]))
        return list(found)


class Walk:
    """Opens the prototype on a device as it was left, and walks.

    Args:
        pack: The policy pack.
        folder: Where copies of the data are put; each walk has its own.
        before: Taps that were made in earlier sessions, each session on the data of the last.
        device: The device to begin with; the system grants what it is asked unless it says else.
    """

    def __init__(
        self,
        pack: Pack,
        folder: Path,
        before: Sequence[Sequence[str]] = (),
        device: Device | None = None,
    ) -> None:
        self.pack = pack
        self._folder = folder
        self._before = before
        self._device = device or Device(
            permission_answers={"locationWhenInUse": "granted", "photos": "granted"}
        )
        self._kept: Path | None = None
        self._opened = 0

    async def prepare(self) -> None:
        """Live through the earlier sessions, once."""
        if self._kept is not None:
            return
        data = self._new_folder()
        for taps in self._before:
            async with self._open(data, self._device) as (pilot, _kit):
                for tap in taps:
                    await follow(pilot, tap)
        self._kept = data

    @asynccontextmanager
    async def walking(self, way: Sequence[str]) -> AsyncIterator[tuple[Pilot, ConsentKit]]:
        """The app, after these taps of a new session on a copy of everything kept."""
        data = self._new_folder()
        if self._kept is not None and self._kept.exists():
            shutil.copytree(self._kept, data)
        async with self._open(data, copy.deepcopy(self._device)) as (pilot, kit):
            for tap in way:
                await follow(pilot, tap)
            yield pilot, kit
        shutil.rmtree(data, ignore_errors=True)

    @asynccontextmanager
    async def _open(self, data: Path, device: Device) -> AsyncIterator[tuple[Pilot, ConsentKit]]:
        kits: list[ConsentKit] = []
        settings = Settings(data=data, pack=self.pack, endpoint=None, opened=kits.append)
        async with running(
            prototype(settings), before_main=before_main, device=device, limit=_PATIENCE_SECONDS
        ) as pilot:
            yield pilot, kits[0]
            await kits[0].close()

    def _new_folder(self) -> Path:
        self._opened += 1
        return self._folder / f"walk-{self._opened}"


async def explore(
    walk: Walk,
    depth: int,
    *,
    beyond: Callable[[Screen], bool] = lambda _screen: True,
    leave_out: Collection[str] = (),
) -> ScreenGraph:
    """Tap everything there is to tap, up to so many taps from the start.

    Args:
        walk: How to get there.
        depth: The most taps in a row.
        beyond: Whether to go on from a screen; its own taps are not tried otherwise.
        leave_out: Last parts of identifiers, such as ``language``, that are not tapped.
    """
    await walk.prepare()
    async with walk.walking(()) as (pilot, kit):
        graph = ScreenGraph(look(pilot, kit))
    ways: dict[Screen, tuple[str, ...]] = {graph.start: ()}
    queue = deque([graph.start])
    while queue:
        screen = queue.popleft()
        if len(ways[screen]) == depth or not beyond(screen):
            continue
        for tap in screen.taps:
            subject = tap.rpartition(".")[2]
            if subject in leave_out:
                continue
            way = (*ways[screen], tap)
            async with walk.walking(way) as (pilot, kit):
                target = look(pilot, kit)
            graph.edges.setdefault(screen, {})[tap] = target
            if target not in ways:
                ways[target] = way
                queue.append(target)
    return graph


def look(pilot: Pilot, kit: ConsentKit) -> Screen:
    """The screen as it is now."""
    subjects = {*kit.pack.purposes, *kit.pack.permissions, "notice"}
    kept: dict[str, str] = {}
    for identifier in taps_of(pilot):
        kept.setdefault(_family(identifier, subjects), identifier)
    headings = [
        words(node) for node in pilot.walk(pilot.front or pilot.page) if role(node) == "heading"
    ]
    return Screen(
        title=headings[0][0] if headings and headings[0] else "",
        taps=tuple(sorted(kept.values())),
        permitted=tuple(sorted(it for it in kit.pack.purposes if kit.permits(it))),
        main=pilot.front is None,
    )


async def follow(pilot: Pilot, identifier: str) -> None:
    """Make one tap of a way.

    Raises:
        LookupError: There is nothing of that identifier to tap.
    """
    found = taps_of(pilot)
    if identifier not in found:
        raise LookupError(f"no {identifier!r} to tap; there: {sorted(found)}")
    await pilot.tap(found[identifier])


def taps_of(pilot: Pilot) -> dict[str, Node]:
    """What a person can tap now, by key; by its words where it has none."""
    found: dict[str, Node] = {}
    for node in pilot.walk_enabled(pilot.front or pilot.page):
        if tappable(node):
            name = node.key or node.get("label") or " ".join(sorted(names(node)))
            if name:
                found.setdefault(str(name), node)
    return found


def _family(identifier: str, subjects: set[str]) -> str:
    """What an identifier is one of: itself, or a list's items together."""
    head, dot, last = identifier.rpartition(".")
    if dot and (head in READING or ("." in head and last not in subjects)):
        return f"{head}.*"
    return identifier
