"""Which sections of a text are in view, for how long: from where they lie, as it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..measures.reading import in_view

NO_SECTION = "~"
"""What the name of a piece begins with that takes room in a text and is none of its sections."""


@dataclass(frozen=True)
class Entered:
    """A section came into view; ``share`` of it, or of the window, is seen."""

    section: str
    share: float


@dataclass(frozen=True)
class Left:
    """A section went out of view, after so many seconds, whole and divided with others."""

    section: str
    seconds: float
    split: float


class Looking:
    """Follows one text that is looked at.

    Args:
        seconds: The time, without that in which the app is hidden.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._since = 0.0
        self._seen: dict[str, tuple[float, float]] = {}
        """What is in view, with its time so far."""

    def at(
        self, heights: Mapping[str, float], top: float, viewport: float
    ) -> tuple[tuple[Left, ...], tuple[Entered, ...]]:
        """The text, or the window on it, is here now.

        Args:
            heights: The sections that are drawn, from top to bottom, with their heights in pixels.
            top: Pixels above the window's upper edge.
            viewport: The window's height in pixels.
        """
        now = {
            section: share
            for section, share in in_view(heights, top, viewport).items()
            if not section.startswith(NO_SECTION)
        }
        left = self._passed(set(now))
        entered = tuple(Entered(it, min(1.0, now[it])) for it in now if it not in self._seen)
        for it in entered:
            self._seen[it.section] = (0.0, 0.0)
        return left, entered

    def away(self) -> tuple[Left, ...]:
        """The text is not looked at any more."""
        return self._passed(set())

    def _passed(self, stays: Iterable[str]) -> tuple[Left, ...]:
        now = self._seconds()
        passed, self._since = now - self._since, now
        count = len(self._seen)
        self._seen = {
            section: (whole + passed, split + passed / count)
            for section, (whole, split) in self._seen.items()
        }
        gone = [it for it in self._seen if it not in stays]
        return tuple(
            Left(it, round(seen[0], 3), round(seen[1], 3))
            for it, seen in ((it, self._seen.pop(it)) for it in gone)
        )
