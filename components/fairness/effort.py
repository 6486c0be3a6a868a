"""Predicted effort: taps, handling and reading time to agree, to refuse and to withdraw.

Handling follows the Keystroke-Level Model (Card, Moran and Newell 1983): a mental preparation, a
pointing movement and a press for each tap. Reading is every text on the way, once, in full, at
the rate of rule LX-14. Both are predictions for comparing ways with each other, not promises of
what a person takes; the operator times are from memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from .reading import reading_seconds
from .ways import ScreenGraph, State, TooManyStates, Way, shortest, taps

MENTAL_SECONDS = 1.35
POINT_SECONDS = 1.1
PRESS_SECONDS = 0.2
"""Operators M, P and B of the Keystroke-Level Model."""
_MOST_TOGETHER = 8
"""Purposes. Of more there are too many orders in which to agree to all of them."""


@dataclass(frozen=True)
class Cost:
    """What one way costs.

    Attributes:
        taps: Presses.
        handling: Seconds of deciding, pointing and pressing.
        reading: Seconds of reading all that is met on the way.
        labels: What is pressed, in order.
    """

    taps: int
    handling: float
    reading: float
    labels: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """Handling and reading together."""
        return self.handling + self.reading


@dataclass(frozen=True)
class Effort:
    """The effort around one purpose, or around all of them together.

    A cost is None where no way leads there, or, for all purposes together, where there are too
    many ways to look at. Withdrawing starts at the main screen, with everything
    agreed to; agreeing and refusing start where the question is first met.
    """

    purpose: str
    accept: Cost | None
    refuse: Cost | None
    withdraw: Cost | None

    @property
    def withdrawal_ratio(self) -> float | None:
        """Seconds to withdraw for each second to agree; None if either is not possible."""
        if self.accept is None or self.withdraw is None or not self.accept.seconds:
            return None
        return self.withdraw.seconds / self.accept.seconds


def efforts(graph: ScreenGraph) -> tuple[Effort, ...]:
    """The effort around each purpose, in order of name."""
    return tuple(_effort(graph, it, frozenset({it})) for it in sorted(graph.purposes))


def effort_of_all(graph: ScreenGraph) -> Effort:
    """The effort around all purposes at once."""
    if len(graph.purposes) > _MOST_TOGETHER:
        return Effort("all", None, None, None)
    return _effort(graph, "all", graph.purposes)


def _found(search: Callable[[], Way | None]) -> Way | None:
    try:
        return search()
    except TooManyStates:
        return None


def withdrawal(graph: ScreenGraph, purposes: frozenset[str]) -> Way | None:
    """The shortest way from the main screen to having withdrawn some purposes."""
    given = State(graph.main, granted=graph.purposes)
    return shortest(graph, given, lambda state: not purposes & state.granted)


def decision(
    graph: ScreenGraph, arrived: Callable[[State], bool], *, under: float = inf
) -> Way | None:
    """The shortest way from the first question to a state, of fewer than ``under`` taps."""
    return shortest(graph, State(graph.start), arrived, under=under)


def _effort(graph: ScreenGraph, name: str, purposes: frozenset[str]) -> Effort:
    return Effort(
        name,
        _cost(
            graph,
            graph.start,
            _found(lambda: decision(graph, lambda it: purposes <= it.granted)),
        ),
        _cost(
            graph,
            graph.start,
            _found(lambda: decision(graph, lambda it: purposes <= it.refused)),
        ),
        _cost(graph, graph.main, _found(lambda: withdrawal(graph, purposes))),
    )


def _cost(graph: ScreenGraph, start: str, way: Way | None) -> Cost | None:
    if way is None:
        return None
    met = dict.fromkeys([start, *(step.start for step in way)])
    reading = sum(reading_seconds(graph.place(it).text, graph.locale) for it in met)
    count = taps(way)
    handling = count * (MENTAL_SECONDS + POINT_SECONDS + PRESS_SECONDS)
    return Cost(count, round(handling, 2), round(reading, 2), tuple(s.label for s in way))
