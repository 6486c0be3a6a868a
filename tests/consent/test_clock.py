"""The two clocks of the record: one that a person may set, one that never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from components.consent.clock import ManualClock, SystemClock

from .making import START


def test_the_system_clock_knows_its_offset_and_does_not_go_back() -> None:
    clock = SystemClock()
    before, first = datetime.now(UTC), clock.monotonic_ms()
    now = clock.now()
    assert now.utcoffset() is not None
    assert before <= now <= datetime.now(UTC)
    assert clock.monotonic_ms() >= first >= 0


def test_time_passes_on_both_manual_clocks() -> None:
    clock = ManualClock(START)
    assert (clock.now(), clock.monotonic_ms()) == (START, 0)
    clock.advance(timedelta(seconds=1.5))
    assert (clock.now(), clock.monotonic_ms()) == (START + timedelta(seconds=1.5), 1500)


def test_setting_the_wall_clock_leaves_the_other_one_alone() -> None:
    clock = ManualClock(START)
    clock.advance(timedelta(hours=1))
    earlier = datetime(2001, 1, 1, tzinfo=timezone(timedelta(hours=8)))
    clock.set_wall_clock(earlier)
    assert (clock.now(), clock.monotonic_ms()) == (earlier, 3_600_000)


def test_a_manual_clock_refuses_what_no_clock_does() -> None:
    with pytest.raises(ValueError, match="offset"):
        ManualClock(START.replace(tzinfo=None))
    clock = ManualClock(START)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(milliseconds=-1))
    with pytest.raises(ValueError, match="offset"):
        clock.set_wall_clock(START.replace(tzinfo=None))
    assert (clock.now(), clock.monotonic_ms()) == (START, 0)
