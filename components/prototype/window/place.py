"""Where a window stands, kept from one start to the next and brought back onto the screen."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

GRIP = 80.0
"""So much of a window must be on the screen to take hold of it, in logical pixels."""


@dataclass(frozen=True)
class Area:
    """A rectangle in logical pixels, from the top left of the main screen."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.top + self.height


SMALLEST_SCREEN = Area(0, 0, 1280, 720)
"""What a screen is taken for that cannot be measured: nearly every one is at least as large."""


@dataclass(frozen=True)
class Place:
    """A window's size and position in logical pixels.

    Attributes:
        width: Its width.
        height: Its height.
        left: Where it begins; None leaves that to the system, as does ``top``.
        top: Where it begins.
        maximized: Whether it fills the screen; the rest is what it goes back to.
    """

    width: float
    height: float
    left: float | None = None
    top: float | None = None
    maximized: bool = False


def read_place(file: Path) -> Place | None:
    """What is kept; None where that is nothing, or not to be understood."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        place = Place(
            float(kept["width"]),
            float(kept["height"]),
            _number(kept["left"]),
            _number(kept["top"]),
            kept["maximized"] is True,
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("%s does not say where the window was (%s); it is passed over", file, error)
        return None
    numbers = (place.width, place.height, place.left or 0.0, place.top or 0.0)
    if not all(map(math.isfinite, numbers)) or min(numbers[:2]) <= 0:
        logger.warning("%s names a place that is none; it is passed over", file)
        return None
    return place


def keep_place(file: Path, place: Place) -> None:
    """Keep a place. A window that cannot keep its place still closes: a failure is logged."""
    new = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(place)), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        logger.warning("where the window is could not be kept in %s: %s", file, error)


def on_screen(place: Place, screen: Area, least: tuple[float, float]) -> Place:
    """A place that can be seen and taken hold of.

    Args:
        place: Where the window was.
        screen: What there is to stand on, all monitors together.
        least: The window's least width and height.
    """
    width = max(least[0], min(place.width, screen.width))
    height = max(least[1], min(place.height, screen.height))
    sized = replace(place, width=width, height=height)
    if place.left is None or place.top is None:
        return replace(sized, left=None, top=None)
    # What sticks out a little is left as the person has put it; the title bar is at the top.
    held = (
        screen.left - width + GRIP <= place.left <= screen.right - GRIP
        and screen.top <= place.top <= screen.bottom - GRIP
    )
    if held:
        return sized
    return replace(
        sized,
        left=max(screen.left, min(place.left, screen.right - width)),
        top=max(screen.top, min(place.top, screen.bottom - height)),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
