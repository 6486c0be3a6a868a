"""What people know of a policy, fact by fact and layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean

from ..model import AttentionCheck, Item
from ..words import Reply
from .intervals import Interval
from .proportions import guess_corrected, wilson

OPTIONS = 3
"""True, false, not stated; "don't know" is no guess."""


@dataclass(frozen=True)
class Answered:
    """One person's answer to one item.

    Attributes:
        reply: What was said.
        confidence: From 1 to 5; None if not said.
    """

    reply: Reply
    confidence: int | None = None


Answers = Mapping[str, Answered]
"""One person's answers by item."""


@dataclass(frozen=True)
class Score:
    """One person's form.

    Attributes:
        correct: The share right, of all items; what was not answered is not right.
        dont_know: The share of "don't know".
        beyond_guessing: The share right, less what guessing would bring; may be below 0.
    """

    correct: float
    dont_know: float
    beyond_guessing: float


def score(items: Sequence[Item], answers: Answers) -> Score:
    """Score one form. Raises ValueError if it has no items."""
    if not items:
        raise ValueError("the form has no items")
    correct = fmean(is_right(item, answers) for item in items)
    unknown = fmean(
        item.id in answers and answers[item.id].reply is Reply.DONT_KNOW for item in items
    )
    return Score(correct, unknown, guess_corrected(correct, OPTIONS))


def is_right(item: Item, answers: Answers) -> bool:
    """Whether somebody has called an item what it is."""
    return item.id in answers and answers[item.id].reply.value == item.answer.value


def accuracy_by(
    items: Sequence[Item], people: Sequence[Answers], key: Callable[[Item], str]
) -> dict[str, Interval]:
    """The share right for each layer, fact, expectedness, risk or item, over everybody's answers.

    Answers of one person go together, so that these intervals are somewhat too narrow where a key
    has more than one item.
    """
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {
        name: wilson(
            sum(is_right(item, answers) for item in group for answers in people),
            len(group) * len(people),
        )
        for name, group in groups.items()
    }


def calibration(items: Sequence[Item], people: Iterable[Answers]) -> float:
    """How much surer people are when right than when wrong; ``nan`` without one of them."""
    right: list[int] = []
    wrong: list[int] = []
    for answers in people:
        for item in items:
            given = answers.get(item.id)
            if given is None or given.confidence is None or given.reply is Reply.DONT_KNOW:
                continue
            (right if is_right(item, answers) else wrong).append(given.confidence)
    return fmean(right) - fmean(wrong) if right and wrong else nan


def attentive(checks: Sequence[AttentionCheck], answers: Answers) -> bool:
    """Whether somebody answered every attention check that they were given as it asks."""
    return all(
        answers[check.id].reply.value == check.answer.value
        for check in checks
        if check.id in answers
    )
