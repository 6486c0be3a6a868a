"""Yes or no, several times for each person: tasks, purposes, items; between people or within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf
from typing import Any, NamedTuple

import numpy
from scipy.sparse import csr_matrix
from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM
from statsmodels.genmod.cov_struct import Exchangeable
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE

from ..measures.distributions import normal_quantile
from ..measures.intervals import CONFIDENCE, Interval
from .fitting import NotFitted, fitted

_FEWEST_PEOPLE = 10
_Array = numpy.ndarray[Any, numpy.dtype[Any]]


class Answer(NamedTuple):
    """One answer of one person.

    Attributes:
        person: Whose; answers of one person go together.
        item: To what: a task, a purpose, a statement.
        treated: Whether it was given in the condition that is compared, not in the reference.
        yes: Whether it was a success.
    """

    person: str
    item: str
    treated: bool
    yes: bool


@dataclass(frozen=True)
class Effect:
    """How a condition differs from the reference, over everybody.

    Attributes:
        difference: Of the two shares, as a share: 0.22 is 22 points.
        odds_ratio: The same as a ratio of odds.
        p: Two-sided, that there is no difference.
        correlation: Between two answers of one person, as the model has it.
        people: How many gave answers.
        answers: How many there are.
    """

    difference: Interval
    odds_ratio: Interval
    p: float
    correlation: float
    people: int
    answers: int


def marginal_effect(answers: Sequence[Answer], confidence: float = CONFIDENCE) -> Effect:
    """The primary model of repeated answers: GEE, binomial, exchangeable within a person.

    The intervals allow for answers of one person being alike, by the sandwich in Mancl and
    DeRouen's form, which does not run short with few dozen people. It serves designs between people
    and within people alike: what differs is only in which people the conditions are.

    Raises:
        NotFitted: There are fewer than ten people, or a condition in which all or none succeeded.
    """
    outcome, treated, people, _ = _columns(answers)
    design = numpy.column_stack([numpy.ones(len(outcome)), treated])
    model = GEE(outcome, design, people, family=Binomial(), cov_struct=Exchangeable())
    result = fitted(lambda: model.fit(maxiter=100, cov_type="bias_reduced"))
    constant, slope = map(float, result.params)
    covariance = numpy.asarray(result.cov_params(), dtype=float)
    z = normal_quantile((1 + confidence) / 2)
    reference, compared = _share(constant), _share(constant + slope)
    # The delta method: how the difference moves with each of the two parameters.
    towards_slope = compared * (1 - compared)
    gradient = numpy.array([towards_slope - reference * (1 - reference), towards_slope])
    half = z * float(numpy.sqrt(gradient @ covariance @ gradient))
    spread = z * float(numpy.sqrt(covariance[1, 1]))
    n = len(set(people.tolist()))
    difference = compared - reference
    return Effect(
        difference=Interval(
            difference, max(-1.0, difference - half), min(1.0, difference + half), n
        ),
        odds_ratio=Interval(exp(slope), exp(slope - spread), exp(slope + spread), n),
        p=float(result.pvalues[1]),
        correlation=float(model.cov_struct.dep_params),
        people=n,
        answers=len(outcome),
    )


def mixed_effect(answers: Sequence[Answer], confidence: float = CONFIDENCE) -> Interval:
    """The sensitivity analysis: a logistic model with people and items at random; the odds ratio.

    It is of one person, not of all people: the more people differ, the farther from 1 it is than
    the marginal one. Fitted by variational Bayes, so that its interval is somewhat too narrow.

    Raises:
        NotFitted: As :func:`marginal_effect`.
    """
    outcome, treated, people, items = _columns(answers)
    design = numpy.column_stack([numpy.ones(len(outcome)), treated])
    blocks = [_indicators(it) for it in (people, items) if len(set(it.tolist())) > 1]
    which = numpy.concatenate([numpy.full(it.shape[1], at) for at, it in enumerate(blocks)])
    effects = csr_matrix(numpy.column_stack(blocks))
    model = BinomialBayesMixedGLM(outcome, design, effects, which, vcp_p=1, fe_p=3)
    # Starting from nowhere in particular, it would end a little elsewhere each time.
    start = numpy.zeros(design.shape[1] + len(blocks) + len(which))
    deviations = numpy.full(len(start), 0.5)
    # The usual BFGS keeps a matrix of all people by all people, and takes five times as long.
    result = fitted(lambda: model.fit_vb(mean=start, sd=deviations, fit_method="L-BFGS-B"))
    spread = normal_quantile((1 + confidence) / 2) * float(result.fe_sd[1])
    slope = float(result.fe_mean[1])
    n = len(set(people.tolist()))
    return Interval(exp(slope), exp(slope - spread), exp(slope + spread), n)


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > -inf else 0.0


def _columns(answers: Sequence[Answer]) -> tuple[_Array, _Array, _Array, _Array]:
    ordered = sorted(answers)
    people = [it.person for it in ordered]
    if len(set(people)) < _FEWEST_PEOPLE:
        raise NotFitted(f"{len(set(people))} people are too few for a model of repeated answers")
    for treated in (False, True):
        given = {it.yes for it in ordered if it.treated is treated}
        if len(given) < 2:
            alike = "nobody answered" if not given else "all answers are alike"
            raise NotFitted(f"{alike} in one of the conditions")
    return (
        numpy.array([it.yes for it in ordered], dtype=float),
        numpy.array([it.treated for it in ordered], dtype=float),
        numpy.array(_numbered(people)),
        numpy.array(_numbered([it.item for it in ordered])),
    )


def _numbered(names: Sequence[str]) -> list[int]:
    order = {name: at for at, name in enumerate(sorted(set(names)))}
    return [order[name] for name in names]


def _indicators(groups: _Array) -> _Array:
    return numpy.asarray(groups[:, None] == numpy.unique(groups)[None, :], dtype=float)
