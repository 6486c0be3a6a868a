"""How a cost grows with a size: the exponent of the power that fits best."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping


def exponent(costs: Mapping[int, float]) -> float:
    """The exponent of size in a cost, by least squares over the logarithms of both.

    0 is a cost that does not grow (also one that falls, as by chance one may), 1 one that grows as
    the size does.

    Args:
        costs: Positive costs by size; at least two sizes.
    """
    logarithms = [(math.log(size), math.log(cost)) for size, cost in costs.items()]
    slope, _ = statistics.linear_regression(
        [size for size, _ in logarithms], [cost for _, cost in logarithms]
    )
    return max(0.0, slope)
