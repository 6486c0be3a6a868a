"""Predicted effort, counted by hand on a small graph."""

from __future__ import annotations

import pytest

from components.fairness import Place, ScreenGraph, Step, effort_of_all, efforts
from components.fairness.unfair.data import fair_graph, withdrawing_is_far

A_TAP = 1.35 + 1.1 + 0.2


def test_taps_and_seconds_on_the_fair_graph() -> None:
    location, statistics = efforts(fair_graph("zh_Hans"))
    assert (location.purpose, statistics.purpose) == ("location", "statistics")
    assert location.accept is not None and location.refuse is not None
    assert location.withdraw is not None
    assert location.accept.taps == location.refuse.taps == 1
    assert location.accept.seconds == location.refuse.seconds
    assert location.withdraw.taps == 2
    assert location.withdraw.handling == pytest.approx(2 * A_TAP, abs=0.01)
    # 首页：正在上映 and 隐私设置: ten characters at 400 a minute.
    assert location.withdraw.reading == pytest.approx(10 / 400 * 60, abs=0.01)


def test_all_purposes_are_withdrawn_one_by_one() -> None:
    together = effort_of_all(fair_graph("en"))
    assert together.withdraw is not None
    assert together.withdraw.taps == 3
    assert together.withdrawal_ratio is not None


def test_a_deep_withdrawal_has_a_larger_ratio() -> None:
    near = effort_of_all(fair_graph("en")).withdrawal_ratio
    far = effort_of_all(withdrawing_is_far("en")).withdrawal_ratio
    assert near is not None and far is not None and far > near


def test_a_way_that_is_not_there_has_no_cost() -> None:
    graph = ScreenGraph(
        (Place("ask"), Place("main", usable=True)),
        (Step("ask", "main", "Agree", grants=frozenset({"x"})),),
        "ask",
        "main",
        "en",
    )
    (found,) = efforts(graph)
    assert found.accept is not None and found.refuse is None and found.withdraw is None
    assert found.withdrawal_ratio is None


def test_a_graph_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="cellar"):
        ScreenGraph((Place("ask"),), (Step("ask", "cellar"),), "ask", "ask")
