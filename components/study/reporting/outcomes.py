"""What a study measures of each person, and how sure one group's figure is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, floor, fsum, log
from statistics import fmean

from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..measures.times import geometric_mean, mean
from ..model import Study
from ..words import Primary
from .people import Person, done, right_answers


class Scale(StrEnum):
    """In what an outcome is told."""

    SHARE = "share"
    POINTS = "points"
    SECONDS = "seconds"


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    Attributes:
        key: Its name, as a study file writes the primary one.
        scale: In what it is told.
        of: The figure of one person; None where there is none.
        answers: What it is made of, where that is yes or no several times: by item.
        more_is_better: Which way is the better one; None where neither is.
        many: Whether it is made of so many answers that a share of them is nearly continuous.
        each: Whether somebody who sees several conditions has a figure in each of them.
    """

    key: str
    scale: Scale
    of: Callable[[Person], float | None]
    answers: Callable[[Person], dict[str, bool]] | None = None
    more_is_better: bool | None = True
    many: bool = False
    each: bool = False


REGRET = "regret.share"
TIME = "decision.seconds"


def outcomes_of(study: Study) -> tuple[Outcome, ...]:
    """Every outcome that a study's steps can bring, the primary one first."""

    def right(person: Person) -> dict[str, bool]:
        return right_answers(study, person)

    def recalls(person: Person) -> dict[str, bool]:
        if person.recall is None:
            return {}
        said = person.said_of_choices
        return {it: said.get(it) == person.choices.get(it, "not_asked") for it in study.purposes}

    found = (
        Outcome(Primary.COMPREHENSION, Scale.SHARE, lambda it: it.comprehension, right, many=True),
        Outcome(Primary.TASKS, Scale.SHARE, _share(tasks_done), tasks_done, each=True),
        Outcome(Primary.RECALL, Scale.SHARE, lambda it: it.recall, recalls),
        Outcome(Primary.AGREEMENT, Scale.SHARE, _share(agreements), agreements),
        Outcome(REGRET, Scale.SHARE, _share(regrets), regrets, more_is_better=False),
        Outcome(Primary.SUS, Scale.POINTS, lambda it: it.sus),
        Outcome(TIME, Scale.SECONDS, decision_seconds, more_is_better=None, each=True),
    )
    return tuple(sorted(found, key=lambda it: it.key != study.primary.value))


def _share(answers: Callable[[Person], dict[str, bool]]) -> Callable[[Person], float | None]:
    def of(person: Person) -> float | None:
        given = answers(person)
        return fmean(given.values()) if given else None

    return of


def tasks_done(person: Person) -> dict[str, bool]:
    """Of each task that was tried, whether it was done alone; of all conditions, if several."""
    if person.seen:
        return {
            f"{task} / {name}": yes
            for name, there in person.seen.items()
            for task, yes in tasks_done(there).items()
        }
    return {it.task: done(it) for it in person.tried}


def agreements(person: Person) -> dict[str, bool]:
    """Of each purpose that was decided on, whether it stands as the person wants it."""
    return {purpose: granted is wants for purpose, (granted, wants) in person.pairs.items()}


def regrets(person: Person) -> dict[str, bool]:
    """Of each choice that the person was reminded of, whether it would be made otherwise."""
    return {
        purpose: said == "change"
        for purpose, said in person.regret.items()
        if person.choices.get(purpose) in ("grant", "decline")
    }


def decision_seconds(person: Person) -> float | None:
    """A person's usual time to a decision: the geometric mean; None without one."""
    times = [it.seconds for it in person.decisions if it.seconds > 0]
    return exp(fsum(map(log, times)) / len(times)) if times else None


def estimate(scale: Scale, figures: Sequence[float]) -> Interval | None:
    """A group's figure with its interval; None if nobody has one.

    Shares are averaged over people, not over answers, since those of one person go together.
    """
    if not figures:
        return None
    if scale is Scale.SECONDS:
        return geometric_mean(figures)
    if scale is Scale.POINTS:
        found = mean(figures)
        return Interval(found.estimate, max(0.0, found.low), min(100.0, found.high), found.n)
    return share_of_people(figures)


def share_of_people(shares: Sequence[float]) -> Interval:
    """The mean of people's shares, within 0 and 1.

    Where each of them is all or nothing it is one share of people, and Wilson's interval serves. It
    serves too where all are alike, since then nothing shows how far people differ.
    """
    n, middle = len(shares), fmean(shares)
    if set(shares) <= {0.0, 1.0}:
        return wilson(round(middle * n), n)
    if len(set(shares)) == 1:
        low, high = wilson(floor(middle * n), n).low, wilson(ceil(middle * n), n).high
        return Interval(middle, low, high, n)
    found = mean(shares)
    return Interval(middle, max(0.0, found.low), min(1.0, found.high), n)
