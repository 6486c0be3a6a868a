"""``mingshi export`` as it is called."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from components.policy import parse_document
from components.policy.exporting import command

from ..small_pack import FILES, PACK, POLICY_EN, POLICY_ZH, write


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(tmp_path / "pack")


def test_the_policy(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(pack) == 0
    assert capsys.readouterr().out == POLICY_ZH
    assert run(pack, "--locale", "en", "--version", "2021-11-01") == 0
    assert capsys.readouterr().out == POLICY_EN
    assert run(pack, "--format", "html") == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert run(pack, "--format", "txt") == 0
    assert capsys.readouterr().out.startswith("小影院隐私政策\n")


@pytest.mark.parametrize("what", ["collected", "shared", "sdks"])
def test_the_lists(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    assert run(pack, "--what", what, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)
    file = tmp_path / "list.csv"
    assert run(pack, "--what", what, "--output", file) == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    assert b"\r\r\n" not in content


def test_a_delivered_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("epiao") == 0
    assert parse_document(capsys.readouterr().out).title


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "csv"), "policy cannot be written as csv"),
        (("--what", "sdks", "--format", "md"), "sdks cannot be written as md"),
        (("--locale", "ar"), "known are: zh_Hans, en"),
        (("--version", "9"), "known are: 2021-11-01"),
        (("--output", "no/such/folder/x"), "no/such/folder/x"),
    ],
)
def test_what_does_not_exist(
    pack: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(pack, *arguments) == 2
    assert said in capsys.readouterr().err


def test_faults_are_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, {**FILES, "pack.toml": PACK.replace("format = 1", "format = 2")})
    assert run(folder) == 2
    assert f"{folder / 'pack.toml'}:1: " in capsys.readouterr().err
    assert run(tmp_path / "none") == 2
    assert "epiao" in capsys.readouterr().err
