"""How far it is in our own prototype to yes, to no and back, and what happens on the way."""

from __future__ import annotations

import pytest

from components.fairness import Happening, Report, Standing, Subject, judge
from components.policy import Pack

from .effort_table import table, written
from .our_walk import EACH_KIND, LOCALES, Walked, walk
from .our_ways import LOCATION, NOTICE

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

OF_WAYS = ("CS-05", "CS-10", "CS-13", "CS-14", "CS-15")
OF_HAPPENINGS = ("CS-11", "CS-13", "CS-16", "CS-17", "CS-21")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def walked(
    pack: Pack, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> dict[str, Walked]:
    return {it: await walk(pack, it, tmp_path_factory.mktemp(it)) for it in LOCALES}


def open_findings(report: Report) -> list[str]:
    assert {it.standing for it in report.outcomes} <= {Standing.KEPT, Standing.BROKEN}
    return [f"{it.rule} {it.spot}: {it.evidence}" for it in report.findings]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_rule_of_ways_is_broken(walked: dict[str, Walked], locale: str) -> None:
    graph = walked[locale].graph
    assert graph.purposes >= {NOTICE, *EACH_KIND}
    assert open_findings(judge(Subject("the prototype", graph=graph), rules=OF_WAYS)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_rule_of_what_happens_is_broken(walked: dict[str, Walked], locale: str) -> None:
    for who, trace in walked[locale].traces.items():
        report = judge(Subject(who, trace=trace), rules=OF_HAPPENINGS)
        assert open_findings(report) == [], who


def test_the_trace_has_what_its_rules_look_at(walked: dict[str, Walked]) -> None:
    """A rule that is kept because nothing was written down would say nothing."""
    traces = walked["zh_Hans"].traces
    (asked, refused, *later) = traces["refusing"].events
    assert (asked.what, refused.what) == (Happening.ASKED, Happening.REFUSED)
    assert later == [], "something happened after the refusal of the notice"
    kinds = {it.what for it in traces["agreeing"].events if it.purpose == LOCATION}
    assert kinds == set(Happening) - {
        Happening.BEGAN,
        Happening.SENT,  # There is no service in this walk.
        Happening.UPDATED,
    }


def test_the_document_has_the_figures(walked: dict[str, Walked]) -> None:
    assert written() == table(it.graph for it in walked.values()), (
        "run python -m tests.fairness.effort_table"
    )
