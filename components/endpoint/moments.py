"""Moments as they are stored and answered."""

from __future__ import annotations

from datetime import UTC, datetime

from ..consent.clock import SystemClock


class UtcClock(SystemClock):
    """The system's clocks, told in UTC: what time it is where the endpoint runs is nobody's affair.

    Finding that out would take ten times as long.
    """

    def now(self) -> datetime:
        """The wall clock in UTC."""
        return datetime.now(UTC)


def utc_milliseconds(moment: datetime) -> str:
    """A moment in UTC to the millisecond, for example ``2021-11-01T08:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
