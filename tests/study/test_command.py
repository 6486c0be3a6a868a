"""``mingshi study`` as somebody types it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from components.study import command

from .test_folder import begin, filled
from .writing import READY, ROOT, ready, written


def run(*typed: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(it) for it in typed]))


def test_the_command_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "components", "study", "check", str(READY / "layers.toml")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "epiao-layers, version 1: summative, zh_Hans, en" in done.stdout
    assert "2 conditions between participants: opening (summary/full)" in done.stdout
    assert "form A: 15 items (7 false, 2 not_stated, 6 true)" in done.stdout


def test_faults_are_told_with_the_files_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = ready("layers")
    study["study"]["kind"] = "sumative"
    path = written(tmp_path, study)
    assert run("check", path) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"{path}:") and "Remedy: allowed are: formative" in told.err
    assert run("check", tmp_path / "nothing.toml") == 1


def test_places_are_drawn_up_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    assert run("allocate", READY / "first-look.toml", folder) == 0
    assert "24 places" in capsys.readouterr().out
    table = (folder / "allocation.csv").read_bytes()
    assert table.startswith(b"code,locale,position,block,tasks\n")
    assert run("allocate", READY / "first-look.toml", folder) == 2
    assert "is there already" in capsys.readouterr().err
    assert (folder / "allocation.csv").read_bytes() == table


def test_withdrawing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, codes = filled(tmp_path)
    typed = f"{codes[0][:3].lower()} {codes[0][3:]}"
    assert run("withdraw", typed, tmp_path) == 0
    assert f"{codes[0]}: 2 sessions deleted" in capsys.readouterr().out
    (tmp_path / "notes.txt").write_text(codes[1], encoding="utf-8")
    assert run("withdraw", codes[1], tmp_path) == 1
    assert "notes.txt: still names the participant" in capsys.readouterr().err
    swapped = codes[2][1] + codes[2][0] + codes[2][2:]
    if swapped != codes[2]:
        assert run("withdraw", swapped, tmp_path) == 2
        assert "mistaken or swapped" in capsys.readouterr().err
    assert run("withdraw", codes[2], tmp_path / "elsewhere") == 2
    assert (tmp_path / "sessions" / codes[2]).exists()


def test_verifying(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, codes = filled(tmp_path)
    assert run("verify", tmp_path) == 0
    assert "4 sessions, 0 damaged" in capsys.readouterr().out
    begin(folder, codes[1]).record("stim.tap", control="x")
    for session in folder.sessions()[:1]:
        path = session / "events.jsonl"
        path.write_bytes(path.read_bytes().replace(b'"android"', b'"desktop"', 1))
    assert run("verify", tmp_path) == 1
    told = capsys.readouterr()
    assert "5 sessions, 1 damaged" in told.out and "line " in told.err
    assert run("verify", tmp_path / "elsewhere") == 2


def test_exporting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path)
    study = READY / "first-look.toml"
    assert run("export", study, tmp_path, "--excel") == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "derived" / "full")
    assert (tmp_path / "derived" / "full" / "wide.csv").exists()
    assert run("export", study, tmp_path, "--tier", "share") == 2
    assert "3 participants are fewer than the 5" in capsys.readouterr().err
    session = next(tmp_path.glob("sessions/*/*/events.jsonl"))
    session.write_bytes(session.read_bytes().replace(b'"android"', b'"desktop"', 1))
    assert run("export", study, tmp_path) == 1
    assert "line " in capsys.readouterr().err
