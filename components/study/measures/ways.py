"""How far people went, in taps, beside the shortest way that the app has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..builds import NOTICE, Stand, Way
from ..model import Task
from ..progress import progress_of
from ..record import Event
from ..running.outcome import reached
from .tasks import Outcome, attempts_of

_ALONE = (Outcome.DIRECT, Outcome.INDIRECT)
_PRESSED = ("stim.decision.made", "stim.decision.changed")

Known = Callable[[str, Stand, Stand], Way | None]
"""The shortest way to a task, by how the first notice stands and how the task's purpose does."""


@dataclass(frozen=True)
class Taken:
    """One person's way to what a task asked for, done alone.

    Attributes:
        task: The task's id.
        taps: Taps from the beginning of the task until it was reached.
        way: The shortest from where that person stood; None where none is known.
    """

    task: str
    taps: int
    way: Way | None

    @property
    def over(self) -> float | None:
        """How many times as many taps as are needed; None where none are, or it is not known."""
        return self.taps / len(self.way) if self.way and self.taps else None


@dataclass(frozen=True)
class TakenBack:
    """A consent withdrawn during a task.

    Attributes:
        target: Which.
        taps: Taps from the beginning of the task.
        seconds: Active seconds from the beginning of the task.
    """

    target: str
    taps: int
    seconds: float


def taps_in(events: Iterable[Event]) -> int:
    """Taps that did something.

    A press that agrees or refuses is told as what it decides, and counts once though it decide
    several things. What takes a consent back is told as a tap and as a withdrawal besides.
    """
    taps = 0
    decided: set[str | None] = set()
    for event in events:
        if event.name in _PRESSED:
            if event.data.get("via", "button") == "button":
                taps += not decided or event.target in decided
                decided.add(event.target)
        elif event.name.startswith("stim."):
            taps += event.name == "stim.tap"
            decided.clear()
    return taps


def ways_taken(tasks: Iterable[Task], events: Sequence[Event], known: Known) -> tuple[Taken, ...]:
    """The ways to those tasks that were done alone and for which something had to be done.

    Args:
        tasks: The study's tasks.
        events: One session's; of one condition where each person sees several.
        known: Tells the shortest way.
    """
    alone = {it.task for it in attempts_of(events) if it.outcome in _ALONE}
    found = []
    for task in tasks:
        at = _begun(task.id, events)
        if task.id not in alone or at is None:
            continue
        decided = progress_of(events[: at + 1]).decisions
        purpose = decided.get(f"purpose:{task.success.purpose}") if task.success.purpose else None
        way = known(task.id, Stand.of(decided.get(NOTICE)), Stand.of(purpose))
        goal = reached(task, events)
        if way == () or goal is None:
            continue
        found.append(Taken(task.id, taps_in(it for it in events[at:] if it.seq <= goal), way))
    return tuple(found)


def taken_back(events: Sequence[Event]) -> tuple[TakenBack, ...]:
    """Each first withdrawal of a consent within a task."""
    found: dict[tuple[int, str], TakenBack] = {}
    at = None
    for number, event in enumerate(events):
        if event.name == "study.task.started":
            at = number
        elif event.name.startswith("study.task.") and event.name != "study.task.assisted":
            at = None
        elif event.name == "stim.decision.withdrawn" and at is not None and event.target:
            taps = taps_in(events[at : number + 1])
            seconds = event.t_act - events[at].t_act
            found.setdefault((at, event.target), TakenBack(event.target, taps, seconds))
    return tuple(found.values())


def _begun(task: str, events: Sequence[Event]) -> int | None:
    """Where a task was begun, the last time."""
    return max(
        (
            at
            for at, it in enumerate(events)
            if it.name == "study.task.started" and it.data["task"] == task
        ),
        default=None,
    )
