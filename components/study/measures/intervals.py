"""An estimate with the interval that it is never printed without."""

from __future__ import annotations

from dataclasses import dataclass

CONFIDENCE = 0.95
"""Of every interval, unless it says otherwise."""


@dataclass(frozen=True)
class Interval:
    """An estimate and how far it may be off.

    Attributes:
        estimate: The best guess.
        low: The lower end.
        high: The upper end.
        n: How many observations it rests on; of two groups, of both.
    """

    estimate: float
    low: float
    high: float
    n: int

    def covers(self, value: float) -> bool:
        """Whether a value lies in it, ends included."""
        return self.low <= value <= self.high
