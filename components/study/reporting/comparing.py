"""How conditions differ: the outcome named beforehand first, everything else exploratory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log
from statistics import fmean

from ..measures.intervals import Interval
from ..measures.proportions import fisher_exact, holm, newcombe, score_p
from ..measures.times import mean_difference, time_ratio, welch_p
from ..model import Study
from ..modelling.fitting import NotFitted
from ..modelling.repeated import Answer, Effect, marginal_effect, mixed_effect
from ..modelling.times import robust_time_ratio
from ..words import DesignKind
from .flow import FEWEST_FOR_COMPARING
from .outcomes import Outcome, Scale, estimate, tasks_done
from .people import Person, values

_FISHER_BELOW = 40


class Method(StrEnum):
    """By what two conditions are compared."""

    WELCH = "welch"
    WELCH_LOGS = "welch_logs"
    NEWCOMBE_FISHER = "newcombe_fisher"
    NEWCOMBE_SCORE = "newcombe_score"
    GEE = "gee"
    PEOPLE = "people"


@dataclass(frozen=True)
class Comparison:
    """One outcome in one condition against the reference.

    Attributes:
        outcome: The outcome.
        condition: The condition.
        reference: What it is held against: the first condition of the study file.
        here: The condition's figure.
        there: The reference's.
        difference: Here less there; of seconds, the ratio.
        p: Two-sided; None with fewer than 20 people in either, or where nothing varies.
        adjusted: The same after Holm, over all exploratory comparisons; None of the primary one.
        primary: Whether it was named beforehand.
        method: By what.
    """

    outcome: Outcome
    condition: str
    reference: str
    here: Interval
    there: Interval
    difference: Interval
    p: float | None
    adjusted: float | None
    primary: bool
    method: Method


@dataclass(frozen=True)
class Models:
    """The primary outcome by other ways of working it out.

    Attributes:
        condition: The condition.
        unfiltered: With everybody who has the outcome, whoever the rules leave out included.
        gee: All answers, those of one person going together; None where that cannot be fitted.
        mixed: The odds ratio with people and items at random.
        hc3: Of times, the ratio by least squares with robust errors.
        why_not: Why a model could not be fitted; empty if it was.
    """

    condition: str
    unfiltered: Comparison | None
    gee: Effect | None = None
    mixed: Interval | None = None
    hc3: Interval | None = None
    why_not: str = ""


def comparisons(
    study: Study, outcomes: Sequence[Outcome], people: Sequence[Person], names: Sequence[str]
) -> tuple[Comparison, ...]:
    """Every outcome in every condition against the first.

    Args:
        study: The study.
        outcomes: The outcomes, the primary one first.
        people: Whom to count.
        names: The conditions, in the order of the study file.
    """
    found = [
        compared
        for outcome in outcomes
        for name in names[1:]
        if (compared := compare(study, outcome, people, name, names[0])) is not None
    ]
    told = [at for at, it in enumerate(found) if not it.primary and it.p is not None]
    adjusted = holm([p for at in told if (p := found[at].p) is not None])
    for at, value in zip(told, adjusted, strict=True):
        found[at] = replace(found[at], adjusted=value)
    return tuple(found)


def compare(
    study: Study, outcome: Outcome, people: Sequence[Person], name: str, reference: str
) -> Comparison | None:
    """One outcome in two conditions; None where either has nobody with a figure."""
    within = study.design.kind is DesignKind.WITHIN
    if within and outcome.answers is not tasks_done:
        return None
    here = _figures(outcome, people, name, within)
    there = _figures(outcome, people, reference, within)
    first, second = estimate(outcome.scale, here), estimate(outcome.scale, there)
    if first is None or second is None or min(len(here), len(there)) < 2:
        return None
    difference, p, method = _difference(outcome, people, here, there, (name, reference), within)
    if min(len(here), len(there)) < FEWEST_FOR_COMPARING:
        p = None
    return Comparison(
        outcome=outcome,
        condition=name,
        reference=reference,
        here=first,
        there=second,
        difference=difference,
        p=p,
        adjusted=None,
        primary=outcome.key == study.primary.value,
        method=method,
    )


def _figures(outcome: Outcome, people: Sequence[Person], name: str, within: bool) -> list[float]:
    if not within:
        return values((it for it in people if it.condition == name), outcome.of)
    shares = [
        [yes for task, yes in tasks_done(it).items() if it.in_condition(task) == name]
        for it in people
    ]
    return [fmean(it) for it in shares if it]


def _difference(
    outcome: Outcome,
    people: Sequence[Person],
    here: Sequence[float],
    there: Sequence[float],
    names: tuple[str, str],
    within: bool,
) -> tuple[Interval, float | None, Method]:
    if outcome.scale is Scale.SECONDS:
        logs = [log(it) for it in here], [log(it) for it in there]
        return time_ratio(here, there), welch_p(*logs), Method.WELCH_LOGS
    if outcome.scale is Scale.POINTS:
        return mean_difference(here, there), welch_p(here, there), Method.WELCH
    if not within and set(here) | set(there) <= {0.0, 1.0}:
        return _once_each(here, there)
    # Of many items each share is nearly continuous, and a plain difference of means serves.
    if outcome.many and not within:
        return mean_difference(here, there), welch_p(here, there), Method.WELCH
    try:
        effect = marginal_effect(answers_of(outcome, people, *names))
    except NotFitted:
        # As though each person had answered once: too wide rather than too narrow.
        return (*_once_each(here, there)[:2], Method.PEOPLE)
    return effect.difference, effect.p, Method.GEE


def _once_each(here: Sequence[float], there: Sequence[float]) -> tuple[Interval, float, Method]:
    """Two shares of people."""
    k1, n1, k2, n2 = round(sum(here)), len(here), round(sum(there)), len(there)
    found = newcombe(k1, n1, k2, n2)
    if min(n1, n2) < _FISHER_BELOW:
        return found, fisher_exact(k1, n1, k2, n2), Method.NEWCOMBE_FISHER
    return found, score_p(k1, n1, k2, n2), Method.NEWCOMBE_SCORE


def answers_of(
    outcome: Outcome, people: Sequence[Person], name: str, reference: str
) -> list[Answer]:
    """The answers that an outcome is made of, in two conditions."""
    if outcome.answers is None:
        return []
    return [
        Answer(person.name, item, person.in_condition(item) == name, yes)
        for person in people
        for item, yes in outcome.answers(person).items()
        if person.in_condition(item) in (name, reference)
    ]


def models_of(
    study: Study,
    primary: Outcome,
    counted: Sequence[Person],
    everybody: Sequence[Person],
    names: Sequence[str],
) -> tuple[Models, ...]:
    """The primary outcome by other ways: whether what was found hangs on how it was worked out."""
    found = []
    for name in names[1:]:
        unfiltered = compare(study, primary, everybody, name, names[0])
        models = Models(name, unfiltered)
        try:
            if primary.scale is Scale.SECONDS:
                here, there = (_figures(primary, counted, it, False) for it in (name, names[0]))
                models = replace(models, hc3=robust_time_ratio(here, there))
            elif primary.answers is not None:
                answers = answers_of(primary, counted, name, names[0])
                models = replace(models, gee=marginal_effect(answers))
                models = replace(models, mixed=mixed_effect(answers))
        except NotFitted as error:
            models = replace(models, why_not=str(error))
        found.append(models)
    return tuple(found)
