"""Who is told of a change: everybody who listens, and nobody who no longer does."""

from __future__ import annotations

import pytest

from components.listeners import Listeners


def test_everybody_is_told_in_order_with_what_there_is_to_say() -> None:
    heard: list[str] = []
    listeners = Listeners[[str]]()
    listeners.add(lambda word: heard.append(f"first {word}"))
    listeners.add(lambda word: heard.append(f"second {word}"))
    listeners.tell("online")
    assert heard == ["first online", "second online"]


def test_the_same_function_may_be_added_twice_and_each_time_is_ended_alone() -> None:
    heard: list[int] = []
    listeners = Listeners[[int]]()
    end_one = listeners.add(heard.append)
    listeners.add(heard.append)
    end_one()
    end_one()
    listeners.tell(1)
    assert heard == [1]


def test_who_is_ended_by_another_is_not_told_and_who_is_added_hears_the_next() -> None:
    heard: list[str] = []
    listeners = Listeners[[]]()

    def closes_the_other() -> None:
        heard.append("first")
        end_second()
        listeners.add(lambda: heard.append("third"))

    end_first = listeners.add(closes_the_other)
    end_second = listeners.add(lambda: heard.append("second"))
    listeners.tell()
    assert heard == ["first"]
    end_first()
    listeners.tell()
    assert heard == ["first", "third"]


def test_an_error_goes_to_whoever_tells() -> None:
    heard: list[str] = []
    listeners = Listeners[[]]()
    listeners.add(lambda: next(iter(())))
    listeners.add(lambda: heard.append("second"))
    with pytest.raises(StopIteration):
        listeners.tell()
    assert heard == []


def test_where_errors_are_seen_to_the_others_are_told_all_the_same() -> None:
    heard: list[str] = []
    listeners = Listeners[[]](failed=lambda: heard.append("failed"))
    listeners.add(lambda: next(iter(())))
    listeners.add(lambda: heard.append("second"))
    listeners.tell()
    assert heard == ["failed", "second"]
