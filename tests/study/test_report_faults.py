"""What keeps a report from being made: each with its place and what to do; and who is counted."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from components.study import command
from components.study.allocation import allocate, allocate_without_codes
from components.study.bots.personas import PERSONAS
from components.study.exporting.tables import Recorded
from components.study.folder import StudyFolder
from components.study.log import EVENTS_FILE
from components.study.measures.intervals import Interval
from components.study.record import Session, lines_of, read_record
from components.study.reporting.analysis import Shape, analyse
from components.study.reporting.comparing import Method
from components.study.reporting.flow import Reason, reason_against
from components.study.reporting.outcomes import share_of_people
from components.study.reporting.people import Person, people_of
from components.study.reporting.scorecard import Verdict, verdict_of, withdrawal_ratio
from components.study.reporting.source import read_source
from components.study.words import Primary

from .reported import FEW, MANY, few, many, put, recorded
from .writing import READY, ROOT


def run(*typed: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(it) for it in typed]))


def told(capsys: pytest.CaptureFixture[str], *parts: str) -> None:
    """On standard error: where, what, and what to do."""
    error = capsys.readouterr().err
    assert "Remedy: " in error and error.count("\n") == 1
    for part in parts:
        assert part in error


def first_record(folder: Path) -> Path:
    return sorted(folder.glob(f"sessions/*/*/{EVENTS_FILE}"))[0]


def test_no_folder_no_study_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", tmp_path / "elsewhere") == 1
    told(capsys, f"{tmp_path / 'elsewhere'}: there is no such folder")
    assert run("report", tmp_path) == 1
    told(capsys, f"{tmp_path / 'study.toml'}: the study file is not there", "--study FILE")
    assert run("report", tmp_path, "--study", READY / "first-look.toml") == 1
    told(capsys, f"{tmp_path / 'sessions'}: there is no session in it")
    (tmp_path / "study.toml").write_text("format = 1\n", encoding="utf-8")
    assert run("report", tmp_path) == 1
    assert f"{tmp_path / 'study.toml'}:1: " in capsys.readouterr().err
    assert run("check", tmp_path / "none.toml") == 1
    told(capsys, f"{tmp_path / 'none.toml'}:1: the file is missing", "give the path of a study")


def test_nobody_has_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = StudyFolder(tmp_path)
    places = allocate(FEW)
    kept.put_places(FEW, places)
    kept.put_study(READY / "first-look.toml")
    for place in places[:3]:
        put(tmp_path, *recorded(FEW, place, PERSONAS[0], 1, stop_after=20))
    assert run("report", tmp_path) == 1
    told(capsys, "nobody has finished: 3 sessions were begun", "mingshi study export")


def test_a_damaged_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few(tmp_path, people=2)
    path = first_record(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"android"', b'"desktop"', 1))
    assert run("report", tmp_path) == 1
    told(capsys, f"{path}: the record is not what was written: line 1", "put back a copy")
    path.write_bytes(content)
    assert run("report", tmp_path, "--fairness", tmp_path / "none.sarif") == 1
    told(capsys, f"{tmp_path / 'none.sarif'}: it cannot be read", "--format sarif")


@pytest.mark.parametrize("content", ["{", "[]", '{"runs": []}', '{"runs": [{"tool": 1}]}'])
def test_what_is_no_fairness_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    assert run("report", tmp_path, "--fairness", path) == 1
    told(capsys, str(path), "mingshi fairness")


def test_versions_of_a_study_are_not_mixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few(tmp_path, people=3)
    other = replace(FEW, digest="0" * 64)
    place = allocate(FEW)[0]
    path = put(tmp_path, *recorded(other, place, PERSONAS[1], 5)) / EVENTS_FILE
    assert run("report", tmp_path) == 1
    told(capsys, f"{path}: 1 of 4 sessions were recorded with another version", "each apart")
    assert run("report", tmp_path, "--study", READY / "layers.toml") == 1
    told(capsys, "every session was recorded with another study file", "--study FILE")


def test_where_the_page_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "study", tmp_path / "out"
    few(folder, people=1)
    assert run("report", folder, "--output", out / "r.html") == 1
    told(capsys, f"{out}: there is no such folder")
    (out / "r-data").mkdir(parents=True)
    assert run("report", folder, "--output", out / "r.html") == 1
    told(capsys, f"{out / 'r-data'}: the data would go there")
    (out / "r-data").rmdir()
    assert run("report", folder, "--output", out / "r.html", "--locale", "en", "--excel") == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(out / "r.html")
    assert "when somebody withdraws, delete them" in said.err
    assert (out / "r-data" / "wide.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    # One person: no interval can be given, and none is.
    page = (out / "r.html").read_text(encoding="utf-8")
    assert "Of one person no interval can be given" in page
    assert run("report", folder, "--tier", "share") == 2
    assert "1 participants are fewer than the 5" in capsys.readouterr().err


def test_allocating_keeps_the_study(tmp_path: Path) -> None:
    assert run("allocate", READY / "layers.toml", tmp_path) == 0
    assert (tmp_path / "study.toml").read_bytes() == (READY / "layers.toml").read_bytes()
    assert (tmp_path / "items.toml").read_bytes() == (READY / "items.toml").read_bytes()


def test_the_command_starts_without_what_draws() -> None:
    """A device has the rest of the command without the extra; it learns what is missing."""
    program = (
        "import sys\n"
        "import components.study.command as it, argparse\n"
        "loaded = {'matplotlib', 'scipy', 'statsmodels', 'fontTools'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
        "import importlib.util as u; found = u.find_spec\n"
        "import components.study.reporting.command as own\n"
        "own.find_spec = lambda name: None if name == 'matplotlib' else found(name)\n"
        "parser = argparse.ArgumentParser(); it.add_arguments(parser)\n"
        "sys.exit(it.run(parser.parse_args(['report', 'x'])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 2
    assert done.stderr.startswith("mingshi study report: matplotlib not installed. Remedy: pip")


# Who is counted


def person(seed: int = 1, persona: int = 2, stop_after: int | None = None) -> Person:
    place = replace(allocate_without_codes(MANY)[0], code="p1")
    session, events, texts, _ = recorded(
        MANY, place, PERSONAS[persona], seed, stop_after=stop_after
    )
    (found,), _ = people_of(MANY, [Recorded(session, events, dict(enumerate_texts(texts)))])
    return found


def enumerate_texts(texts: list[str]) -> list[tuple[str, str]]:
    return [(f"text-{at}", it) for at, it in enumerate(texts, start=1)]


def test_who_is_left_out_and_why() -> None:
    careful = person()
    assert reason_against(careful) is None
    assert reason_against(person(stop_after=30)) is Reason.UNFINISHED
    # The one who accepts all reads nothing, attention check included.
    assert reason_against(person(persona=0)) is Reason.INATTENTIVE
    quick = tuple(replace(it, seconds=0.6) for it in careful.decisions)
    assert reason_against(replace(careful, decisions=quick)) is None
    assert reason_against(replace(careful, decisions=quick, reading={})) is Reason.RUSHED


def test_of_several_sessions_the_first_that_was_finished_counts() -> None:
    place = replace(allocate_without_codes(MANY)[0], code="p1")
    found = []
    for sid, stop, seed in (("s-a", 30, 0), ("s-b", None, 3), ("s-c", None, 1)):
        session, events, *_ = recorded(MANY, place, PERSONAS[2], seed, stop_after=stop)
        found.append(Recorded(replace(session, sid=sid), events, {}))
    (only,), further = people_of(MANY, found)
    assert (only.sid, further) == ("s-c", 2)
    (only,), further = people_of(MANY, found[:1])
    assert (only.sid, only.finished, further) == ("s-a", False, 0)


def test_a_verdict_needs_the_whole_interval() -> None:
    for low, high, n, verdict in (
        (0.81, 0.95, 20, Verdict.MEETS),
        (0.79, 0.95, 20, Verdict.OPEN),
        (0.60, 0.79, 20, Verdict.FAILS),
        (0.81, 0.95, 4, Verdict.MISSING),
    ):
        assert verdict_of(Interval(0.8, low, high, n), 0.8, None) is verdict
    assert verdict_of(Interval(1.5, 1.2, 2.1, 20), None, 2.0) is Verdict.OPEN
    assert verdict_of(Interval(1.5, 1.2, 2.1, 20), None, None) is Verdict.TOLD
    assert verdict_of(None, 0.8, None) is Verdict.MISSING


def test_the_interval_of_people_who_are_all_alike_is_not_a_point() -> None:
    alike = share_of_people([0.5] * 12)
    assert alike.estimate == 0.5 and alike.low < 0.3 and alike.high > 0.7
    assert share_of_people([1.0] * 12).low == pytest.approx(0.7575, abs=1e-4)
    assert share_of_people([0.4, 0.6] * 6).n == 12


def test_withdrawing_is_held_against_deciding(tmp_path: Path) -> None:
    source = read_source(few(tmp_path).path)
    people, _ = people_of(FEW, source.sessions)
    found = withdrawal_ratio(FEW, people)
    # The one who gives up does neither, and one was helped.
    assert found is not None and found.n == 6 and found.low < found.estimate < found.high
    assert withdrawal_ratio(MANY, people) is None


def test_the_bytes_of_a_session_are_those_of_the_recorder(tmp_path: Path) -> None:
    """What the folders of these tests are made of is what a recorder writes."""
    path = first_record(few(tmp_path, people=1).path)
    read = read_record(path.read_bytes())
    assert lines_of(Session(**vars(read.session)), read.events) == path.read_bytes()
    assert json.loads(path.read_bytes().splitlines()[0])["v"] == 1


def test_where_everybody_succeeds_there_is_still_a_difference(tmp_path: Path) -> None:
    """The model has no answer then; people as though each had answered once do."""
    source = read_source(
        many(tmp_path, 44, lambda it: 1.0 if it["opening"] == "full" else 0.5).path
    )
    found = analyse(replace(source, study=replace(source.study, primary=Primary.TASKS)))
    (primary,) = (it for it in found.compared if it.primary)
    assert primary.method is Method.PEOPLE
    assert primary.here.estimate == 1
    assert 0 < primary.difference.low < primary.difference.estimate < primary.difference.high
    assert found.models[0].why_not == "all answers are alike in one of the conditions"


def test_a_small_arm_has_no_p_value(tmp_path: Path) -> None:
    found = analyse(read_source(many(tmp_path, 36).path))
    assert found.shape is Shape.SUMMATIVE and found.compared
    assert min(it.here.n for it in found.compared) < 20
    assert all(it.p is None and it.adjusted is None for it in found.compared)
