"""How much of a text was read: time in view, set against the time that reading it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from ..record import Event

VISIBLE_FROM = 0.5
"""A section is in view when half of it is, or half of the window is full of it."""

COVERED_SECONDS = 1.0
COVERED_FROM = 0.2
"""A section was not passed by when it was in view for so long, and for so much of its reading."""

SKIPPED_BELOW = 0.05
PLAUSIBLE_FROM = 0.5

WORDS_PER_MINUTE = 238.0
"""English, silent reading; for whoever did not read the calibration passage."""


class Reading(StrEnum):
    """What a read ratio amounts to."""

    SKIPPED = "skipped"
    SKIMMED = "skimmed"
    PLAUSIBLE = "plausible"


@dataclass(frozen=True)
class Stay:
    """A time in which nothing moved.

    Attributes:
        seconds: How long, without the time in which the app was hidden.
        top: Pixels above the window's upper edge.
        viewport: The window's height in pixels.
    """

    seconds: float
    top: float
    viewport: float


@dataclass(frozen=True)
class Dwell:
    """How long a section was in view.

    Attributes:
        seconds: In all.
        split: The same, each moment divided by the sections then in view.
    """

    seconds: float
    split: float


def dwell(heights: Mapping[str, float], stays: Iterable[Stay]) -> dict[str, Dwell]:
    """How long each section was in view.

    Args:
        heights: The sections from top to bottom, with their heights in pixels.
        stays: Where the reader was, one after the other.
    """
    whole = dict.fromkeys(heights, 0.0)
    split = dict.fromkeys(heights, 0.0)
    for stay in stays:
        seen = in_view(heights, stay.top, stay.viewport)
        for section in seen:
            whole[section] += stay.seconds
            split[section] += stay.seconds / len(seen)
    return {section: Dwell(whole[section], split[section]) for section in heights}


def in_view(heights: Mapping[str, float], top: float, viewport: float) -> dict[str, float]:
    """The sections in view, each with the share of it, or of the window, that is seen.

    Args:
        heights: The sections from top to bottom, with their heights in pixels.
        top: Pixels above the window's upper edge.
        viewport: The window's height in pixels.
    """
    seen: dict[str, float] = {}
    start = 0.0
    for section, height in heights.items():
        visible = min(start + height, top + viewport) - max(start, top)
        if height > 0 and viewport > 0:
            share = visible / min(height, viewport)
            if share >= VISIBLE_FROM:
                seen[section] = share
        start += height
    return seen


def reading_rate(length: float, seconds: float) -> float:
    """A reader's own rate: the passage's words (or characters) a second."""
    if length <= 0 or seconds <= 0:
        raise ValueError("a rate needs a length and a time")
    return length / seconds


def read_ratio(split_seconds: float, length: float, rate: float) -> float:
    """The time given to a text as a share of the time that reading it takes this reader.

    Args:
        split_seconds: Dwell, divided among sections in view together.
        length: Words or characters, as the rate counts.
        rate: Of those, a second.
    """
    return split_seconds * rate / length


def label(ratio: float) -> Reading:
    """What a ratio amounts to. Above "plausible" it cannot be known: an eye may rest on a page."""
    if ratio < SKIPPED_BELOW:
        return Reading.SKIPPED
    return Reading.PLAUSIBLE if ratio >= PLAUSIBLE_FROM else Reading.SKIMMED


def coverage(sections: Sequence[tuple[float, float]], rate: float) -> float:
    """The share of a text, by length, that was in view for a second and a fifth of its reading.

    Args:
        sections: Length and dwell in seconds of each.
        rate: Words or characters a second.
    """
    all_of_it = fsum(length for length, _ in sections)
    seen = fsum(
        length
        for length, seconds in sections
        if seconds >= max(COVERED_SECONDS, COVERED_FROM * length / rate)
    )
    return seen / all_of_it


def scroll_depth(events: Iterable[Event]) -> float | None:
    """The deepest point that was in view, as a share; None where nothing was scrolled.

    A record's extent is what can be scrolled: the content without one window of it.
    """
    depths = [
        min(1.0, (it.data["px"] + it.data["viewport"]) / (it.data["extent"] + it.data["viewport"]))
        for it in events
        if it.name == "stim.scroll" and it.data["extent"] > 0
    ]
    return max(depths, default=None)


def dwell_kept(events: Iterable[Event]) -> dict[str, Dwell]:
    """Each section's dwell as a record tells it, over every time it was in view."""
    found: dict[str, Dwell] = {}
    for event in events:
        if event.name == "stim.section.left":
            before = found.get(event.data["section"], Dwell(0.0, 0.0))
            found[event.data["section"]] = Dwell(
                before.seconds + event.data["dwell"], before.split + event.data["dwell_split"]
            )
    return found
