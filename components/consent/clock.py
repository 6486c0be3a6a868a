"""Time as the record needs it: a wall clock with an offset, and one that never goes back."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The wall clock, aware of its offset from UTC."""

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that is never set back while the device runs."""


class SystemClock:
    """The device's own clocks."""

    def now(self) -> datetime:
        """The wall clock in the device's time zone."""
        return datetime.now().astimezone()

    def monotonic_ms(self) -> int:
        """Milliseconds since some moment before the process started."""
        return time.monotonic_ns() // 1_000_000


class ManualClock:
    """A clock that moves only when told to; for demos, studies and tests."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("the start of a manual clock needs an offset from UTC")
        self._now = start
        self._monotonic_ms = 0

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._now

    def monotonic_ms(self) -> int:
        """Milliseconds it was moved forward in all."""
        return self._monotonic_ms

    def advance(self, by: timedelta) -> None:
        """Let time pass on both clocks. Raises ValueError if ``by`` is negative."""
        if by < timedelta():
            raise ValueError("time does not pass backwards; use set_wall_clock")
        self._now += by
        self._monotonic_ms += int(by / timedelta(milliseconds=1))

    def set_wall_clock(self, moment: datetime) -> None:
        """What a person does in the settings: the wall clock jumps, the other does not."""
        if moment.tzinfo is None:
            raise ValueError("a wall clock needs an offset from UTC")
        self._now = moment
