"""Reading, effort and scores in a report: right for people whom one can count by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy
import pytest

from components.study.exporting.files import Tier
from components.study.reporting.analysis import Analysis, analyse
from components.study.reporting.figures.charts import Scale
from components.study.reporting.figures.curves import density
from components.study.reporting.making import Wanted, make_report
from components.study.reporting.people import SectionRead
from components.study.reporting.reading_parts import covered, depth
from components.study.reporting.source import read_source

from .reported import many

SCORES = Scale(0, 100, (), (), "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many(tmp_path_factory.mktemp("parts"), 32).path


@pytest.fixture(scope="module")
def analysed(folder: Path) -> Analysis:
    return analyse(read_source(folder))


@pytest.mark.parametrize("values", [[70.0] * 5, [0.0, 2.5, 97.5, 100.0], [55.0, 60, 65, 80, 82.5]])
def test_a_spread_is_all_of_the_people_and_within_the_scale(values: list[float]) -> None:
    places = numpy.linspace(0, 100, 4001)
    found = density(values, places, SCORES)
    assert numpy.trapezoid(found, places) == pytest.approx(1, abs=0.01)
    assert abs(places[found.argmax()] - 70) < 0.1 or len(set(values)) > 1


def test_a_section_is_read_in_a_second_and_a_fifth_of_its_time() -> None:
    assert covered(SectionRead(1.0, 0.2)) and not covered(SectionRead(0.9, 0.9))
    assert not covered(SectionRead(9.0, 0.19)) and not covered(None)


def test_how_far_somebody_came_is_the_end_of_the_farthest_section(analysed: Analysis) -> None:
    person = analysed.people[0]
    lengths = dict.fromkeys(person.reading, 10) | {"never": 30}
    assert depth(person, lengths) == pytest.approx(1 - 30 / sum(lengths.values()))
    assert depth(person, {"never": 30}) == 0


def test_taps_and_times_of_both_answers_stand_below_each_other(
    folder: Path, analysed: Analysis
) -> None:
    page = make_report(Wanted(folder, locale="en")).read_text(encoding="utf-8")
    shown = re.sub(r"<[^>]+>", " ", page[page.index('id="effort"') : page.index('id="times"')])
    for condition in analysed.conditions:
        for answer, choice in (("accept", "grant"), ("decline", "decline")):
            made = [
                it
                for person in analysed.arm(condition)
                for it in person.decisions
                if it.target == "purpose:nearby-cinema" and it.choice == choice
            ]
            assert made
            row = rf"\({condition}\): {answer}\s+[\d.]+ \(n = {len(made)}\)"
            assert re.search(row, shown), row
    assert "coverage-title" in page and "depth-title" in page and "susfigure-title" in page
    shared = make_report(Wanted(folder, tier=Tier.SHARE, locale="en")).read_text(encoding="utf-8")
    assert not re.search(r"\(n = [1-4]\)", shared)
