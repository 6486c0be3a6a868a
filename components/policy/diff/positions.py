"""What stayed in its order and what was moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly rising subsequence."""
    return heaviest_rising(values, [1] * len(values))


def heaviest_rising(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Positions of the strictly rising subsequence with the greatest sum of positive weights.

    What is not in it was moved: of two parts that changed places, the lighter one.
    """
    ranks = sorted(set(values))
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    last = (0, -1)
    for position, (value, weight) in enumerate(zip(values, weights, strict=True)):
        rank = bisect_left(ranks, value)
        found = (0, -1)
        slot = rank
        while slot:
            found = max(found, best[slot])
            slot -= slot & -slot
        before.append(found[1])
        total = (found[0] + weight, position)
        last = max(last, total)
        slot = rank + 1
        while slot < len(best):
            best[slot] = max(best[slot], total)
            slot += slot & -slot
    chain: list[int] = []
    position = last[1]
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain[::-1]
