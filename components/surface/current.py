"""State that handlers read as it is now, not as it was when the screen was last drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import flet as ft

T = TypeVar("T")


@dataclass(frozen=True)
class Current(Generic[T]):
    """A state of a component.

    What ``use_state`` hands out belongs to one drawing. Somebody who types the last digit and
    presses Enter at once sends both before the next drawing, and Enter's handler would then still
    see the number without its last digit.
    """

    _held: ft.MutableRef[T]
    _draw: Callable[[Any], None]

    @property
    def value(self) -> T:
        """What it is now."""
        now: T = self._held.current
        return now

    def set(self, value: T) -> None:
        """Make it this, and draw the component again if that is something else."""
        self._held.current = value
        self._draw(value)


def use_current(first: T) -> Current[T]:
    """A state of the component that is being drawn, as long as that is on the screen.

    Args:
        first: What it begins as; no function.
    """
    held = ft.use_ref(first)
    _, draw = ft.use_state(first)
    return Current(held, draw)
