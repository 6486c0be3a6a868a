"""The System Usability Scale: of the system, not of how informed a choice was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .intervals import CONFIDENCE, Interval
from .times import mean

ITEMS = 10
_GRADES = (
    (84.1, "A+"),
    (80.8, "A"),
    (78.9, "A-"),
    (77.2, "B+"),
    (74.1, "B"),
    (72.6, "B-"),
    (71.1, "C+"),
    (65.0, "C"),
    (62.7, "C-"),
    (51.7, "D"),
)


@dataclass(frozen=True)
class Sus:
    """A group's score.

    Attributes:
        score: The mean, with its interval.
        grade: Of the mean.
        worst: Of the interval's lower end.
        best: Of its upper end; with a dozen people these are often far apart.
    """

    score: Interval
    grade: str
    worst: str
    best: str


def sus_score(answers: Sequence[int]) -> float:
    """One person's score, 0 to 100, from ten answers of 1 (disagree) to 5 (agree).

    Raises:
        ValueError: These are not ten answers.
    """
    if len(answers) != ITEMS or not all(it in range(1, 6) for it in answers):
        raise ValueError("a score needs ten answers from 1 to 5")
    # Odd items are praise, even ones complaint.
    points = (it - 1 if at % 2 == 0 else 5 - it for at, it in enumerate(answers))
    return 2.5 * sum(points)


def grade(score: float) -> str:
    """The school grade of a score, by the curve of Sauro and Lewis."""
    return next((name for least, name in _GRADES if score >= least), "F")


def sus(scores: Sequence[float], confidence: float = CONFIDENCE) -> Sus:
    """The scores of a group. Raises ValueError if there is none."""
    found = mean(scores, confidence)
    low, high = max(0.0, found.low), min(100.0, found.high)
    return Sus(
        Interval(found.estimate, low, high, found.n), grade(found.estimate), grade(low), grade(high)
    )
