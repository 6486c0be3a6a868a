"""A study registered beforehand: frozen, held against the one that was run, told in the report."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from components.study import command
from components.study.folder import StudyFolder
from components.study.reading import load_study
from components.study.registration import (
    Difference,
    RegisteredTooLate,
    RegistrationDamaged,
    differences,
    read_registration,
    register,
    values_of,
)
from components.study.reporting.analysis import Analysis, analyse
from components.study.reporting.fault import ReportFault
from components.study.reporting.figures_json import figures
from components.study.reporting.making import written
from components.study.reporting.source import read_source
from components.study.reporting.writer import LOCALES

from .reported import MANY, few, many
from .test_command import run
from .test_ways import section
from .writing import READY

BEFORE = datetime(2026, 2, 28, 9, 30, tzinfo=UTC)
"""The bots' sessions are of the first days of March."""
LAYERS = READY / "layers.toml"


def copied(folder: Path, **changes: str) -> Path:
    """The study file elsewhere with its items, some of its lines otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(READY / "items.toml", folder)
    text = LAYERS.read_text(encoding="utf-8")
    for key, value in changes.items():
        text, found = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text, count=1)
        assert found == 1, key
    path = folder / "layers.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Bots' sessions of a study of which another form was registered."""
    root = tmp_path_factory.mktemp("registered")
    registered = copied(
        root / "first", participants="80", primary='"tasks.success"', give_up_after_s="120"
    )
    register(registered, StudyFolder(root / "study"), BEFORE)
    return analyse(read_source(many(root / "study", 24).path))


def test_what_is_registered_is_the_file_and_the_time(tmp_path: Path) -> None:
    beijing = BEFORE.astimezone(timezone(timedelta(hours=8)))
    done = register(LAYERS, StudyFolder(tmp_path), beijing)
    found = read_registration(tmp_path)
    assert found == done
    assert found is not None and found.at == BEFORE and found.digest == load_study(LAYERS).digest
    for name in ("study.toml", "items.toml"):
        kept = (tmp_path / "registered" / name).read_bytes()
        assert kept == (LAYERS if name == "study.toml" else READY / name).read_bytes()
    assert differences(found.values, values_of(LAYERS)) == ()


def test_it_is_registered_once_and_before_anybody_takes_part(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path / "once")
    register(LAYERS, folder, BEFORE)
    with pytest.raises(RegisteredTooLate, match="there already"):
        register(LAYERS, folder, BEFORE)
    begun = few(tmp_path / "begun", 1)
    with pytest.raises(RegisteredTooLate, match="taken part already"):
        register(READY / "first-look.toml", begun, BEFORE)
    assert not (begun.path / "registered").exists()


def test_half_a_registration_is_none(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path)
    half = tmp_path / "registered.new"
    half.mkdir()
    (half / "study.toml").write_text("cut off")
    assert read_registration(tmp_path) is None
    register(LAYERS, folder, BEFORE)
    assert read_registration(tmp_path) is not None and not half.exists()


@pytest.mark.parametrize("name", ["study.toml", "items.toml", "registration.json"])
def test_a_registration_that_was_touched_is_noticed(tmp_path: Path, name: str) -> None:
    folder = few(tmp_path / "few", 0)
    register(READY / "first-look.toml", folder, BEFORE)
    path = folder.path / "registered" / name
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    with pytest.raises(RegistrationDamaged, match=re.escape(name)):
        read_registration(folder.path)


def test_every_difference_is_named_by_its_place(tmp_path: Path) -> None:
    there = values_of(LAYERS)
    other = copied(tmp_path / "other", participants="80", minutes="25")
    text = other.read_text(encoding="utf-8")
    # A task that moves is the same; another is gone, and one is new.
    text = text.replace('id = "find_partners"', 'id = "find_others"')
    other.write_text(text, encoding="utf-8")
    items = other.with_name("items.toml")
    items.write_text(
        items.read_text(encoding="utf-8").replace('answer = "true"', 'answer = "false"', 1),
        encoding="utf-8",
    )
    found = {it.place: it for it in differences(values_of(other), there)}
    assert found["design.participants"] == Difference("design.participants", 80, 400)
    assert found["study.minutes"] == Difference("study.minutes", 25, 20)
    assert found["tasks.find_others.give_up_after_s"].run is None
    assert found["tasks.find_partners.give_up_after_s"] == Difference(
        "tasks.find_partners.give_up_after_s", None, 240
    )
    (answer,) = [it for it in found.values() if it.place.startswith("items.")]
    assert (answer.registered, answer.run) == ("false", "true") and answer.place.endswith(".answer")
    assert not any(it.startswith(("tasks.find_retention", "tasks.see_nearby")) for it in found)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_report_lists_what_differs_and_what_was_planned(changed: Analysis, locale: str) -> None:
    page = written(changed, locale, sharing=False)
    shown = section(page, "registration")
    assert "2026-02-28 09:30 UTC" in shown
    for place, registered, run_ in (
        ("study.primary", "tasks.success", "comprehension.total"),
        ("design.participants", "80", "400"),
        ("tasks.find_retention.give_up_after_s", "120", "240"),
    ):
        assert f"{place} {registered} {run_}" in shown
    told = {"zh_Hans": "计划80人，只有24人参加", "en": "Planned were 80 people, and 24 took part"}
    assert told[locale] in shown
    # The outcome that the report begins with is not the one that was registered.
    first = section(page, "primary")
    assert {"zh_Hans": "登记的是另一个", "en": "Another was registered"}[locale] in first
    # One bot in twenty does not finish: that is a deviation with its rule and its number.
    unfinished = changed.flow.excluded
    assert sum(unfinished.values()) > 0
    rules = {"zh_Hans": "没有计入的", "en": "Left out, by rules"}[locale]
    assert rules in shown
    assert json.loads(json.dumps(figures(changed, sharing=True)))["registration"]["planned"] == 80


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_registration_that_is_said_where_it_matters(tmp_path: Path, locale: str) -> None:
    analysis = analyse(read_source(many(tmp_path, 24).path))
    page = written(analysis, locale, sharing=False)
    none = {"zh_Hans": "没有事先登记", "en": "no pre-registration"}[locale]
    assert none in section(page, "registration")
    beforehand = {"zh_Hans": "没有事先登记过", "en": "not registered beforehand"}[locale]
    assert beforehand in section(page, "primary")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_study_as_registered_says_that_nothing_differs(tmp_path: Path, locale: str) -> None:
    register(LAYERS, StudyFolder(tmp_path), BEFORE)
    page = written(analyse(read_source(many(tmp_path, 24).path)), locale, sharing=False)
    same = {"zh_Hans": "每一项都与登记的相同", "en": "the registered ones in every value"}
    assert same[locale] in section(page, "registration")
    lead = {"zh_Hans": "研究开始前定下的主要结果", "en": "Named before the study began"}
    assert lead[locale] in section(page, "primary")


def test_what_was_registered_after_a_session_is_no_pre_registration(tmp_path: Path) -> None:
    register(LAYERS, StudyFolder(tmp_path), datetime(2026, 3, 3, tzinfo=UTC))
    analysis = analyse(read_source(many(tmp_path, 24).path))
    days = [it.day for it in analysis.everybody]
    assert analysis.deviations.earlier == sum(it < "2026-03-03" for it in days) > 0
    page = written(analysis, "en", sharing=False)
    assert "this is no pre-registration" in section(page, "registration")
    assert "not registered beforehand" in section(page, "primary")


def test_a_damaged_registration_stops_a_report(tmp_path: Path) -> None:
    register(LAYERS, StudyFolder(tmp_path), BEFORE)
    folder = many(tmp_path, 2)
    (tmp_path / "registered" / "study.toml").write_text("format = 1\n")
    with pytest.raises(ReportFault, match=r"registered.*Remedy: put back a copy"):
        read_source(folder.path)


def test_the_command_prints_what_is_to_be_put_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("register", LAYERS, tmp_path) == command.DONE
    told = capsys.readouterr().out
    assert f"digest {MANY.digest}" in told and "no witness" in told
    assert run("register", LAYERS, tmp_path) == command.UNUSABLE
    assert "not changed afterwards" in capsys.readouterr().err
