"""The screen graph: places, the steps between them, and what each step decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import count
from math import inf


class Via(StrEnum):
    """What makes a step. Only ``BUTTON`` is a statement; the rest is leaving or waiting."""

    BUTTON = "button"
    BACK = "back"
    BARRIER = "barrier"
    SWIPE = "swipe"
    TIMEOUT = "timeout"


LEAVING = frozenset(Via) - {Via.BUTTON}
"""Ways that say nothing."""


@dataclass(frozen=True)
class Place:
    """A state of the app that a person can be in.

    Attributes:
        id: Unique in the graph.
        text: What is to be read there.
        policy: Whether the full policy is read there.
        usable: Whether the app can be used there.
        exits: Whether the app ends here.
    """

    id: str
    text: str = ""
    policy: bool = False
    usable: bool = False
    exits: bool = False


@dataclass(frozen=True)
class Step:
    """From one place to another by one act.

    Attributes:
        start, goal: Ids of places.
        label: Of what is pressed.
        via: What makes it.
        taps: How many presses it takes.
        grants, refuses, withdraws: Purposes that it decides.
    """

    start: str
    goal: str
    label: str = ""
    via: Via = Via.BUTTON
    taps: int = 1
    grants: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    withdraws: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ScreenGraph:
    """Places and steps.

    Attributes:
        places, steps: All of them.
        start: Id of the place where a person first meets the question.
        main: Id of the place that is the app's own main screen.
        locale: Of the places' texts.
        optional: The purposes that may be refused; all that a step decides, if empty.
    """

    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    start: str
    main: str
    locale: str = "zh_Hans"
    optional: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = {place.id for place in self.places}
        named = {self.start, self.main} | {it for s in self.steps for it in (s.start, s.goal)}
        if lost := named - known:
            raise ValueError(f"the graph names places that are not there: {sorted(lost)}")

    @property
    def purposes(self) -> frozenset[str]:
        """Every purpose that can be refused."""
        return self.optional or frozenset().union(
            *(step.grants | step.refuses | step.withdraws for step in self.steps)
        )

    def place(self, place_id: str) -> Place:
        """The place of an id.

        Raises:
            KeyError: there is none.
        """
        for place in self.places:
            if place.id == place_id:
                return place
        raise KeyError(place_id)

    def steps_from(self, place_id: str) -> Iterator[Step]:
        """The steps that a person takes by pressing something."""
        return (s for s in self.steps if s.start == place_id and s.via is Via.BUTTON)


@dataclass(frozen=True)
class State:
    """Where somebody is, and what they have agreed to and refused so far."""

    place: str
    granted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    def after(self, step: Step) -> State:
        """The state that a step leads to."""
        no = step.refuses | step.withdraws
        return State(
            step.goal, (self.granted | step.grants) - no, (self.refused | no) - step.grants
        )


Way = tuple[Step, ...]
_MOST_STATES = 50_000


class TooManyStates(ValueError):
    """The graph has more states than can be looked at."""


def shortest(
    graph: ScreenGraph,
    start: State,
    arrived: Callable[[State], bool],
    *,
    under: float = inf,
) -> Way | None:
    """The way with the fewest taps to a state; None if no way of fewer than ``under`` leads there.

    Raises:
        TooManyStates: it was not found among those that can be looked at.
    """
    number = count()
    queue: list[tuple[int, int, State, Way]] = [(0, next(number), start, ())]
    seen: set[State] = set()
    while queue:
        taps, _, state, way = heappop(queue)
        if state in seen or taps >= under:
            continue
        if arrived(state):
            return way
        seen.add(state)
        if len(seen) > _MOST_STATES:
            raise TooManyStates("the graph is too large to search")
        for step in graph.steps_from(state.place):
            heappush(queue, (taps + step.taps, next(number), state.after(step), (*way, step)))
    return None


def taps(way: Way) -> int:
    """Presses along a way."""
    return sum(step.taps for step in way)
