"""What a benchmark says: figures, each with what it is to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Size(StrEnum):
    """How much a benchmark does."""

    QUICK = "quick"
    """Enough to see that it runs; its figures mean nothing."""
    FULL = "full"
    """What the figures in the docs are from."""


class Verdict(StrEnum):
    """Whether a figure is what it is to be."""

    REACHED = "reached"
    MISSED = "missed"
    TOLD = "told"
    """It is only told: no limit was set."""


@dataclass(frozen=True)
class Figure:
    """One result.

    Attributes:
        name: What was measured, with what it is held against if it is a ratio.
        value: The figure, in ``unit``.
        unit: ``"x"`` for a ratio, else the unit of the value.
        at_most: The most it is to be, None if there is no such limit.
        at_least: The least it is to be, likewise.
        behind: What the figure was made of: name and unit to value.
    """

    name: str
    value: float
    unit: str = "x"
    at_most: float | None = None
    at_least: float | None = None
    behind: Mapping[str, float] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Whether it keeps its limits."""
        if self.at_most is None and self.at_least is None:
            return Verdict.TOLD
        low = self.at_least is not None and self.value < self.at_least
        high = self.at_most is not None and self.value > self.at_most
        return Verdict.MISSED if low or high else Verdict.REACHED

    @property
    def limit(self) -> str:
        """Its limit in words; empty if it has none."""
        limits = (("at least", self.at_least), ("at most", self.at_most))
        return ", ".join(f"{word} {plain(it)}" for word, it in limits if it is not None)

    def to_json(self) -> dict[str, object]:
        """As it is written to a file."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "at_most": self.at_most,
            "at_least": self.at_least,
            "verdict": self.verdict.value,
            "behind": dict(self.behind),
        }


def plain(value: float) -> str:
    """Three digits that mean something, without an exponent."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| figure | measured | to be | |", "|---|---|---|---|"]
    for it in figures:
        value = f"{plain(it.value)} {it.unit}"
        lines.append(f"| {it.name} | {value} | {it.limit} | {it.verdict} |")
        if it.behind:
            made_of = "; ".join(f"{name} {plain(part)}" for name, part in it.behind.items())
            lines.append(f"| &nbsp;&nbsp;{made_of} | | | |")
    return "\n".join(lines)
