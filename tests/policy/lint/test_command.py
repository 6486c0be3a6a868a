"""``mingshi lint`` as a person and as continuous integration use it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import jsonschema
import pytest

from components.policy.lint import RULES, Profile, command, lint, rule_table, sarif
from components.policy.loader import load_pack

from ..small_pack import write
from .cases import PACK, changed
from .good_pack import GOOD
from .sarif_schema import SARIF

_ENTITY = 'entity = { zh_Hans = "地图公司", en = "Maps Ltd." }\n'
_WARNED = changed(((PACK, _ENTITY, ""),))


def lint_command(*words: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(word) for word in words]))


def test_a_clean_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_command(write(tmp_path, GOOD), "--fail-on", "note") == 0
    told = capsys.readouterr()
    assert told.out.endswith("publishable; error: 0, warning: 0, note: 0, waived: 0\n")
    assert told.err == ""


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("note", 1)])
def test_the_exit_status_follows_the_level(tmp_path: Path, fail_on: str, status: int) -> None:
    assert lint_command(write(tmp_path, _WARNED), "--fail-on", fail_on) == status


def test_the_text_names_place_rule_remedy_and_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lint_command(write(tmp_path, _WARNED))
    told = capsys.readouterr().out
    line = str(_WARNED[PACK])[: str(_WARNED[PACK]).index('[[recipients]]\nid = "maps"')].count("\n")
    assert "WARNING (1)" in told
    assert f"  pack.toml:{line + 1} (recipients.maps.entity): processor-without-entity\n" in told
    assert "    the legal name of 'maps' is missing.\n    Remedy: add `entity`.\n" in told
    assert f"    Source: {RULES['processor-without-entity'].source}.\n" in told


def test_sarif_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.sarif"
    folder = write(tmp_path / "pack", _WARNED)
    assert lint_command(folder, "--format", "sarif", "--output", report) == 0
    assert capsys.readouterr().out == ""
    log = json.loads(report.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(SARIF)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "pack.toml"
    assert location["physicalLocation"]["region"]["startLine"] > 1


def test_sarif_without_a_folder_has_no_lines(tmp_path: Path) -> None:
    log = sarif(lint(load_pack(write(tmp_path, _WARNED))))
    jsonschema.validate(log, SARIF)
    (result,) = log["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_the_schema_tells_good_from_bad(tmp_path: Path) -> None:
    log = sarif(lint(load_pack(write(tmp_path, _WARNED))))
    log["runs"][0]["results"][0]["message"] = {"text": ""}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SARIF)


def test_another_version_and_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, GOOD)
    assert lint_command(folder, "--profile", "gdpr", "--version", "2021-11-01") == 0
    assert "kino 2021-11-01, rules: gdpr" in capsys.readouterr().out
    assert lint_command(folder, "--version", "2099-01-01") == 2
    assert "2099-01-01" in capsys.readouterr().err


def test_a_delivered_pack_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_command("epiao") == 1
    assert capsys.readouterr().out.startswith("epiao ")


def test_no_such_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_command("no-such-pack") == 2
    told = capsys.readouterr().err
    assert "no-such-pack" in told
    assert "epiao" in told


def test_a_broken_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, {**GOOD, PACK: "format = = 1"})
    assert lint_command(folder) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{folder / PACK}:1: " in told.err
    assert "Remedy: " in told.err


def test_a_report_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, GOOD)
    assert lint_command(folder, "--output", tmp_path / "missing" / "report") == 2
    assert "cannot write" in capsys.readouterr().err


def test_the_documented_table_is_the_catalogue() -> None:
    page = Path(__file__).parents[3] / "docs" / "lint.md"
    assert rule_table() in page.read_text(encoding="utf-8")


def test_every_rule_says_what_it_asks_and_why() -> None:
    for rule in RULES.values():
        assert rule.id == rule.id.lower()
        assert rule.title
        assert rule.source
        assert rule.profiles <= set(Profile)
        assert "|" not in rule.title + rule.source
