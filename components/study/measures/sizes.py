"""How many people it takes, and what a number of people can show."""

from __future__ import annotations

from math import asin, ceil, comb, fsum, log, sin, sqrt

from .distributions import normal_quantile
from .proportions import fisher_exact, mcnemar_exact


def discovery(prevalence: float, people: int) -> float:
    """The chance that a problem which so many have shows up at least once."""
    return 1 - (1 - prevalence) ** people


def per_arm_for_shares(first: float, second: float, power: float = 0.8) -> int:
    """People an arm to find two shares different, by the arcsine, two-sided at 5 %."""
    effect = 2 * asin(sqrt(first)) - 2 * asin(sqrt(second))
    return ceil(2 * (_needed(power) / effect) ** 2)


def difference_found(people: int, share: float = 0.5, power: float = 0.8) -> float:
    """The difference from a share that so many an arm find, by the arcsine."""
    return sin(asin(sqrt(share)) + _needed(power) / sqrt(2 * people)) ** 2 - share


def per_arm_for_means(difference: float, deviation: float, power: float = 0.8) -> int:
    """People an arm to find two means different: normal, with Guenther's correction for t."""
    effect = difference / deviation
    return ceil(2 * (_needed(power) / effect) ** 2 + normal_quantile(0.975) ** 2 / 4)


def per_arm_for_ratio(ratio: float, deviation_of_logs: float, power: float = 0.8) -> int:
    """People an arm to find two times different, as a ratio of geometric means."""
    return per_arm_for_means(abs(log(ratio)), deviation_of_logs, power)


def _needed(power: float) -> float:
    return normal_quantile(0.975) + normal_quantile(power)


def power_of_fisher(people: int, first: float, second: float) -> float:
    """The chance that Fisher's test finds two shares different, so many an arm, exactly."""
    return fsum(
        _chance(k1, people, first) * _chance(k2, people, second)
        for k1 in range(people + 1)
        for k2 in range(people + 1)
        if fisher_exact(k1, people, k2, people) < 0.05
    )


def power_of_mcnemar(people: int, only_first: float, only_second: float) -> float:
    """The chance that the exact paired test finds a difference, exactly."""
    neither = 1 - only_first - only_second
    return fsum(
        comb(people, b)
        * comb(people - b, c)
        * only_first**b
        * only_second**c
        * neither ** (people - b - c)
        for b in range(people + 1)
        for c in range(people - b + 1)
        if mcnemar_exact(b, c) < 0.05
    )


def _chance(k: int, n: int, p: float) -> float:
    return comb(n, k) * p**k * (1 - p) ** (n - k)
