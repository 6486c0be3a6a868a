"""Times and scores: skewed times by their logarithms, who gave up neither left out nor invented."""

from __future__ import annotations

import math
from collections.abc import Sequence
from math import exp, fsum, log, sqrt
from statistics import fmean, median, stdev
from typing import NamedTuple

from .distributions import t_cdf, t_quantile
from .intervals import CONFIDENCE, Interval

FROM_HERE_ON_THE_MEDIAN = 25
"""People from which the median is the better middle of times; below, the geometric mean is."""


def mean(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """The mean with Student's interval; of one value alone it reaches everywhere.

    Raises:
        ValueError: There is no value.
    """
    if not values:
        raise ValueError("there is no value")
    n, middle = len(values), fmean(values)
    if n == 1:
        return Interval(middle, -math.inf, math.inf, 1)
    half = t_quantile((1 + confidence) / 2, n - 1) * stdev(values) / sqrt(n)
    return Interval(middle, middle - half, middle + half, n)


def geometric_mean(seconds: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """The geometric mean with an interval from the logarithms.

    Raises:
        ValueError: There is no time, or one that is not above 0.
    """
    logs = mean([_log(it) for it in seconds], confidence)
    high = exp(logs.high) if logs.high < math.inf else math.inf
    return Interval(exp(logs.estimate), exp(logs.low), high, logs.n)


def _log(seconds: float) -> float:
    if seconds <= 0:
        raise ValueError("a time that is not above 0 has no logarithm")
    return log(seconds)


def typical(seconds: Sequence[float]) -> float:
    """The middle of times: the geometric mean of few, the median of 25 and more."""
    if len(seconds) >= FROM_HERE_ON_THE_MEDIAN:
        return median(seconds)
    return geometric_mean(seconds).estimate


def mean_difference(
    first: Sequence[float], second: Sequence[float], confidence: float = CONFIDENCE
) -> Interval:
    """The difference of two means, first minus second, with Welch's interval.

    Raises:
        ValueError: An arm has fewer than two values.
    """
    difference, n = fmean(first) - fmean(second), len(first) + len(second)
    error, freedom = _welch(first, second)
    if error == 0:
        return Interval(difference, difference, difference, n)
    half = t_quantile((1 + confidence) / 2, freedom) * error
    return Interval(difference, difference - half, difference + half, n)


def welch_p(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p that two means are the same, by Welch; ``nan`` where nothing varies.

    Raises:
        ValueError: An arm has fewer than two values.
    """
    error, freedom = _welch(first, second)
    if error == 0:
        return math.nan
    return 2 * t_cdf(-abs(fmean(first) - fmean(second)) / error, freedom)


def paired_p(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p that two means of the same people are the same, by Student's paired test.

    ``nan`` where the differences do not vary.

    Raises:
        ValueError: There are fewer than two people, or not two values of each.
    """
    differences = [a - b for a, b in zip(first, second, strict=True)]
    if len(differences) < 2:
        raise ValueError("fewer than two people have no spread")
    error = stdev(differences) / sqrt(len(differences))
    if error == 0:
        return math.nan
    return 2 * t_cdf(-abs(fmean(differences)) / error, len(differences) - 1)


def _welch(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """The standard error of the difference of two means, and its degrees of freedom."""
    if min(len(first), len(second)) < 2:
        raise ValueError("an arm with fewer than two values has no spread")
    v1, v2 = stdev(first) ** 2 / len(first), stdev(second) ** 2 / len(second)
    if v1 + v2 == 0:
        return 0.0, math.nan
    freedom = (v1 + v2) ** 2 / (v1 * v1 / (len(first) - 1) + v2 * v2 / (len(second) - 1))
    return sqrt(v1 + v2), freedom


def time_ratio(
    first: Sequence[float], second: Sequence[float], confidence: float = CONFIDENCE
) -> Interval:
    """How many times as long the first takes as the second, by geometric means.

    Raises:
        ValueError: An arm has fewer than two times, or a time is not above 0.
    """
    logs = mean_difference(list(map(_log, first)), list(map(_log, second)), confidence)
    return Interval(exp(logs.estimate), exp(logs.low), exp(logs.high), logs.n)


class Watched(NamedTuple):
    """One person's time: ``done`` is False for somebody who gave up then, or was stopped."""

    seconds: float
    done: bool


def still_at_it(people: Sequence[Watched]) -> tuple[tuple[float, float], ...]:
    """Kaplan and Meier's curve: at each time at which somebody was done, the share not done yet.

    Whoever gave up counts as not done up to then, and as nobody afterwards.
    """
    share = 1.0
    curve = []
    for moment in sorted({it.seconds for it in people if it.done}):
        there = sum(it.seconds >= moment for it in people)
        done = sum(it.done and it.seconds == moment for it in people)
        share *= 1 - done / there
        curve.append((moment, share))
    return tuple(curve)


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """The slope of the line of least squares.

    Raises:
        ValueError: There are not two different x.
    """
    if len(xs) != len(ys) or len(set(xs)) < 2:
        raise ValueError("a line needs two points")
    x, y = fmean(xs), fmean(ys)
    return fsum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / fsum(
        (a - x) ** 2 for a in xs
    )
