"""The workflows say what the project says; that they run is for a hosted runner to show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .runtime import PYTHONS, ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.iterdir())
_PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def read(name: str) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return workflow


def commands(job: dict[str, Any]) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_may_read_only_and_names_exact_actions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = [line.strip() for line in text.splitlines() if "uses:" in line]
    assert used
    assert [it for it in used if not _PINNED.fullmatch(it.removeprefix("- "))] == []
    assert "secrets." not in text
    workflow = read(path.name)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120 and "permissions" not in job


def test_the_suite_runs_on_every_supported_python_by_the_command_of_the_readme() -> None:
    suite = read("ci.yml")["jobs"]["suite"]
    assert tuple(suite["strategy"]["matrix"]["python"]) == PYTHONS
    assert commands(suite).strip() == ".ci/run"


def test_every_bundle_is_built() -> None:
    jobs = read("build.yml")["jobs"]
    targets = {
        *jobs["android"]["strategy"]["matrix"]["target"],
        *(it["target"] for it in jobs["desktop"]["strategy"]["matrix"]["include"]),
    }
    assert targets == {"aab", "apk", "linux", "macos", "windows"}
    for name in ("android", "desktop"):
        assert "flet build ${{ matrix.target }} --yes" in commands(jobs[name])
    assert "flet build ipa --yes" in commands(jobs["ios"])
    assert 'mingshi phone epiao --ios "$app"' in commands(jobs["ios"])
    for name in ("android", "ios"):
        assert "mingshi phone epiao --project pyproject.toml --check" in commands(jobs[name])
    for job in jobs.values():
        assert any("upload-artifact" in step.get("uses", "") for step in job["steps"])


def test_what_the_releasing_page_says_is_what_is_run() -> None:
    page = " ".join((ROOT / "docs" / "releasing.md").read_text(encoding="utf-8").split())
    jobs = read("build.yml")["jobs"] | read("ci.yml")["jobs"]
    for name, command in (
        ("package", "python -m build"),
        ("package", "cyclonedx-py environment runtime/bin/python --pyproject pyproject.toml"),
        ("audit", "python -m pip_audit --strict --no-deps --disable-pip -r requirements.lock"),
    ):
        assert command in page
        assert command in " ".join(commands(jobs[name]).split())
