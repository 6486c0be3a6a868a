"""What people's ways to each task were, beside the shortest that the app has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ..builds import Build, Predicted, Stand, Way
from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..measures.times import geometric_mean
from ..measures.ways import Taken, taken_back, ways_taken
from ..model import Condition, Study
from .people import Person, condition_label


@dataclass(frozen=True)
class TaskWays:
    """The ways to one task in one condition.

    Attributes:
        task: Its id.
        condition: The condition's name.
        taken: Each person's who did it alone, had something to do for it, and of whom the record
            tells from where; the others have no shortest way to be held against.
        unknown: How many more did it alone, from where no shortest way is known.
        over: How many times as many taps as are needed, as a geometric mean; None of fewer than
            two people.
        straight: How many of them took no tap more than is needed.
    """

    task: str
    condition: str
    taken: tuple[Taken, ...]
    unknown: int
    over: Interval | None
    straight: Interval | None

    @property
    def shortest(self) -> tuple[Way, ...]:
        """The shortest ways there were, the most frequent first."""
        ways = [it.way or () for it in self.taken]
        return tuple(sorted(set(ways), key=lambda it: (-ways.count(it), len(it), it)))

    @property
    def below(self) -> int:
        """How many needed fewer taps than the shortest way known: the walk missed theirs."""
        return sum(it.taps < len(it.way or ()) for it in self.taken)


@dataclass(frozen=True)
class Symmetry:
    """The taps around one question for consent: by the app's screens, and by what people did.

    Attributes:
        target: What it is about.
        condition: The condition's name.
        predicted: The fewest; None where nobody walked.
        accepted, declined, withdrawn: Taps that people took, each in order.
    """

    target: str
    condition: str
    predicted: Predicted | None
    accepted: tuple[int, ...]
    declined: tuple[int, ...]
    withdrawn: tuple[int, ...]


def arms_of(study: Study, people: Sequence[Person]) -> list[tuple[Condition, list[Person]]]:
    """Each condition, with those who saw it as they were in it."""
    return [
        (it, [found for one in people if (found := one.within(condition_label(it))) is not None])
        for it in study.design.conditions
    ]


def ways_of(
    study: Study, people: Sequence[Person], builds: Sequence[Build]
) -> tuple[TaskWays, ...]:
    """The ways to each task, in each condition."""
    found = []
    for condition, arm in arms_of(study, people):

        def known(
            task: str, notice: Stand, purpose: Stand, condition: Condition = condition
        ) -> Way | None:
            return _agreed(builds, condition, task, notice, purpose)

        taken = [it for one in arm for it in ways_taken(study.tasks.values(), one.events, known)]
        for task in study.tasks:
            mine = [it for it in taken if it.task == task]
            if mine:
                found.append(_of_task(task, condition_label(condition), mine))
    return tuple(found)


def symmetries(
    study: Study, people: Sequence[Person], builds: Sequence[Build]
) -> tuple[Symmetry, ...]:
    """The taps around each question that somebody decided on, in each condition."""
    found = []
    for condition, arm in arms_of(study, people):
        decisions = [it for one in arm for it in one.decisions]
        back = [it for one in arm for it in taken_back(one.events)]
        predicted = _predicted(builds, condition)
        targets = {it.target for it in decisions} | {it.target for it in back}
        for target in sorted(targets):
            accepted, declined = (
                tuple(
                    sorted(
                        it.taps for it in decisions if (it.target, it.choice) == (target, choice)
                    )
                )
                for choice in ("grant", "decline")
            )
            withdrawn = tuple(sorted(it.taps for it in back if it.target == target))
            name = condition_label(condition)
            found.append(
                Symmetry(target, name, predicted.get(target), accepted, declined, withdrawn)
            )
    return tuple(found)


def _of_task(task: str, condition: str, mine: Sequence[Taken]) -> TaskWays:
    held = tuple(it for it in mine if it.over is not None)
    ratios = [it.over for it in held if it.over is not None]
    straight = sum(it.taps <= len(it.way or ()) for it in held)
    return TaskWays(
        task,
        condition,
        held,
        len(mine) - len(held),
        geometric_mean(ratios) if len(ratios) > 1 else None,
        wilson(straight, len(held)) if held else None,
    )


def _agreed(
    builds: Iterable[Build], condition: Condition, task: str, notice: Stand, purpose: Stand
) -> Way | None:
    """The shortest way, if every build has one of that length: which a session had is not told."""
    ways = []
    for build in builds:
        there = build.within(condition)
        ways.append(None if there is None else there.way(task, notice, purpose))
    lengths = {None if it is None else len(it) for it in ways}
    return ways[0] if len(lengths) == 1 else None


def _predicted(builds: Iterable[Build], condition: Condition) -> dict[str, Predicted]:
    """What every build says alike, in taps."""
    all_of_them: list[dict[str, Predicted]] = []
    for build in builds:
        there = build.within(condition)
        all_of_them.append({} if there is None else {it.target: it for it in there.predicted})
    if not all_of_them:
        return {}
    return {
        target: it
        for target, it in all_of_them[0].items()
        if len({_taps(one[target]) if target in one else None for one in all_of_them}) == 1
    }


def _taps(predicted: Predicted) -> tuple[int | None, ...]:
    ways = (predicted.accept, predicted.decline, predicted.withdraw)
    return tuple(None if it is None else len(it) for it in ways)


def middle(taps: Sequence[int]) -> str:
    """The median of some taps; a dash of none."""
    return f"{median(taps):g}" if taps else "–"
