"""How old somebody is on a day, and what that means for who agrees.

Full years are counted by the calendar and reached on the birthday (民法典 art. 200; R-060). Born on
29 February, somebody is a year older on 1 March where there is no 29 February: the longer
protection.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..policy.pack import GateRules


class AgeBand(StrEnum):
    """Who agrees.

    ``CHILD``: a guardian does. ``MINOR``: the person does, but to nothing that is never for
    minors. ``ADULT``: the person does. ``UNKNOWN``: no birth date was declared; the person does, as
    everybody is not asked for a birth date that most purposes do not need (PIPL art. 6).
    """

    UNKNOWN = "unknown"
    CHILD = "child"
    MINOR = "minor"
    ADULT = "adult"


def age_on(birth_date: date, day: date) -> int:
    """Full years on a day; negative before birth."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def birthday(birth_date: date, years: int) -> date | None:
    """The first day on which somebody is so many years old; None after the last day there is."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        year = birth_date.year + years
        return None if year > date.max.year else date(year, 3, 1)


def band_on(birth_date: date | None, day: date, rules: GateRules) -> AgeBand:
    """The band on a day, by the thresholds of the pack.

    A birth date after that day is a clock that was set back; the band is then that of a child.
    """
    if birth_date is None:
        return AgeBand.UNKNOWN
    age = age_on(birth_date, day)
    if age < rules.guardian_below:
        return AgeBand.CHILD
    return AgeBand.MINOR if age < rules.minor_below else AgeBand.ADULT
