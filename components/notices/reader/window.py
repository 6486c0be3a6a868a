"""Which clauses of a long document are drawn now.

A list of a thousand clauses takes seconds to send and cannot jump to what it has not drawn. So
only a window of clauses is drawn: it starts at the target of a jump and grows as it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FIRST = 6
"""How many clauses are drawn at first and at each jump."""

MORE = 8
"""How many are added when the end, or the way back, is reached."""


@dataclass(frozen=True)
class Window:
    """Clauses ``start`` (included) to ``end`` (excluded) of ``total``.

    ``jump`` counts the jumps: the list is a new one after each, so that it stands at its top.
    """

    total: int
    start: int
    end: int
    jump: int = 0

    @classmethod
    def at(cls, total: int, index: int) -> Window:
        """The window that begins at a clause."""
        return cls(total, index, min(index + FIRST, total))

    @property
    def has_earlier(self) -> bool:
        """Whether there are clauses before the window."""
        return self.start > 0

    @property
    def has_later(self) -> bool:
        """Whether there are clauses after it."""
        return self.end < self.total

    def jumped(self, index: int) -> Window:
        """The window after a jump to a clause, also to the one it begins at already."""
        return replace(Window.at(self.total, index), jump=self.jump + 1)

    def grown(self) -> Window:
        """The window with more at its end."""
        return replace(self, end=min(self.end + MORE, self.total))

    def earlier(self) -> Window:
        """The window that begins further up, so that the person can read on from there."""
        return self.jumped(max(0, self.start - MORE))
