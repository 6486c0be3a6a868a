"""The whole suite: ``python -m tests``, from the project's root.

Makes sure that there are a browser and PostgreSQL, then runs ruff, mypy and pytest, and holds the
coverage of the rooms that decide and remember. Stops at the first check that fails, but runs all
tests whatever becomes of some; its exit status is that of the first stage that failed.

Arguments go on to pytest, as in ``python -m tests tests/policy -k notice``. Such a run is part of
the suite, so its coverage is shown and not held.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKED = ("components", "app.py", "tests")
COVERED_ROOMS = ("policy", "consent", "sync", "endpoint")
"""Each of them, not only all together, is to have the branch coverage that pyproject.toml names."""
COVERING = tuple(f"tests/{room}" for room in COVERED_ROOMS)
"""The tests by which it is to have that. Coverage doubles the time of whatever draws a screen, and
a line that only a screen's test runs is not held by it."""
UNMEASURED = (
    "tests/endpoint/test_description.py",
    "tests/sync/test_replicas.py",
    "tests/policy/diff/test_documents.py",
    "tests/policy/test_fuzz.py",
)
"""The longest files of those rooms, which go through the same lines thousands of times: they run
with the rest, since coverage doubles their time, too, and the rooms have theirs without them."""

_MOST_PROCESSES = 4
"""More at once would be many browsers and databases on one disk."""
_PYTEST = ("-m", "pytest", "--dist", "loadfile", "--no-loadscope-reorder")
"""What a file's tests share (a browser, a server) is started once for the file; the order of the
files is that of tests/conftest.py."""
_COVERAGE = ("--cov", "--cov-report=", "--cov-fail-under=0")
_DOWNLOAD_SECONDS = 900
_NO_BROWSER = """\
The browser tests need Chromium, and there is none here that starts. What was tried:
{tried}
Do one of these by hand, then run the suite again:
  python -m playwright install --with-deps chromium
  install your system's package (chromium, chromium-browser or google-chrome-stable)"""
_NO_POSTGRESQL = """\
The endpoint is tested on PostgreSQL too, and there is none here that can be started: {reason}.
What was tried:
{tried}
Do one of these by hand, then run the suite again; the server need not run, the tests start their
own:
  sudo apt-get install postgresql        (Debian, Ubuntu)
  sudo dnf install postgresql-server     (Fedora, Red Hat)
  brew install postgresql@17             (macOS)
  put the folder of initdb, postgres and pg_basebackup on the PATH"""


@dataclass(frozen=True)
class Stage:
    """One command of the suite and what to call it.

    Attributes:
        name: What it is.
        command: Arguments for Python.
        ends: Whether nothing comes after it once it failed. Tests do not: what else fails is worth
            knowing, and takes as long to find out the next time.
    """

    name: str
    command: tuple[str, ...]
    ends: bool = True


@dataclass(frozen=True)
class Result:
    """How a stage ended: its exit status, and how many seconds it took."""

    stage: Stage
    status: int
    seconds: float


def stages(arguments: Sequence[str]) -> list[Stage]:
    """The suite, in order; what is quick to fail comes first.

    Args:
        arguments: For pytest; with any, the run is a partial one and coverage is not held.
    """
    report = ("-m", "coverage", "report")
    pytest = (*_PYTEST, "-n", str(_processes()))
    measured = (*COVERING, *(f"--ignore={it}" for it in UNMEASURED))
    rest = unmeasured()
    checks = [
        Stage("ruff check", ("-m", "ruff", "check", *CHECKED)),
        Stage("ruff format", ("-m", "ruff", "format", "--check", *CHECKED)),
        Stage("mypy --strict", ("-m", "mypy", "--strict", *CHECKED)),
    ]
    if arguments:
        return [
            *checks,
            Stage("pytest", (*pytest, *_COVERAGE, *arguments)),
            Stage("coverage", (*report, "--fail-under=0")),
        ]
    return [
        *checks,
        Stage("pytest of the covered rooms", (*pytest, *_COVERAGE, *measured), ends=False),
        # One by one, which pytest-cov cannot do: it knows only their sum.
        *(
            Stage(f"coverage of {room}", (*report, f"--include=components/{room}/*"), ends=False)
            for room in COVERED_ROOMS
        ),
        Stage("pytest of the rest", (*pytest, *rest, "-m", "not alone"), ends=False),
        # What another test's browser takes of the processor would be measured, too.
        Stage("pytest of what is timed", ("-m", "pytest", *rest, "-m", "alone"), ends=False),
    ]


def unmeasured() -> tuple[str, ...]:
    """Where the tests are that run without coverage: files of the covered rooms, other folders."""
    others = sorted(
        it.relative_to(ROOT).as_posix()
        for it in (ROOT / "tests").iterdir()
        if (it.is_dir() and any(it.rglob("test_*.py"))) or it.match("test_*.py")
    )
    return (*UNMEASURED, *(it for it in others if it not in COVERING))


def _processes() -> int:
    """One more than there are cores: a test that waits for its browser leaves a core idle."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = os.cpu_count() or 1 if affinity is None else len(affinity(0))
    return min(cores + 1, _MOST_PROCESSES)


def main(arguments: Sequence[str]) -> int:
    """Run the suite; the exit status of the first stage that failed, or 0."""
    os.chdir(ROOT)
    # Output of this program and of what it starts, in the order in which it was written.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if not has_browser() or not has_postgresql():
        return 2
    results: list[Result] = []
    for stage in stages(arguments):
        results.append(run(stage))
        if results[-1].status != 0 and stage.ends:
            break
    print("\n== summary")
    for result in results:
        outcome = "passed" if result.status == 0 else f"FAILED with status {result.status}"
        print(f"{result.seconds:7.1f} s  {result.stage.name}: {outcome}")
    return next((result.status for result in results if result.status != 0), 0)


def run(stage: Stage) -> Result:
    """Run one stage and let its output through."""
    print(f"\n== {stage.name}: python {' '.join(stage.command)}")
    start = time.monotonic()
    done = subprocess.run([sys.executable, *stage.command], stdin=subprocess.DEVNULL)
    return Result(stage, done.returncode, time.monotonic() - start)


def has_browser() -> bool:
    """Whether a Chromium is there that starts; one is fetched if it can be."""
    browser, tried = _found_or_fetched("Chromium", working_browser, ways_to_get_a_browser())
    if browser is None:
        print(_NO_BROWSER.format(tried=tried))
        return False
    print(f"== browser: {browser}")
    return True


def has_postgresql() -> bool:
    """Whether PostgreSQL's programs are there and can be run; they are installed if they can be."""
    folder, tried = _found_or_fetched("PostgreSQL", working_postgresql, ways_to_get_postgresql())
    if folder is None:
        print(_NO_POSTGRESQL.format(tried=tried, reason=_why_no_postgresql()))
        return False
    print(f"== PostgreSQL: {folder}")
    return True


def _found_or_fetched(
    name: str, find: Callable[[], str | None], ways: Sequence[tuple[str, ...]]
) -> tuple[str | None, str]:
    """Where it is, and what was tried to get it."""
    tried = []
    found = find()
    for command in ways:
        if found is not None:
            break
        print(f"== no {name} here; trying: {' '.join(command)}")
        tried.append(f"  {' '.join(command)}: {_try(command)}")
        found = find()
    return found, "\n".join(tried) or "  nothing could be tried"


def working_browser() -> str | None:
    """Path of the Chromium that the browser tests will take, None if there is none that starts."""
    from playwright.async_api import async_playwright

    from tests.browser.harness import BrowserMissing, find_chromium

    async def found() -> str:
        async with async_playwright() as playwright:
            return find_chromium(playwright)

    try:
        browser = asyncio.run(found())
    except BrowserMissing:
        return None
    try:
        # Without the libraries it needs it does not come as far as this.
        subprocess.run([browser, "--version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return browser


def ways_to_get_a_browser() -> list[tuple[str, ...]]:
    """Commands that may bring a Chromium here, the gentlest first."""
    return [(sys.executable, "-m", "playwright", "install", "chromium"), *_apt("chromium")]


def working_postgresql() -> str | None:
    """Folder of PostgreSQL's programs, None if they are not there or cannot be run."""
    from tests.databases.binaries import PostgresMissing, account, find_binaries

    try:
        folder = find_binaries()
        account()
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True)
    except (PostgresMissing, OSError, subprocess.SubprocessError):
        return None
    return str(folder)


def _why_no_postgresql() -> str:
    from tests.databases.binaries import PostgresMissing, account, find_binaries

    try:
        return f"{find_binaries()} as {account() or 'this user'} does not start"
    except PostgresMissing as missing:
        return str(missing)


def ways_to_get_postgresql() -> list[tuple[str, ...]]:
    """Commands that may bring PostgreSQL here."""
    if shutil.which("brew") is not None:
        return [("brew", "install", "postgresql@17")]
    return _apt("postgresql")


def _apt(package: str) -> list[tuple[str, ...]]:
    """Commands that install a Debian package; none where that cannot be done without asking."""
    if shutil.which("apt-get") is None:
        return []
    root: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return []
        root = ("sudo", "-n")  # without a password or not at all: nobody sits here to type one
    quiet = (*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y")
    return [(*quiet, "update"), (*quiet, "install", package)]


def _try(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=_DOWNLOAD_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return "done" if done.returncode == 0 else f"failed with status {done.returncode}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
