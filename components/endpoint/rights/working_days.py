"""Until when a request must be answered, in Chinese working days.

A working day is what the State Council's yearly notice makes one: Monday to Friday without the
days off, and the Saturdays and Sundays that are worked in exchange (调休). The day of receipt does
not count (民法典 art. 201); days begin and end in China Standard Time.

The notice for a year comes in November of the year before. Until it is known here, two weekend days
count as worked and no day off is taken out. By every notice from 2008 on, a date found this way
would have been in time for any day of receipt; a test goes through them all. Such a date may be
early, then, and is not late. It was told to a person, so it stays when the notice comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import holidays

LONGEST = 15
"""Most working days that an answer may take (App违法违规收集使用个人信息行为认定方法 art. 6)."""

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time, which has had no summer time since 1991."""

_DAY = timedelta(days=1)
_MAKE_UP_DAYS = 2
# A notice also moves weekend days at the end of the year before: 31 December 2011 was worked.
_REACH_OF_A_NOTICE = timedelta(days=7)
_SATURDAY = 5


@dataclass(frozen=True)
class DueDate:
    """The last day on which an answer is in time.

    Attributes:
        day: In China.
        provisional: A day was counted whose year's notice is not known here; see the module.
    """

    day: date
    provisional: bool


def due_date(received_at: datetime, working_days: int) -> DueDate:
    """The last day in time.

    Args:
        received_at: When the request was received, with an offset from UTC.
        working_days: How many there are to answer. A policy that promises nothing (0), or more
            than the law allows, gives :data:`LONGEST`.
    """
    remaining = working_days if 0 < working_days < LONGEST else LONGEST
    day = received_at.astimezone(CHINA).date()
    provisional = False
    make_up_days = _MAKE_UP_DAYS
    while remaining:
        day += _DAY
        if _is_announced(day):
            remaining -= _year(day.year).is_worked(day)
            continue
        provisional = True
        if day.weekday() < _SATURDAY:
            remaining -= 1
        elif make_up_days:
            make_up_days -= 1
            remaining -= 1
    return DueDate(day, provisional)


def is_provisional(day: date) -> bool:
    """Whether the State Council's notice for a day is not known here yet."""
    return not _is_announced(day)


def _is_announced(day: date) -> bool:
    return _year((day + _REACH_OF_A_NOTICE).year).announced


@dataclass(frozen=True)
class _Year:
    off: frozenset[date]
    worked: frozenset[date]

    @property
    def announced(self) -> bool:
        """Every notice since 2008 had weekend days worked in exchange."""
        return bool(self.worked)

    def is_worked(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


@lru_cache(maxsize=16)
def _year(year: int) -> _Year:
    calendar = holidays.country_holidays("CN", years=year)
    return _Year(
        off=frozenset(calendar),
        worked=frozenset(day for day in calendar.weekend_workdays if day.year == year),
    )
