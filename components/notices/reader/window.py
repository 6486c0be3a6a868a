"""Which rows of a long document are drawn now.

A list of a thousand rows takes seconds to send and cannot jump to what it has not drawn. So only a
window of rows is drawn: it starts at the target of a jump and grows as it is read. It looks at no
passage that it does not reach: a long document opens and jumps as quickly as a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

FIRST = 3200
"""About so much is drawn at first, in the weight of rows: more than a screen."""

LANDING = 1600
"""About so much is drawn at once at a jump, a phone's screen; the rest of that follows."""

MORE = 6000
"""About so much is added when the end, or the way back, is reached."""


class Place(NamedTuple):
    """A row of a document.

    Attributes:
        passage: The position of its passage, from 0.
        row: Its position in that, from 0 for the heading.
    """

    passage: int
    row: int


class Weighed(Protocol):
    """What a window needs to know of a passage."""

    @property
    def row_weights(self) -> Sequence[int]:
        """About how much room each of its rows takes; there is at least one."""


@dataclass(frozen=True)
class Window:
    """Rows ``start`` (included) to ``end`` (excluded) of some passages.

    ``jump`` counts the jumps: the list is a new one after each, so that it stands at its top.
    """

    weighed: Sequence[Weighed] = field(repr=False)
    start: Place
    end: Place
    jump: int = 0

    @classmethod
    def at(cls, weighed: Sequence[Weighed], place: Place) -> Window:
        """The window that begins at a row."""
        return cls(weighed, place, _behind(weighed, place, FIRST))

    @property
    def has_earlier(self) -> bool:
        """Whether there are rows before the window."""
        return self.start > Place(0, 0)

    @property
    def has_later(self) -> bool:
        """Whether there are rows after it."""
        return self.end < Place(len(self.weighed), 0)

    @property
    def passages(self) -> range:
        """The passages of which something is drawn."""
        return range(self.start.passage, self.end.passage + (self.end.row > 0))

    def rows(self, passage: int) -> range:
        """The rows of one of those passages that are drawn."""
        first = self.start.row if passage == self.start.passage else 0
        count = len(self.weighed[passage].row_weights)
        return range(first, self.end.row if passage == self.end.passage else count)

    def jumped(self, place: Place) -> Window:
        """The window after a jump to a row, also to the one it begins at already."""
        end = _behind(self.weighed, place, LANDING)
        return Window(self.weighed, place, end, jump=self.jump + 1)

    def filled(self) -> Window:
        """The window with at least as much as is drawn at first."""
        return replace(self, end=max(self.end, _behind(self.weighed, self.start, FIRST)))

    def grown(self) -> Window:
        """The window with more at its end."""
        return replace(self, end=_behind(self.weighed, self.end, MORE))

    def earlier(self) -> Window:
        """The window that begins further up, so that the person can read on from there.

        It begins at the beginning of a passage.
        """
        passage, row = self.start
        room = MORE - sum(self.weighed[passage].row_weights[:row])
        while passage > 0 and (room > 0 or row == 0):
            passage, row = passage - 1, 1
            room -= sum(self.weighed[passage].row_weights)
        return self.jumped(Place(passage, 0))

    def passage_at(self, fraction: float) -> int:
        """The passage that stands so far down in what is drawn (0 its beginning, 1 its end)."""
        weights = list(self._weights())
        left = fraction * sum(weight for _, weight in weights)
        for passage, weight in weights:
            left -= weight
            if left < 0:
                return passage
        return self.passages[-1]

    def _weights(self) -> Iterator[tuple[int, int]]:
        for passage in self.passages:
            weights = self.weighed[passage].row_weights
            yield from ((passage, weights[row]) for row in self.rows(passage))


def _behind(weighed: Sequence[Weighed], start: Place, room: int) -> Place:
    """The end of a stretch of rows that takes about ``room``, at least one of them."""
    passage, row = start
    while passage < len(weighed) and room > 0:
        weights = weighed[passage].row_weights
        while row < len(weights) and room > 0:
            room -= weights[row]
            row += 1
        if row == len(weights):
            passage, row = passage + 1, 0
    return Place(passage, row)
