"""``mingshi diff`` as a person or a CI job runs it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from components.policy.diff import command

from ..faults import TOML
from ..small_pack import FILES, ZH, write
from ..test_versions import SECOND, versions

TEXTS = Path(__file__).parent / "texts"


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(list(map(str, arguments))))


Captured = pytest.CaptureFixture[str]


def test_two_markdown_files(capsys: Captured) -> None:
    assert run(TEXTS / "en-old.md", TEXTS / "en-new.md") == command.DIFFERENCES
    assert capsys.readouterr().out == (TEXTS / "en-told.txt").read_text(encoding="utf-8")


def test_a_packs_own_markdown_keeps_its_ids(capsys: Captured) -> None:
    assert run(TEXTS / "zh-old.md", TEXTS / "zh-new.md", "--format", "json") == 1
    ids = {clause["new_id"] for clause in json.loads(capsys.readouterr().out)["clauses"]}
    assert {"collect", "album"} <= ids


def test_the_same_file_twice(capsys: Captured) -> None:
    assert run(TEXTS / "en-old.md", TEXTS / "en-old.md") == command.NO_DIFFERENCE
    assert capsys.readouterr().out == "No difference.\n"


def test_a_document_may_differ_in_its_title_or_preamble_alone(tmp_path: Path) -> None:
    texts = {"a": "# T\n\nx\n\n## A\n\ny\n", "b": "# T\n\nz\n\n## A\n\ny\n"}
    texts["c"] = texts["a"].replace("# T", "# U", 1)
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    for name in "bc":
        assert run(tmp_path / "a.md", tmp_path / f"{name}.md") == command.DIFFERENCES


def test_two_versions_of_a_pack_by_name(tmp_path: Path, capsys: Captured) -> None:
    write(tmp_path / "kino", versions(SECOND))
    packs = ("--packs", tmp_path)
    assert run("kino@2021-11-01", f"kino@{SECOND}", *packs, "--format", "markdown") == 1
    assert capsys.readouterr().out.startswith(f"# From 2021-11-01 to {SECOND}\n")
    assert run("kino", f"kino@{SECOND}", *packs) == command.NO_DIFFERENCE


def test_two_folders_in_one_language(tmp_path: Path, capsys: Captured) -> None:
    old = write(tmp_path / "old")
    text = FILES[f"{ZH}/policy.md"].replace("只取一次", "只取这一次")
    new = write(tmp_path / "new", {**FILES, f"{ZH}/policy.md": text})
    told = ("--language", "zh_Hans", "--locale", "zh_Hans")
    assert run(old, f"{new}@2021-11-01", *told) == command.DIFFERENCES
    out = capsys.readouterr().out
    assert "~ 只取{+这+}一次" in out
    assert "全文（en）" not in out


def test_the_kits_own_packs_are_known_by_name(capsys: Captured) -> None:
    assert run("epiao", "epiao") == command.NO_DIFFERENCE
    assert "No difference." in capsys.readouterr().out


def test_what_cannot_be_compared(tmp_path: Path, capsys: Captured) -> None:
    pack = write(tmp_path / "kino")
    (tmp_path / "latin.md").write_bytes(b"# T\n\n## A\n\n\xff\n")
    (tmp_path / "broken").mkdir()
    write(tmp_path / "broken", {**FILES, TOML: "format ="})
    cases = {
        ("nowhere", str(pack)): "'nowhere' is neither a Markdown file nor a folder with pack.toml",
        (str(pack), f"{pack}@1999"): "no version 1999; there are 2021-11-01",
        (str(pack), str(TEXTS / "en-old.md")): "give two of one kind",
        (str(pack), str(tmp_path / "latin.md")): "latin.md:5: this is no UTF-8",
        (str(pack), str(tmp_path / "broken")): "pack.toml:1: this is no TOML",
        (str(pack), str(pack), "--locale", "fr"): "choose zh_Hans, en",
    }
    for arguments, message in cases.items():
        assert run(*arguments) == command.ERROR, arguments
        captured = capsys.readouterr()
        assert captured.out == ""
        assert message in captured.err


def test_long_work_is_reported_and_short_work_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(TEXTS / "en-old.md", TEXTS / "en-new.md")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(command, "SILENT_SECONDS", 0.0)
    run(TEXTS / "en-old.md", TEXTS / "en-new.md")
    assert capsys.readouterr().err.startswith("\rcomparing: 0 of ")
