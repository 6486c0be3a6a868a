"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LARGEST_FILE_BYTES = 5_000_000
PROJECT = (
    *(".ci", ".github", "assets", "components", "docs", "locales", "policy_content", "tests"),
    *("CHANGELOG.md", "LICENSE", "MANIFEST.in", "README.md", "README.zh.md", "SECURITY.md"),
    "THIRD_PARTY_NOTICES.txt",
    *("app.py", "pyproject.toml", "requirements.lock"),
)
"""What belongs to the project, wherever it is checked out and whatever a machine leaves beside."""

_LEFT_BEHIND = {"__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
_BINARY = {".jpg", ".mo", ".png", ".ttf", ".wasm", ".webp", ".woff2"}
# Not written out, or this file would hold what it looks for.
_OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:work|tmp|root|home|farm|Users|opt|mnt)/[\w.]"
    r"|\.\./" + "shared" + r"|[A-Z]:\\Users"
    r"|(?:extra-)?index" + r"-url|trusted" + r"-host"
)


def files() -> Iterator[Path]:
    """Every file of the project."""
    for name in PROJECT:
        path = ROOT / name
        for found in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if found.is_file() and not _LEFT_BEHIND & set(found.parts):
                yield found


def text_files() -> list[Path]:
    """Every file of the project that people read."""
    return [path for path in files() if path.suffix not in _BINARY]


def short(path: Path) -> str:
    """A path from the project's root."""
    return path.relative_to(ROOT).as_posix()


def test_a_file_is_read_in_one_sitting() -> None:
    read = [path for path in text_files() if path.suffix in (".py", ".md") and _is_ours(path)]
    assert len(read) > 100
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in read}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def _is_ours(path: Path) -> bool:
    """A policy is as long as its controller makes it."""
    return not path.is_relative_to(ROOT / "policy_content")


def test_nothing_names_the_machine_it_was_written_on() -> None:
    found = {
        f"{short(path)}, line {number}: {line.strip()}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _OF_ONE_MACHINE.search(line)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("see /" + "home/ann/mingshi", True),
        ("open('/" + "tmp/x')", True),
        ("../" + "shared/design.md", True),
        ("pip --index" + "-url https://pypi.example", True),
        ("https://pypi.example/work/home/x", False),
        ("GET /home and /v1/subjects", False),
        ("`docs/work/plan.md`", False),
    ],
)
def test_what_names_a_machine(line: str, named: bool) -> None:
    assert bool(_OF_ONE_MACHINE.search(line)) is named


def test_no_file_is_too_large_for_the_repository() -> None:
    sizes = {short(path): path.stat().st_size for path in files()}
    assert {path: size for path, size in sizes.items() if size > LARGEST_FILE_BYTES} == {}


def test_every_public_name_says_what_it_is() -> None:
    silent = [
        f"{short(path)}: {name}"
        for path in sorted((ROOT / "components").rglob("*.py"))
        for name in undocumented(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def undocumented(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[str]:
    """Public classes, functions and methods without a docstring; a nested function is not public.

    What overrides Flet's own method keeps Flet's meaning.
    """
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if child.name.startswith("_"):
            continue
        if ast.get_docstring(child) is None:
            yield f"{prefix}{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from undocumented(child, f"{prefix}{child.name}.")


def test_a_missing_docstring_is_found() -> None:
    source = "def said():\n    'x'\ndef _own(): ...\nclass A:\n    'x'\n    def b(self): ...\n"
    assert list(undocumented(ast.parse(source))) == ["A.b"]


def test_the_licences_are_there() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence and "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    fonts = list((ROOT / "assets").rglob("*.woff2"))
    assert fonts
    font_licence = (ROOT / "assets" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in font_licence


def commands(text: str) -> list[str]:
    """The commands in a text's ``sh`` blocks, each block one."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [block.strip() for block in blocks]


def test_the_readme_and_ci_run_the_same_suite() -> None:
    demo, suite, *_ = commands((ROOT / "README.md").read_text(encoding="utf-8"))
    for command in (demo, suite):
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && .venv/bin/python -m pip install ")
        assert " -c requirements.lock " in command
    assert demo.endswith("-e '.[demo]' && .venv/bin/mingshi demo")
    assert suite.endswith("-e '.[test]' && .venv/bin/python -m tests")
    ci = ROOT / ".ci" / "run"
    lines = [
        line
        for line in ci.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', suite]
    if os.name == "posix":
        assert ci.stat().st_mode & stat.S_IXUSR


def test_the_lock_names_an_exact_version_of_every_direct_dependency() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    exact = [line for line in lines if re.fullmatch(r"[\w.-]+==[\w.]+(?: ; .+)?", line)]
    assert exact == [line for line in lines if not line.startswith("#")]
    pinned = {line.partition("==")[0].strip().lower() for line in exact}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    direct = re.findall(r'^    "([\w-]+)(?:\[[\w,]+\])?>=', project, flags=re.MULTILINE)
    assert len(direct) > 20
    assert {name.lower().replace("_", "-") for name in direct} - pinned == set()


def test_every_link_and_picture_in_the_documents_leads_somewhere() -> None:
    missing = [
        f"{short(path)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not target.startswith(("https://", "mailto:", "tel:"))
        and not (path.parent / target).exists()
    ]
    assert missing == []
