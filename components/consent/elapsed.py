"""How long ago a choice was made, on a device whose clock a person can set.

Two clocks are at hand. The wall clock can be set. The other one never goes back, but starts anew
with the device (or the process) and may stand still while the device sleeps, so it only ever shows
that *at least* so much time has passed. What cannot be known: whether a wall clock that is ahead
was set forward or the device slept, and, after a restart, how long it was off. Where it matters,
the answer that grants or asks less is given.
"""

from __future__ import annotations

from datetime import timedelta

from .clock import Clock
from .event import Event
from .fold import moment_of
from .record import Record


class Elapsed:
    """Times since the events of one record.

    Args:
        record: The events whose times bear each other out.
        clock: Both clocks.
    """

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock
        self._first_seen_ms: dict[str, int] = {}

    def at_least(self, event: Event) -> timedelta:
        """The least time that has passed since an event: for a no, which is to last.

        Setting the clock back makes it shorter, not longer, whether before the event or after; it
        grows again once this process itself has seen the time pass.
        """
        known = [it for it in self._moments(event) if it.sequence <= event.sequence]
        return max(self._clock.now() - max(map(moment_of, known)), self._witnessed(event))

    def at_most(self, event: Event) -> timedelta:
        """The most time that has passed since an event: for a yes, which is to run out.

        A clock that was set back behind the newest event does not give the time back.
        """
        newest = max(map(moment_of, self._moments(event)))
        passed = max(self._clock.now(), newest) - moment_of(event)
        return max(passed, self._witnessed(event))

    def _moments(self, event: Event) -> list[Event]:
        """The event, and those of its installation that hold: another's clock proves nothing."""
        state = self._record.state.values()
        return [event, *(other for other in state if other.subject == event.subject)]

    def _witnessed(self, event: Event) -> timedelta:
        """How long this process has known the event.

        Its own monotonic reading is no help: it may count from another start.
        """
        now = self._clock.monotonic_ms()
        return timedelta(milliseconds=now - self._first_seen_ms.setdefault(event.event_id, now))
