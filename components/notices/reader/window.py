"""Which rows of a long document are drawn now.

A list of a thousand rows takes seconds to send and cannot jump to what it has not drawn. So only a
window of rows is drawn: it starts at the target of a jump and grows as it is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from .passages import Passage

FIRST = 3200
"""About so much is drawn at first and at each jump, in the weight of rows: more than a screen."""

MORE = 6000
"""About so much is added when the end, or the way back, is reached."""


@dataclass(frozen=True)
class Rows:
    """Every row of a document, whether it is drawn or not.

    Attributes:
        weights: About how much room each takes.
        firsts: The row with which each passage begins.
    """

    weights: tuple[int, ...]
    firsts: tuple[int, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Rows:
        """The rows of some passages."""
        counts = [len(it.row_weights) for it in passages]
        return cls(
            tuple(weight for it in passages for weight in it.row_weights),
            tuple(accumulate(counts[:-1], initial=0)),
        )

    def passage(self, row: int) -> int:
        """The passage that a row belongs to."""
        return bisect_right(self.firsts, row) - 1


@dataclass(frozen=True)
class Window:
    """Rows ``start`` (included) to ``end`` (excluded).

    ``jump`` counts the jumps: the list is a new one after each, so that it stands at its top.
    """

    rows: Rows
    start: int
    end: int
    jump: int = 0

    @classmethod
    def at(cls, rows: Rows, row: int) -> Window:
        """The window that begins at a row."""
        return cls(rows, row, _behind(rows.weights, row, FIRST))

    @property
    def has_earlier(self) -> bool:
        """Whether there are rows before the window."""
        return self.start > 0

    @property
    def has_later(self) -> bool:
        """Whether there are rows after it."""
        return self.end < len(self.rows.weights)

    @property
    def passages(self) -> range:
        """The passages of which something is drawn."""
        return range(self.rows.passage(self.start), self.rows.passage(self.end - 1) + 1)

    def jumped(self, row: int) -> Window:
        """The window after a jump to a row, also to the one it begins at already."""
        return replace(Window.at(self.rows, row), jump=self.jump + 1)

    def grown(self) -> Window:
        """The window with more at its end."""
        return replace(self, end=_behind(self.rows.weights, self.end, MORE))

    def earlier(self) -> Window:
        """The window that begins further up, so that the person can read on from there.

        It begins at the beginning of a passage.
        """
        start, room = self.start, MORE
        while start > 0 and room > 0:
            start -= 1
            room -= self.rows.weights[start]
        return self.jumped(self.rows.firsts[self.rows.passage(start)])

    def passage_at(self, fraction: float) -> int:
        """The passage that stands so far down in what is drawn (0 its beginning, 1 its end)."""
        left = fraction * sum(self.rows.weights[self.start : self.end])
        for row in range(self.start, self.end):
            left -= self.rows.weights[row]
            if left < 0:
                return self.rows.passage(row)
        return self.rows.passage(self.end - 1)


def _behind(weights: Sequence[int], start: int, room: int) -> int:
    """The end of a stretch of rows that takes about ``room``, at least one of them."""
    end = start
    while end < len(weights) and room > 0:
        room -= weights[end]
        end += 1
    return end
