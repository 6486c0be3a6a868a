"""Chance for simulated people: the same from the same seed."""

from __future__ import annotations

import random


def drawn(seed: int) -> random.Random:
    """A source of numbers; nobody's secret hangs on them."""
    return random.Random(seed)  # noqa: S311 - a simulation
