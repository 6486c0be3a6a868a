"""The command, the file of waivers and the pytest plugin, as somebody uses them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from components.fairness.serving import NoSuchApp, app_named
from components.fairness.waivers import WaiverFault, read_waivers

ROOT = Path(__file__).resolve().parents[2]
WAIVER = """\
[[waivers]]
rule = "CS-01"
surface = "ask"
reason = "because"
by = "Ann"
decided = 2026-03-03
until = 2026-09-30
"""


def mingshi(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "components", "fairness", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_an_unfair_screen_fails_the_run_and_is_told_in_sarif(tmp_path: Path) -> None:
    out = tmp_path / "found.sarif"
    done = mingshi(
        "components.fairness.unfair.gallery:main",
        *("--route", "/loud-consent?locale=en", "--locale", "en"),
        *("--format", "sarif", "--output", str(out)),
    )
    assert done.returncode == 1, done.stderr
    results = json.loads(out.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert {it["ruleId"] for it in results if it["level"] == "error"} == {"CS-03"}


def test_what_cannot_be_looked_at_is_said() -> None:
    done = mingshi("components.fairness.unfair.gallery:nothing")
    assert done.returncode == 2
    assert "there is: asked-again" in done.stderr
    done = mingshi("components.fairness.unfair.gallery:main", "--part", "accept")
    assert done.returncode == 2
    assert "PART=LABEL" in done.stderr


def test_an_example_is_found_by_its_name() -> None:
    assert callable(app_named("components.notices.prompt.examples:location", "en"))
    with pytest.raises(NoSuchApp, match="location"):
        app_named("components.notices.prompt.examples:lokation", "en")
    with pytest.raises(NoSuchApp, match="imported"):
        app_named("components.nothing:main", "en")


def test_waivers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(WAIVER, encoding="utf-8")
    (waiver,) = read_waivers(path)
    assert (waiver.rule, waiver.by, waiver.until.isoformat()) == ("CS-01", "Ann", "2026-09-30")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('reason = "because"\n', "", "reason"),
        ('"because"', '" "', "empty"),
        ("2026-09-30", "2026-01-01", "ends before"),
        ("2026-09-30", '"soon"', "no day"),
        ("[[waivers]]", "[waivers]", "as \\[\\[waivers\\]\\]"),
        ("[[waivers]]", "[[waiver]]", "unknown"),
        ("[[", "[[[", "waivers.toml"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(WAIVER.replace(old, new), encoding="utf-8")
    with pytest.raises(WaiverFault, match=told):
        read_waivers(path)


THEIRS = """\
import pytest
from components.fairness import Box, Element, Part, Role, Screen
from components.fairness.plugin import assert_fair

def test_alone():
    agree = Element(Role.BUTTON, "Agree", part=Part.ACCEPT)
    assert_fair(Screen("ask", "en", 360, 640, (agree,), declared=True))

def test_fair():
    no = Element(Role.BUTTON, "No thanks", part=Part.REFUSE)
    agree = Element(Role.BUTTON, "Agree", part=Part.ACCEPT)
    assert assert_fair(Screen("ask", "en", 360, 640, (no, agree), declared=True)).fair

def test_fixture(fair):
    assert callable(fair)
"""


def test_the_plugin_asserts(tmp_path: Path) -> None:
    (tmp_path / "test_theirs.py").write_text(THEIRS, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "no:mingshi-fairness", "-p", "components.fairness.plugin"),
            *("--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path / "test_theirs.py")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 passed" in done.stdout and "1 failed" in done.stdout
    assert "ERROR CS-01" in done.stdout
