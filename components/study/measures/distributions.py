"""The distributions that intervals need, to some fourteen digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

_TINY = 1e-300
_STEPS = 500


def normal_quantile(p: float) -> float:
    """The standard normal quantile. Raises ValueError unless 0 < p < 1."""
    return NormalDist().inv_cdf(p)


def normal_cdf(x: float) -> float:
    """The standard normal distribution function."""
    return math.erfc(-x / math.sqrt(2)) / 2


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function: the chance of at most ``x`` under Beta(a, b)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = a * math.log(x) + b * math.log1p(-x) - log_beta(a, b)
    # The fraction converges fast on this side of the mean.
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _beta_fraction(x, a, b) / a
    return 1 - math.exp(log_front) * _beta_fraction(1 - x, b, a) / b


def log_beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Lentz's way through the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, _STEPS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = 1 + numerator / c
            c = c if abs(c) > _TINY else _TINY
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def beta_quantile(p: float, a: float, b: float) -> float:
    """The ``x`` with ``beta_cdf(x, a, b) == p``."""
    return root(lambda x: beta_cdf(x, a, b) - p, 0.0, 1.0)


def t_cdf(x: float, freedom: float) -> float:
    """Student's distribution function with ``freedom`` degrees of freedom."""
    tail = beta_cdf(freedom / (freedom + x * x), freedom / 2, 0.5) / 2
    return 1 - tail if x > 0 else tail


def t_quantile(p: float, freedom: float) -> float:
    """Student's quantile.

    Raises:
        ValueError: Unless 0 < p < 1 and the degrees of freedom are above 0.
    """
    if not 0 < p < 1 or freedom <= 0:
        raise ValueError("a quantile needs 0 < p < 1 and degrees of freedom above 0")
    if p < 0.5:
        return -t_quantile(1 - p, freedom)
    high = 1.0
    while t_cdf(high, freedom) < p:
        high *= 2
    return root(lambda x: t_cdf(x, freedom) - p, 0.0, high)


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that goes up (or down) between two ends is 0: by halving, then exactly."""
    rising = function(high) > 0 or function(low) < 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (function(middle) < 0) is rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
