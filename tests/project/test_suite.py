"""What the suite's command does before it runs: find what it needs, fetch it, or say how."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from pathlib import Path

import pytest

from tests import __main__ as suite
from tests.databases import binaries
from tests.databases.binaries import NEEDED, PostgresMissing, account, find_binaries


def program(folder: Path, name: str, words: str = "exit 0") -> Path:
    """A program of a few words of shell."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without PostgreSQL: nothing on the PATH but this folder, no packages."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(binaries, "PLACES", ((str(tmp_path / "usr"), "*/bin"),))
    return folder


def test_the_newest_of_several_versions_is_taken(bare: Path, tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        for name in NEEDED:
            program(tmp_path / "usr" / version / "bin", name)
    (tmp_path / "usr" / "17" / "bin" / "initdb").unlink()
    assert find_binaries() == tmp_path / "usr" / "15" / "bin"


def test_homebrew_keeps_it_off_the_path(bare: Path, tmp_path: Path) -> None:
    program(bare, "brew")
    for name in NEEDED:
        program(tmp_path / "opt" / "postgresql@17" / "bin", name)
    assert find_binaries() == tmp_path / "opt" / "postgresql@17" / "bin"


def test_a_link_on_the_path_leads_to_the_others(bare: Path, tmp_path: Path) -> None:
    for name in NEEDED:
        program(tmp_path / "opt" / "bin", name)
    (bare / "postgres").symlink_to(tmp_path / "opt" / "bin" / "postgres")
    assert find_binaries() == tmp_path / "opt" / "bin"
    assert suite.working_postgresql() == str(tmp_path / "opt" / "bin")


def test_one_that_does_not_start_is_none(bare: Path, tmp_path: Path) -> None:
    for name in NEEDED:
        program(tmp_path / "usr" / "16" / "bin", name, "exit 127")
    assert find_binaries()
    assert suite.working_postgresql() is None


def test_what_cannot_be_found_is_said_with_what_to_do(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not suite.has_postgresql()
    said = capsys.readouterr().out
    assert "initdb" in said
    assert "nothing could be tried" in said
    for by_hand in ("apt-get install postgresql", "brew install", "dnf install"):
        assert by_hand in said


def test_it_is_installed_where_that_can_be_done(
    bare: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered = tmp_path / "delivered"
    for name in NEEDED:
        program(delivered / "17" / "bin", name)
    asked = tmp_path / "asked"
    move = shutil.which("mv", path="/usr/bin:/bin")
    program(bare, "brew", f'echo "$@" > {asked}\n{move} {delivered} {tmp_path / "usr"}')
    assert suite.has_postgresql()
    assert asked.read_text().split() == ["install", "postgresql@17"]
    assert str(tmp_path / "usr" / "17" / "bin") in capsys.readouterr().out


def test_an_installation_that_fails_is_told(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(bare, "brew", "exit 3")
    assert not suite.has_postgresql()
    assert "brew install postgresql@17: failed with status 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tools", "user", "first"),
    [
        ([], 0, None),
        (["apt-get"], 0, "env"),
        (["apt-get", "sudo"], 1000, "sudo"),
        (["apt-get"], 1000, None),
    ],
)
def test_packages_are_asked_for_without_a_password_or_not_at_all(
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    tools: list[str],
    user: int,
    first: str | None,
) -> None:
    for name in tools:
        program(bare, name)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    ways = suite.ways_to_get_postgresql()
    assert [way[0] for way in ways] == ([] if first is None else [first, first])
    assert [way[-1] for way in ways] == ([] if first is None else ["update", "postgresql"])
    browser = suite.ways_to_get_a_browser()
    assert browser[0] == (sys.executable, "-m", "playwright", "install", "chromium")
    assert len(browser) == 1 + len(ways)


def test_the_server_runs_as_somebody_else_than_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account() is None
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert account() not in (None, "root")

    def nobody(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(pwd, "getpwnam", nobody)
    with pytest.raises(PostgresMissing, match="root"):
        account()


def test_every_file_of_tests_is_run_and_each_once() -> None:
    measured = {
        path
        for room in suite.COVERING
        for path in (suite.ROOT / room).rglob("test_*.py")
        if path.relative_to(suite.ROOT).as_posix() not in suite.UNMEASURED
    }
    given = [suite.ROOT / it for it in suite.unmeasured()]
    unmeasured = [
        path for it in given for path in ([it] if it.is_file() else it.rglob("test_*.py"))
    ]
    assert len(unmeasured) == len(set(unmeasured))
    assert not measured & set(unmeasured)
    assert measured | set(unmeasured) == set((suite.ROOT / "tests").rglob("test_*.py"))
    assert all((suite.ROOT / it).is_file() for it in suite.UNMEASURED)
