"""Studies in which each participant sees all conditions: run, recorded, compared in pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from math import comb, isnan
from pathlib import Path

import pytest

from components.study.exporting.tables import read_sessions, tables_of
from components.study.measures.proportions import paired_difference
from components.study.measures.times import paired_p
from components.study.model import Condition, Study
from components.study.record import RecordDamaged, by_condition, lines_of, read_record
from components.study.reporting.analysis import Analysis, Shape, analyse
from components.study.reporting.comparing import Method
from components.study.reporting.making import Wanted, make_report
from components.study.reporting.source import read_source
from components.study.running.moments import Part
from components.study.words import Primary

from .test_running import Room, answers, go_through
from .within import AFTERWARDS, STEPS, played, study_within

BOTH = ("find_retention", "see_nearby")
PLANTED = 0.22


def fuller(condition: Condition) -> float:
    """22 points easier where the full text comes first."""
    return 0.72 if condition["opening"] == "full" else 0.5


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_within(tmp_path_factory.mktemp("within"), *BOTH)


def test_the_tasks_come_once_for_each_condition(study: Study) -> None:
    steps = [str(it) for it in study.steps_in_order(("see_nearby", "find_retention"))]
    first = ["task:see_nearby@1", "task:find_retention@1"]
    second = ["task:see_nearby@2", "task:find_retention@2"]
    assert steps == [*STEPS, *first, *second, *AFTERWARDS]


def test_each_event_says_in_which_condition_it_was(tmp_path: Path, study: Study) -> None:
    room = Room(tmp_path, study)
    sitting = room.begin()
    changes = 0
    while sitting.moment.part is not Part.FINISHED:
        if sitting.moment.part is Part.CHANGE:
            changes += 1
            assert (sitting.turn, sitting.moment.step and sitting.moment.step.turn) == (1, 2)
        go_through(sitting, only_one=True)
    read = read_record(room.record.read_bytes())
    parts = by_condition(read.session, read.events)
    assert changes == 1 and sitting.turn == 2
    assert [it for it, _ in parts] == list(sitting.place.conditions)
    for turn, (_, events) in enumerate(parts, start=1):
        phases = {it.phase for it in events if it.name.startswith(("stim.", "study.task."))}
        assert phases == {f"task:{it}@{turn}" for it in BOTH}
    written = [it.split(b'"cond":')[1].split(b"}")[0] for it in room.record.read_bytes().split()]
    openings = [it["opening"].encode() for it in sitting.place.conditions]
    assert [next(o for o in openings if o in it) for it in written] == [
        openings[0] if it in parts[0][1] else openings[1] for it in read.events
    ]
    tasks = tables_of(study, read_sessions([room.record.parent]))["tasks"]
    assert Counter(it["condition"] for it in tasks) == {"opening=summary": 2, "opening=full": 2}


def test_it_comes_to_the_same_wherever_the_process_was_gone(tmp_path: Path, study: Study) -> None:
    """In the midst of a change too: the app is wiped before it is written down that it is."""
    room = Room(tmp_path, study)
    go_through(room.begin())
    lines = room.record.read_bytes().splitlines(keepends=True)
    expected, parts = answers(room.events()), conditions(room)
    change = next(at for at, it in enumerate(lines) if b"study.condition.begun" in it)
    for kept in (change - 2, change - 1, change, change + 1, change + 2, len(lines) - 30):
        room.record.write_bytes(b"".join(lines[:kept]) + lines[kept][: len(lines[kept]) // 2])
        sitting = room.resume()
        assert sitting is not None
        sitting.begin()
        go_through(sitting)
        assert answers(room.events()) == expected, f"after event {kept}"
        assert conditions(room) == parts


def conditions(room: Room) -> list[dict[str, str]]:
    read = read_record(room.record.read_bytes())
    return [it for it, _ in by_condition(read.session, read.events)]


def test_a_line_in_a_condition_that_was_not_begun_is_no_record(
    tmp_path: Path, study: Study
) -> None:
    room = Room(tmp_path, study)
    go_through(room.begin())
    read = read_record(room.record.read_bytes())
    moved = [it for it in read.events if it.name != "study.condition.begun"]
    moved = [replace(it, seq=at) for at, it in enumerate(moved, start=1)]
    with pytest.raises(RecordDamaged, match="in another condition, which was not begun"):
        read_record(lines_of(read.session, moved))


def test_pairs_of_people_in_all_ways_there_are() -> None:
    """Exactly, over every table of pairs: the interval covers the difference about as it says."""
    n = 30
    for only_first, only_second in ((0.1, 0.1), (0.3, 0.1), (0.45, 0.05), (0.2, 0.2)):
        covered = sum(
            chance
            for b, c in product(range(n + 1), repeat=2)
            if b + c <= n
            and paired_difference(b, c, n).covers(only_first - only_second)
            and (chance := _chance(b, c, n, only_first, only_second))
        )
        assert 0.93 < covered < 0.99, (only_first, only_second, covered)
    assert paired_difference(9, 1, 30).estimate == pytest.approx(8 / 30)


def _chance(b: int, c: int, n: int, first: float, second: float) -> float:
    rest = 1 - first - second
    return comb(n, b) * comb(n - b, c) * first**b * second**c * rest ** (n - b - c)


def test_the_paired_test_is_scipys() -> None:
    from scipy.stats import ttest_rel

    here, there = [3.1, 4.5, 2.2, 9.7, 5.0], [2.9, 4.9, 1.2, 7.1, 4.4]
    assert paired_p(here, there) == pytest.approx(float(ttest_rel(here, there).pvalue), abs=1e-9)
    assert isnan(paired_p([2.0, 3.0], [1.0, 2.0])), "nothing varies"


def found(study: Study, folder: Path, people: int) -> Analysis:
    return analyse(read_source(played(study, folder, people, fuller).path))


def test_what_is_planted_comes_out_of_several_tasks_and_of_one(tmp_path: Path) -> None:
    for name, tasks, method in (("two", BOTH, Method.GEE), ("one", BOTH[:1], Method.MCNEMAR)):
        own = study_within(tmp_path / name, *tasks, participants=80)
        analysed = found(own, tmp_path / name, 80)
        assert analysed.shape is Shape.SUMMATIVE and len(analysed.people) == 80
        # Only what is done in each condition is compared.
        outcomes = [it.outcome.key for it in analysed.compared]
        assert outcomes[0] == Primary.TASKS and Primary.COMPREHENSION not in outcomes
        primary = analysed.compared[0]
        assert (primary.primary, primary.method) == (True, method)
        assert primary.difference.covers(PLANTED) and primary.difference.low > 0
        # Everybody is in both conditions.
        assert primary.here.n == primary.there.n == primary.difference.n == 80
    page = make_report(Wanted(tmp_path / "two", locale="en")).read_text(encoding="utf-8")
    assert "each person saw all conditions: summary, full" in page
    assert "knew them the second time" in page and ">nan<" not in page
    # A table leads to the people who are counted, and not to arms that there are not.
    assert "who began)" not in page


def test_times_are_compared_within_a_person(tmp_path: Path) -> None:
    own = study_within(tmp_path, "see_nearby", participants=20)
    analysed = found(own, tmp_path, 20)
    (time,) = [it for it in analysed.compared if it.method is Method.PAIRED_LOGS]
    assert time.difference.covers(1) and time.here.n == time.there.n == time.difference.n


def test_a_few_people_are_shown_in_each_condition(tmp_path: Path) -> None:
    own = study_within(tmp_path, *BOTH)
    assert found(own, tmp_path, 6).shape is Shape.FORMATIVE
    page = make_report(Wanted(tmp_path, locale="en")).read_text(encoding="utf-8")
    for condition, task in product(("summary", "full"), BOTH):
        assert f"{task} / {condition}" in page
