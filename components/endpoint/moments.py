"""Moments as they are stored and answered."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_milliseconds(moment: datetime) -> str:
    """A moment in UTC to the millisecond, for example ``2021-11-01T08:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
