"""Times of one person after another: whether people get quicker, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy
from statsmodels.regression.linear_model import OLS
from statsmodels.regression.mixed_linear_model import MixedLM

from ..measures.distributions import normal_quantile, t_quantile
from ..measures.intervals import CONFIDENCE, Interval
from .fitting import NotFitted, fitted


class Decided(NamedTuple):
    """One decision of one person.

    Attributes:
        person: Whose.
        exposure: How often the notice had been shown, from 1.
        seconds: What it took; above 0.
    """

    person: str
    exposure: int
    seconds: float


@dataclass(frozen=True)
class Habituation:
    """How much quicker people decide with each exposure.

    Attributes:
        slope: Of the logarithm of time on that of exposure; -0.3 is a fifth less at each doubling.
        p: Two-sided, that there is none.
    """

    slope: Interval
    p: float


def habituation(decisions: Sequence[Decided], confidence: float = CONFIDENCE) -> Habituation:
    """A linear model of logarithms, in which each person has a pace of their own.

    Raises:
        NotFitted: Nobody decided twice, or there is too little to tell.
    """
    ordered = sorted(decisions)
    if len({it.exposure for it in ordered}) < 2:
        raise NotFitted("nobody decided at two exposures")
    x = numpy.log([float(it.exposure) for it in ordered])
    y = numpy.log([it.seconds for it in ordered])
    design = numpy.column_stack([numpy.ones(len(x)), x])
    people = numpy.array([it.person for it in ordered])
    result = fitted(lambda: MixedLM(y, design, people).fit(reml=True))
    half = normal_quantile((1 + confidence) / 2) * float(result.bse_fe[1])
    slope = float(result.fe_params[1])
    n = len(set(people.tolist()))
    return Habituation(Interval(slope, slope - half, slope + half, n), float(result.pvalues[1]))


def robust_time_ratio(
    first: Sequence[float], second: Sequence[float], confidence: float = CONFIDENCE
) -> Interval:
    """How many times as long the first takes, by least squares on logarithms with HC3 errors.

    Welch's interval, which is reported, is held against it.

    Raises:
        NotFitted: An arm has fewer than two times.
    """
    if min(len(first), len(second)) < 2:
        raise NotFitted("an arm with fewer than two times has no spread")
    y = numpy.log([*first, *second])
    arm = numpy.array([1.0] * len(first) + [0.0] * len(second))
    design = numpy.column_stack([numpy.ones(len(y)), arm])
    result = fitted(lambda: OLS(y, design).fit(cov_type="HC3", use_t=True))
    half = t_quantile((1 + confidence) / 2, len(y) - 2) * float(result.bse[1])
    slope = float(result.params[1])
    low, middle, high = map(float, numpy.exp([slope - half, slope, slope + half]))
    return Interval(middle, low, high, len(y))
