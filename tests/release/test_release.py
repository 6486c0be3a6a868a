"""A release: one version, a changelog, and archives that hold what they should."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from ..project.test_house import ROOT, files, short
from .runtime import PROJECT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", flags=re.MULTILINE)


def test_the_changelog_has_the_version_and_what_comes_after_it() -> None:
    names = [found[1] for found in HEADING.finditer(CHANGELOG)]
    assert names[0] == "Unreleased"
    released = [Version(name) for name in names[1:]]
    assert released == sorted(released, reverse=True)
    assert released[0] == Version(PROJECT["version"])
    assert len(re.findall(r"^## ", CHANGELOG, flags=re.MULTILINE)) == len(names)


def test_the_version_stands_in_one_place() -> None:
    own = re.compile(rf"""(?:version|mingshi)\W{{1,5}}{re.escape(PROJECT["version"])}\b""", re.I)
    naming = [
        short(path)
        for path in files()
        if path.suffix in (".py", ".toml") and own.search(path.read_text(encoding="utf-8"))
    ]
    assert naming == ["pyproject.toml"]


def test_the_command_says_its_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "components", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"mingshi {version('mingshi')}\n"
    assert version("mingshi") == PROJECT["version"], "install again: pip install -e '.[test]'"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built by what pyproject.toml names as its builder."""
    project = tmp_path_factory.mktemp("sdist") / "project"
    project.mkdir()
    # Of a copy, because building leaves folders behind.
    for path in files():
        (project / short(path)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, project / short(path))
    program = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", program, project.parent],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )
    (built,) = project.parent.glob("*.tar.gz")
    return built


def test_the_source_distribution_is_the_project(archive: Path) -> None:
    folder = f"mingshi-{PROJECT['version']}"
    assert archive.name == f"{folder}.tar.gz"
    with tarfile.open(archive) as opened:
        held = {it.name.removeprefix(f"{folder}/") for it in opened if it.isfile()}
    built = {"PKG-INFO", "setup.cfg"}
    assert {it for it in held if not it.startswith("mingshi.egg-info/")} - built == {
        short(path) for path in files() if path.suffix != ".pyc"
    }
