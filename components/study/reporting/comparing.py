"""How conditions differ: the outcome named beforehand first, everything else exploratory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isnan, log

from ..measures.intervals import Interval
from ..measures.proportions import (
    fisher_exact,
    holm,
    mcnemar_exact,
    newcombe,
    paired_difference,
    score_p,
)
from ..measures.times import (
    geometric_mean,
    mean,
    mean_difference,
    paired_p,
    time_ratio,
    welch_p,
)
from ..model import Study
from ..modelling.fitting import NotFitted
from ..modelling.repeated import Answer, Effect, marginal_effect, mixed_effect
from ..modelling.times import robust_time_ratio
from ..words import DesignKind
from .flow import FEWEST_FOR_COMPARING
from .outcomes import Outcome, Scale, estimate
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
    PAIRED = "paired"
    PAIRED_LOGS = "paired_logs"
    MCNEMAR = "mcnemar"


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
    """One outcome in two conditions; None where either has nobody with a figure.

    Where each person saw all conditions, only those with a figure in both are compared, each with
    themselves; what was asked once, after all of them, is not compared.
    """
    if study.design.kind is DesignKind.WITHIN:
        if not outcome.each:
            return None
        both = [it for it in people if _has(outcome, it, name) and _has(outcome, it, reference)]
        here, there = (_figures(outcome, both, it) for it in (name, reference))
    else:
        both = list(people)
        here, there = (_figures(outcome, people, it) for it in (name, reference))
    first, second = estimate(outcome.scale, here), estimate(outcome.scale, there)
    if first is None or second is None or min(len(here), len(there)) < 2:
        return None
    if study.design.kind is DesignKind.WITHIN:
        difference, p, method = _paired(outcome, both, here, there, (name, reference))
    else:
        difference, p, method = _difference(outcome, people, here, there, (name, reference))
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


def _has(outcome: Outcome, person: Person, condition: str) -> bool:
    there = person.within(condition)
    return there is not None and outcome.of(there) is not None


def _figures(outcome: Outcome, people: Sequence[Person], name: str) -> list[float]:
    return values((found for it in people if (found := it.within(name)) is not None), outcome.of)


def _difference(
    outcome: Outcome,
    people: Sequence[Person],
    here: Sequence[float],
    there: Sequence[float],
    names: tuple[str, str],
) -> tuple[Interval, float | None, Method]:
    if outcome.scale is Scale.SECONDS:
        logs = [log(it) for it in here], [log(it) for it in there]
        return time_ratio(here, there), welch_p(*logs), Method.WELCH_LOGS
    if outcome.scale is Scale.POINTS:
        return mean_difference(here, there), welch_p(here, there), Method.WELCH
    if set(here) | set(there) <= {0.0, 1.0}:
        return _once_each(here, there)
    # Of many items each share is nearly continuous, and a plain difference of means serves.
    if outcome.many:
        return mean_difference(here, there), welch_p(here, there), Method.WELCH
    try:
        effect = marginal_effect(answers_of(outcome, people, *names))
    except NotFitted:
        # As though each person had answered once: too wide rather than too narrow.
        return (*_once_each(here, there)[:2], Method.PEOPLE)
    return effect.difference, effect.p, Method.GEE


def _paired(
    outcome: Outcome,
    people: Sequence[Person],
    here: Sequence[float],
    there: Sequence[float],
    names: tuple[str, str],
) -> tuple[Interval, float | None, Method]:
    """The same people in two conditions; ``here`` and ``there`` are in the order of people."""
    if outcome.scale is Scale.SECONDS:
        logs = [log(it) for it in here], [log(it) for it in there]
        ratio = geometric_mean([one / other for one, other in zip(here, there, strict=True)])
        return ratio, _number(paired_p(*logs)), Method.PAIRED_LOGS
    if set(here) | set(there) <= {0.0, 1.0}:
        pairs = list(zip(here, there, strict=True))
        only_here, only_there = pairs.count((1.0, 0.0)), pairs.count((0.0, 1.0))
        found = paired_difference(only_here, only_there, len(pairs))
        return found, mcnemar_exact(only_here, only_there), Method.MCNEMAR
    try:
        effect = marginal_effect(answers_of(outcome, people, *names))
    except NotFitted:
        found = mean([one - other for one, other in zip(here, there, strict=True)])
        within = Interval(found.estimate, max(-1.0, found.low), min(1.0, found.high), found.n)
        return within, _number(paired_p(here, there)), Method.PAIRED
    return effect.difference, effect.p, Method.GEE


def _number(p: float) -> float | None:
    return None if isnan(p) else p


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
        Answer(person.name, item, condition == name, yes)
        for person in people
        for condition in (name, reference)
        if (there := person.within(condition)) is not None
        for item, yes in outcome.answers(there).items()
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
                here, there = (_figures(primary, counted, it) for it in (name, names[0]))
                models = replace(models, hc3=robust_time_ratio(here, there))
            elif primary.answers is not None:
                answers = answers_of(primary, counted, name, names[0])
                models = replace(models, gee=marginal_effect(answers))
                models = replace(models, mixed=mixed_effect(answers))
        except NotFitted as error:
            models = replace(models, why_not=str(error))
        found.append(models)
    return tuple(found)
