"""``mingshi study run`` and ``codes`` as somebody types them."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from components.prototype.studying import command
from components.prototype.studying.code_sheet import code_sheet
from components.prototype.studying.room import picture_of
from components.study.folder import StudyFolder

from .stations import FIRST_LOOK, READY, folder_for

ROOT = Path(__file__).resolve().parents[2]


def run(*typed: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(it) for it in typed]))


def test_a_study_is_served_and_its_places_drawn_up(tmp_path: Path) -> None:
    typed = ["study", "run", str(READY / "first-look.toml"), str(tmp_path / "study")]
    typed += ["--port", "0", "--stimulus", str(tmp_path / "app"), "--observe"]
    with subprocess.Popen(
        [sys.executable, "-m", "components", *typed],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            told = [process.stdout.readline() for _ in range(5)]
            found = re.search(r"http://127\.0\.0\.1:\d+/", "".join(told))
            assert found is not None, told
            page = httpx.get(found[0], trust_env=False)
            assert page.status_code == 200 and "<iframe" not in page.text
            now = httpx.get(f"{found[0]}frame?after=0", trust_env=False).json()
            assert now["app"] is False and now["lang"] == "zh-Hans"
            assert httpx.get(f"{found[0]}study", trust_env=False).status_code == 200
            beside = re.search(rf"{found[0]}observe-([\w-]{{22}}) to observe", "".join(told))
            assert beside is not None, told
        finally:
            process.terminate()
    kept = StudyFolder(tmp_path / "study")
    assert len(kept.places(FIRST_LOOK)) == 24
    # What the report needs of the app that was studied is there before anybody takes part.
    assert "shortest ways" in told[1] and len(kept.builds()) == 1
    assert not (tmp_path / "app").exists()


def test_a_language_that_the_study_is_not_held_in_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", READY / "first-look.toml", tmp_path, "--locale", "ar") == 2
    assert "held in zh_Hans, en; choose one of them with --locale" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_study_is_in_windows_here_or_on_a_phone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", READY / "first-look.toml", tmp_path, "--window", "--phone") == 2
    assert "leave one out" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_takes_no_screens_is_still_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", READY / "layers.toml") == 0
    assert "epiao-layers" in capsys.readouterr().out
    assert run("verify", tmp_path) == 0


def test_the_sheet_has_a_picture_for_each_code(tmp_path: Path) -> None:
    folder = folder_for(FIRST_LOOK, tmp_path)
    gone = folder.places(FIRST_LOOK)[3].code
    folder.withdraw(gone)
    address, out = "http://192.0.2.10:8560/", tmp_path / "codes.html"
    typed = ("codes", READY / "first-look.toml", folder.path, "--address", address)
    assert run(*typed, "--locale", "en", "--out", out) == 0
    sheet = out.read_text(encoding="utf-8")
    codes = [it.code for it in folder.places(FIRST_LOOK) if it.code]
    assert len(codes) == 23 and sheet.count("<svg") == 23
    assert all(f"<b>{it}</b>" in sheet for it in codes)
    assert f"<b>{gone}</b>" not in sheet
    # The picture holds the way to the study: with another address it is another picture.
    places = folder.places(FIRST_LOOK)
    assert code_sheet(FIRST_LOOK, places, "en", "") != sheet
    assert not re.search(r"""(?:src|href)=["']""", sheet)


def test_the_code_is_a_picture() -> None:
    picture = picture_of("K4XDA")
    assert picture is not None and picture.startswith(b"\x89PNG")
    assert picture_of("K4XDC") != picture
    assert picture_of("") is None
