"""Shares: of people who could, who chose, who knew; and how two shares differ."""

from __future__ import annotations

import math
from collections.abc import Iterator
from math import comb, sqrt

from .distributions import beta_quantile, normal_quantile, root
from .intervals import CONFIDENCE, Interval


def _z(confidence: float) -> float:
    return normal_quantile((1 + confidence) / 2)


def _check(k: int, n: int) -> None:
    if not 0 <= k <= n or n < 1:
        raise ValueError(f"{k} of {n} is no share")


def wilson(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for ``k`` of ``n``: the one to report.

    Raises:
        ValueError: There is nobody, or more of some than of all. So do the other intervals here.
    """
    _check(k, n)
    z, p = _z(confidence), k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if k == 0 else centre - half
    high = 1.0 if k == n else centre + half
    return Interval(p, low, high, n)


def adjusted_wald(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Agresti and Coull's interval, as usability reports print it; its estimate is ``k / n``."""
    _check(k, n)
    z = _z(confidence)
    more = n + z * z
    p = (k + z * z / 2) / more
    half = z * sqrt(p * (1 - p) / more)
    return Interval(k / n, max(0.0, p - half), min(1.0, p + half), n)


def wald(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The textbook interval. It is here to be shown how often it misses, not to be reported."""
    _check(k, n)
    p = k / n
    half = _z(confidence) * sqrt(p * (1 - p) / n)
    return Interval(p, max(0.0, p - half), min(1.0, p + half), n)


def clopper_pearson(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The exact interval. With ``k`` = 0 its upper end says what "nobody" still allows."""
    _check(k, n)
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else beta_quantile(tail, k, n - k + 1)
    high = 1.0 if k == n else beta_quantile(1 - tail, k + 1, n - k)
    return Interval(k / n, low, high, n)


def newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = CONFIDENCE) -> Interval:
    """The difference of two shares, first minus second, from two Wilson intervals (Newcombe 10)."""
    first, second = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
    p1, p2 = first.estimate, second.estimate
    difference = p1 - p2
    low = difference - sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    high = difference + sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Interval(difference, low, high, n1 + n2)


def score_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """The two-sided p of two shares by the score test (Pearson's chi-square), for 40 an arm on.

    1 where everybody is alike.
    """
    _check(k1, n1)
    _check(k2, n2)
    pooled = (k1 + k2) / (n1 + n2)
    if pooled in (0.0, 1.0):
        return 1.0
    z = (k1 / n1 - k2 / n2) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return math.erfc(abs(z) / sqrt(2))


def paired_difference(
    only_first: int, only_second: int, n: int, confidence: float = CONFIDENCE
) -> Interval:
    """The difference of two shares of the same people, first minus second (Bonett and Price 2012).

    Wald's interval after half a person was added to each cell of the table of pairs; its estimate
    is that of the people themselves.

    Args:
        only_first: People of whom only the first holds.
        only_second: Of whom only the second does.
        n: All people.
        confidence: How often it is to cover.

    Raises:
        ValueError: There is nobody, or more pairs than people.
    """
    _check(only_first + only_second, n)
    first, second = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    middle = first - second
    half = _z(confidence) * sqrt((first + second - middle * middle) / (n + 2))
    estimate = (only_first - only_second) / n
    return Interval(estimate, max(-1.0, middle - half), min(1.0, middle + half), n)


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """The two-sided p of a paired yes or no, from the pairs that differ; 1 if none does."""
    n = only_first + only_second
    fewer = min(only_first, only_second)
    tail = sum(comb(n, it) for it in range(fewer + 1))
    return min(1.0, 2 * tail / (1 << n))


def fisher_exact(k1: int, n1: int, k2: int, n2: int) -> float:
    """The two-sided p of two shares: all tables as unlikely as this one, or more so."""
    _check(k1, n1)
    _check(k2, n2)
    total = k1 + k2
    ways = {it: comb(n1, it) * comb(n2, total - it) for it in _tables(n1, n2, total)}
    # In whole numbers, so that equally unlikely tables are equal.
    return sum(it for it in ways.values() if it <= ways[k1]) / sum(ways.values())


def conditional_odds_ratio(k1: int, n1: int, k2: int, n2: int) -> float:
    """The odds ratio that makes the table likeliest, given its margins, as Fisher's test has it.

    ``nan`` if the margins leave one table only; 0 or ``inf`` at their ends.
    """
    _check(k1, n1)
    _check(k2, n2)
    total = k1 + k2
    tables = list(_tables(n1, n2, total))
    if len(tables) == 1:
        return math.nan
    if k1 == tables[0]:
        return 0.0
    if k1 == tables[-1]:
        return math.inf
    logs = [math.log(comb(n1, it) * comb(n2, total - it)) for it in tables]

    def off(log_ratio: float) -> float:
        weights = [log + log_ratio * it for log, it in zip(logs, tables, strict=True)]
        top = max(weights)
        exact = [math.exp(it - top) for it in weights]
        mean = math.fsum(w * it for w, it in zip(exact, tables, strict=True)) / math.fsum(exact)
        return mean - k1

    end = 1.0
    while off(end) < 0 or off(-end) > 0:
        end *= 2
    return math.exp(root(off, -end, end))


def _tables(n1: int, n2: int, total: int) -> Iterator[int]:
    yield from range(max(0, total - n2), min(n1, total) + 1)


def kappa(both_yes: int, only_first: int, only_second: int, both_no: int) -> float:
    """Cohen's kappa of two yes-or-no statements; ``nan`` if chance alone makes them agree."""
    n = both_yes + only_first + only_second + both_no
    if n < 1:
        raise ValueError("nobody said anything")
    seen = (both_yes + both_no) / n
    first, second = (both_yes + only_first) / n, (both_yes + only_second) / n
    by_chance = first * second + (1 - first) * (1 - second)
    return math.nan if by_chance == 1 else (seen - by_chance) / (1 - by_chance)


def holm(p_values: list[float]) -> list[float]:
    """Holm's adjusted p values, in the order given."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[at]))
        adjusted[at] = highest
    return adjusted


def guess_corrected(share: float, options: int) -> float:
    """A share of right answers less what guessing among so many options would bring."""
    if options < 2:
        raise ValueError("there is nothing to guess")
    return (share - 1 / options) / (1 - 1 / options)
