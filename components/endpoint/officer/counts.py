"""How many choices arrived, over time, by what they are about and how they ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from ..moments import utc_milliseconds
from ..schema import EVENTS
from .messages import CountOf, Period

_NAMED_BY = {Period.DAY: len("2021-11-01"), Period.MONTH: len("2021-11")}
"""How much of a stored moment names its period."""


def usual_begin(by: Period, until: str) -> str:
    """Where to begin if nobody says: a month of days, or a year of months, before the end."""
    span = timedelta(days=31 if by is Period.DAY else 366)
    try:
        return utc_milliseconds(datetime.fromisoformat(until) - span)
    except OverflowError:
        return until


def counts(connection: Connection, by: Period, since: str, until: str) -> list[CountOf]:
    """Counts by period, target and status, of the events that arrived in a span of time.

    Args:
        connection: In any transaction.
        by: How long a period is.
        since: From this moment on.
        until: Up to and without this moment.
    """
    # By its label: PostgreSQL takes two expressions with parameters for two things.
    period = func.substr(EVENTS.c.received_at, 1, _NAMED_BY[by]).label("period")
    columns = (period, EVENTS.c.target, EVENTS.c.status)
    wanted = (
        select(
            *columns,
            func.count().label("events"),
            func.count(EVENTS.c.subject.distinct()).label("subjects"),
        )
        .where(EVENTS.c.received_at >= since, EVENTS.c.received_at < until)
        .group_by("period", EVENTS.c.target, EVENTS.c.status)
    )
    found = [CountOf(**row) for row in connection.execute(wanted).mappings()]
    # Sorted here: databases differ in how they sort text, and in where they put NULL.
    return sorted(found, key=lambda one: (one.period, one.target or "", one.status or ""))
