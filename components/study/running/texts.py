"""The texts of the interface under test: what of them is in view, as the record takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .looking import Left, Looking

About = Callable[[str], tuple[str, int]]
"""The SHA-256 of a section's words, and how many characters they have."""


class Texts:
    """Every text that is open, by its layer.

    Args:
        record: Writes an event.
        seconds: The time, without that in which the app is hidden.
    """

    def __init__(self, record: Callable[..., None], seconds: Callable[[], float]) -> None:
        self._record = record
        self._seconds = seconds
        self._looking: dict[str, Looking] = {}

    def at(
        self,
        layer: str,
        heights: Mapping[str, float],
        top: float,
        viewport: float,
        about: About,
    ) -> None:
        """A text lies so in its window.

        Args:
            layer: Of which layer it is.
            heights: Its sections from top to bottom, with their heights in pixels.
            top: Pixels above the window's upper edge.
            viewport: The window's height in pixels.
            about: Tells of a section what is recorded with it.
        """
        looking = self._looking.setdefault(layer, Looking(self._seconds))
        left, entered = looking.at(heights, top, viewport)
        self._gone(layer, left)
        for it in entered:
            digest, chars = about(it.section)
            self._record(
                "stim.section.entered",
                layer=layer,
                section=it.section,
                clause_hash=digest,
                chars=chars,
                share=round(it.share, 2),
            )

    def closed(self, layer: str) -> None:
        """A text is not before the participant any more."""
        if layer in self._looking:
            self._gone(layer, self._looking.pop(layer).away())

    def close(self) -> None:
        """None is."""
        for layer in tuple(self._looking):
            self.closed(layer)

    def _gone(self, layer: str, left: tuple[Left, ...]) -> None:
        for it in left:
            self._record(
                "stim.section.left",
                layer=layer,
                section=it.section,
                dwell=it.seconds,
                dwell_split=it.split,
            )
