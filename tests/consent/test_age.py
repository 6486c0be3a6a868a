"""How old somebody is, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.consent.age import AgeBand, age_on, band_on, birthday
from components.policy.pack import GateRules

CHILD, MINOR, ADULT = AgeBand.CHILD, AgeBand.MINOR, AgeBand.ADULT
STATUTE, SEED = 14, 15
"""Under 14 by law; “14 and under” as the seed promises."""

BIRTHDAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def rules(guardian_below: int) -> GateRules:
    return GateRules(timedelta(hours=48), 3, guardian_below)


@pytest.mark.parametrize(
    ("guardian_below", "birth", "day", "band"),
    [
        # a guardian for 13 years and 364 days, none for 14 years, by statute.
        pytest.param(STATUTE, (2010, 5, 6), (2024, 5, 5), CHILD, id="R-060-13y364d"),
        pytest.param(STATUTE, (2010, 5, 6), (2024, 5, 6), MINOR, id="R-060-14y0d"),
        # the threshold is the pack's.
        pytest.param(SEED, (2010, 5, 6), (2024, 5, 6), CHILD, id="R-065-14y0d-seed"),
        pytest.param(SEED, (2010, 5, 6), (2025, 5, 5), CHILD, id="R-065-14y364d-seed"),
        pytest.param(SEED, (2010, 5, 6), (2025, 5, 6), MINOR, id="R-065-15y0d-seed"),
        pytest.param(STATUTE, (2010, 5, 6), (2028, 5, 5), MINOR, id="R-063-17y365d"),
        pytest.param(STATUTE, (2010, 5, 6), (2028, 5, 6), ADULT, id="R-063-18y0d"),
        # Born on a leap day, without one in the year of the birthday.
        pytest.param(STATUTE, (2012, 2, 29), (2026, 2, 28), CHILD, id="leap-day-before"),
        pytest.param(STATUTE, (2012, 2, 29), (2026, 3, 1), MINOR, id="leap-day-after"),
        pytest.param(16, (2012, 2, 29), (2028, 2, 28), CHILD, id="leap-year-before"),
        pytest.param(16, (2012, 2, 29), (2028, 2, 29), MINOR, id="leap-year-on-the-day"),
        pytest.param(STATUTE, (2010, 5, 6), (2010, 5, 6), CHILD, id="day-of-birth"),
        pytest.param(0, (2010, 5, 6), (2010, 5, 5), CHILD, id="not-yet-born"),
        pytest.param(0, (2010, 5, 6), (2010, 5, 6), MINOR, id="no-threshold"),
    ],
)
def test_the_band_on_a_day(
    guardian_below: int, birth: tuple[int, int, int], day: tuple[int, int, int], band: AgeBand
) -> None:
    assert band_on(date(*birth), date(*day), rules(guardian_below)) is band


def test_no_birth_date_is_no_age() -> None:
    assert band_on(None, date(2026, 1, 1), rules(STATUTE)) is AgeBand.UNKNOWN


@given(BIRTHDAYS, st.integers(0, 120))
def test_a_birthday_is_the_first_day_of_an_age(birth: date, years: int) -> None:
    day = birthday(birth, years)
    assert day is not None
    assert age_on(birth, day) == years
    assert age_on(birth, day - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("years", "day"),
    [
        (1, (2013, 3, 1)),
        (4, (2016, 2, 29)),
        (14, (2026, 3, 1)),
        (88, (2100, 3, 1)),  # a hundredth year without a leap day
        (7987, (9999, 3, 1)),
    ],
)
def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march(
    years: int, day: tuple[int, int, int]
) -> None:
    assert birthday(date(2012, 2, 29), years) == date(*day)


def test_the_calendar_ends() -> None:
    assert birthday(date(9996, 2, 29), 4) is None
    assert birthday(date(9990, 1, 1), 10) is None
    assert birthday(date(9990, 1, 1), 9) == date(9999, 1, 1)
