"""Timing two things against each other on a machine whose speed changes while they run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable


def seconds(what: Callable[[], object], times: int = 1) -> float:
    """How long a call takes, on average over so many in a row, without pauses for garbage."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(times):
            what()
        return (time.perf_counter() - start) / times
    finally:
        gc.enable()


def in_turn(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, times: int = 1
) -> tuple[float, float, float]:
    """Two calls in turn, so that both meet the same machine.

    Returns:
        The median of ours in seconds, that of theirs, and the median of the ratios of neighbours.
    """
    ours(), theirs()
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(rounds)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )
