"""Until when an answer is in time: against the State Council's notices, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from components.endpoint.rights import working_days
from components.endpoint.rights.working_days import CHINA, LONGEST, due_date, is_provisional


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        # Sunday the 4th and Sunday the 18th worked, 10 to 17 February off.
        ("2024-02-02", 15, "2024-02-28"),
        # Sunday 29 September worked, 1 to 7 October off, Saturday the 12th worked.
        ("2024-09-25", 7, "2024-10-10"),
        ("2024-09-25", 15, "2024-10-21"),
        # Sunday 26 January worked, 28 January to 4 February off, Saturday the 8th worked.
        ("2025-01-22", 15, "2025-02-18"),
        # Sunday 28 September worked, 1 to 8 October off, Saturday the 11th worked.
        ("2025-09-26", 15, "2025-10-23"),
        ("2025-09-26", 1, "2025-09-28"),
        # Saturday 14 February worked, 15 to 23 February off, Saturday the 28th worked.
        ("2026-02-10", 15, "2026-03-09"),
        # Sunday 20 September worked, the 25th off, 1 to 7 October off, Saturday the 10th worked.
        ("2026-09-18", 15, "2026-10-15"),
        # Received on a day off: the first working day after it is the first.
        ("2025-10-01", 1, "2025-10-09"),
        # No days off in between.
        ("2025-03-03", 15, "2025-03-24"),
        # Over the end of a year: 1 January off.
        ("2024-12-30", 3, "2025-01-03"),
    ],
)
def test_the_day_is_the_one_counted_by_hand(received: str, days: int, due: str) -> None:
    found = due_date(_noon(received), days)
    assert (found.day.isoformat(), found.provisional) == (due, False)
    assert not is_provisional(found.day)


def test_the_day_of_receipt_ends_at_midnight_in_china() -> None:
    monday_evening = datetime(2025, 3, 3, 15, 59, 59, tzinfo=UTC)
    assert due_date(monday_evening, 1).day == date(2025, 3, 4)
    assert due_date(monday_evening + timedelta(seconds=1), 1).day == date(2025, 3, 5)


@pytest.mark.parametrize("promised", [0, 15, 16, 400])
def test_no_promise_and_too_long_a_promise_give_what_the_law_allows(promised: int) -> None:
    received = _noon("2025-03-03")
    assert due_date(received, promised) == due_date(received, LONGEST)


def test_without_a_notice_two_weekend_days_count_as_worked() -> None:
    # Thursday 6 April 2090: Friday 1, Saturday 2, Sunday 3, Monday to Friday 4 to 8, Monday 9.
    assert date(2090, 4, 6).isoweekday() == 4
    assert due_date(_noon("2090-04-06"), 3) == working_days.DueDate(date(2090, 4, 9), True)
    assert due_date(_noon("2090-04-06"), 9).day == date(2090, 4, 17)
    assert is_provisional(date(2090, 4, 17))


def test_a_date_without_a_notice_would_never_have_been_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, last = date(2008, 1, 1), date(2026, 12, 1)
    days = [first + timedelta(number) for number in range((last - first).days)]
    moments = [datetime(day.year, day.month, day.day, 12, tzinfo=CHINA) for day in days]
    known = [due_date(moment, promised) for moment in moments for promised in (1, 7, LONGEST)]
    assert not any(one.provisional for one in known)
    monkeypatch.setattr(working_days, "_is_announced", lambda day: False)
    guessed = [due_date(moment, promised) for moment in moments for promised in (1, 7, LONGEST)]
    assert all(one.provisional for one in guessed)
    assert all(guess.day <= real.day for guess, real in zip(guessed, known, strict=True))
