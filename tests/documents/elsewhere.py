"""The commands that are not run here: each by name, with the reason, and what is held instead.

A command that needs a registry for more than what is installed, a machine that is not this one, or
longer than all other tests together. An entry that fits no command of the documents fails too.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from packaging.requirements import InvalidRequirement, Requirement

from tests.patience import PATIENCE

from . import options
from .reading import ROOT, Document
from .shell import Command, commands
from .things import put_in
from .workplace import Workplace

Check = Callable[[Command, Document, Workplace], str | None]
"""What is wrong with a command that is not run; None if nothing is."""


@dataclass(frozen=True)
class NotRun:
    """A command that is not run.

    Attributes:
        command: All of it, as `Command` has it.
        because: Why it cannot be.
        check: What is held instead.
    """

    command: str
    because: str
    check: Check


@cache
def _project() -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def _locked() -> frozenset[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return frozenset(re.split(r"[=\s;\[]", line)[0] for line in lines if line[:1].isalnum())


def _extras() -> Mapping[str, list[str]]:
    extras: Mapping[str, list[str]] = _project()["project"]["optional-dependencies"]
    return extras


def as_ci_does(command: Command, document: Document, place: Workplace) -> str | None:
    """The line is the one that CI runs."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    if command.block.text.strip() != lines[-1]:
        return "CI runs another command: the last line of .ci/run is to be this block"
    return None


def as_for_a_shell(command: Command, document: Document, place: Workplace) -> str | None:
    """The Windows line does what a line for a shell does, in the same document."""
    text = command.text.replace("py -m venv", "python3 -m venv")
    text = re.sub(r"\.venv\\Scripts\\", ".venv/bin/", text).replace('"', "'")
    twins = [it.text.strip() for it in document.blocks if it.language == "sh"]
    if text not in twins:
        return f"no block of sh in this document is `{text}`"
    return None


def as_declared(command: Command, document: Document, place: Workplace) -> str | None:
    """What pip is to install is this project, with extras that it has and that are locked."""
    words = command.words
    for word in words[words.index("install") + 1 :]:
        name = re.sub(r"^\.(?=\[|$)", "mingshi", word)
        if word.startswith("-") or not name.startswith("mingshi"):
            continue
        try:
            wanted = Requirement(name)
        except InvalidRequirement as error:
            return str(error)
        for extra in wanted.extras:
            if extra not in _extras():
                return f"pyproject.toml has no extra {extra!r}"
            needed = {Requirement(it).name.lower() for it in _extras()[extra]} - {"mingshi"}
            if "-c" in words and needed - _locked():
                return f"requirements.lock has no {', '.join(sorted(needed - _locked()))}"
        return None
    return "it installs nothing of this project"


def for_the_next(command: Command, document: Document, place: Workplace) -> str | None:
    """The tool that is installed is the one that the next command calls."""
    there = commands(command.block)
    following = there[there.index(command) + 1 :]
    tool = command.words[-1]
    if not following or following[0].words[0] != tool:
        return f"no command below it calls {tool}"
    return None


def as_the_lock_was_made(command: Command, document: Document, place: Workplace) -> str | None:
    """The options are those of this project and of its lock."""
    words = command.words
    given: dict[str, list[str]] = {}
    for option, value in zip(words, [*words[1:], ""], strict=True):
        if option.startswith("-"):
            given.setdefault(option, []).append(value)
    for extra in given.get("--extra", []):
        if extra not in _extras():
            return f"pyproject.toml has no extra {extra!r}"
    oldest = _project()["project"]["requires-python"]
    if given.get("--python-version") != [oldest.removeprefix(">=")]:
        return f"the oldest Python is {oldest}, not {given.get('--python-version')}"
    lock = ROOT / given.get("-o", ["nothing"])[0]
    if not lock.is_file():
        return f"it writes {lock.name}, which is not the lock"
    for words_of in given.get("--custom-compile-command", []):
        if words_of not in lock.read_text(encoding="utf-8")[:500]:
            return f"the lock does not say that it was made with {words_of!r}"
    return None


@cache
def _fault_runs() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/faults", "--collect-only"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout.lower()


def finds_tests(command: Command, document: Document, place: Workplace) -> str | None:
    """The word after ``-k`` stands in the name of a fault run, and the seed is one that is read."""
    words = command.words
    wanted = words[words.index("-k") + 1]
    if words[:4] != ["python", "-m", "pytest", "tests/faults"] or wanted not in _fault_runs():
        return f"pytest finds no test of tests/faults for -k {wanted}"
    for assigned in re.findall(r"^(\w+)=", command.text):
        sources = (ROOT / "tests" / "faults").glob("*.py")
        if not any(assigned in path.read_text(encoding="utf-8") for path in sources):
            return f"no fault run reads {assigned}"
    return None


def has_its_modules(command: Command, document: Document, place: Workplace) -> str | None:
    """Every module that is to be changed, and every test that is to notice, is there."""
    settings = _project()["tool"]["mutmut"]
    named = settings["only_mutate"] + settings["pytest_add_cli_args_test_selection"]
    gone = [name for name in named if not (ROOT / name).is_file()]
    if command.words != ["python", "-m", "tests.mutants"] or gone:
        return f"[tool.mutmut] names what is not there: {gone}"
    return None


def has_its_option(command: Command, document: Document, place: Workplace) -> str | None:
    """The module takes the option."""
    from components.prototype import web_assets

    said = io.StringIO()
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(said):
        web_assets.main(["--help"])
    options = [word for word in shlex.split(command.text.split("<")[0]) if word.startswith("--")]
    there = re.findall(r"--[\w-]+", said.getvalue())
    missing = [option for option in options if option not in there]
    return f"web_assets has no option {', '.join(missing)}" if missing or not options else None


def is_a_benchmark(command: Command, document: Document, place: Workplace) -> str | None:
    """Its parser takes it, and it has every benchmark that is named."""
    from tests.benchmarks.__main__ import BENCHMARKS, parser_of

    if command.words[:3] != ["python", "-m", "tests.benchmarks"]:
        return "it is no benchmark"
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            named = parser_of().parse_args(command.words[3:]).names
    except SystemExit:
        return said.getvalue()
    gone = sorted(set(named) - set(BENCHMARKS))
    return f"there is no benchmark {', '.join(gone)}" if gone else None


def fetched(command: Command, document: Document, place: Workplace) -> str | None:
    """The address answers, and what it answers is in the file."""
    address = re.search(r"https?://\S+", command.text)
    if address is None or ">" not in command.words:
        return "it names no address, or no file to write"
    url = put_in(place, address[0], lambda: "")
    try:
        answer = httpx.get(url, timeout=PATIENCE)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        return str(error)
    (place.cwd / command.words[-1]).write_bytes(answer.content)
    return None


def is_understood(command: Command, document: Document, place: Workplace) -> str | None:
    """The kit's own parser takes it."""
    return options.complaint(command.words)


def as_in_a_workflow(command: Command, document: Document, place: Workplace) -> str | None:
    """A workflow for a hosted runner has this command, as it stands or with more behind it."""
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        targets = re.findall(r"\w+", "".join(re.findall(r"target: \[(.*)\]", text)))
        lines = " ".join(text.split())
        for target in targets or [""]:
            run = lines.replace("${{ matrix.target }}", target)
            if re.search(rf"(?<![\w-]){re.escape(command.text)}(?!\S)", run):
                return None
    return f"no file of .github/workflows runs `{command.text}`"


_INSTALL = "-m pip install -q --disable-pip-version-check -c requirements.lock -e"
_REGISTRY = "mutmut and what it needs are not installed where the suite runs"
_LONG = "a fault run alone takes half a minute; the suite runs it"

NOT_RUN = (
    NotRun(".venv/bin/python -m tests", "it is this suite", as_ci_does),
    *(
        NotRun(
            f'py -m venv .venv && .venv\\Scripts\\python {_INSTALL} ".[{extra}]"'
            f" && .venv\\Scripts\\{then}",
            "there is no Windows here",
            as_for_a_shell,
        )
        for extra, then in (("demo", "mingshi demo"), ("test", "python -m tests"))
    ),
    NotRun('pip install "mingshi[endpoint]"', "it is in no registry yet", as_declared),
    NotRun("pip install uv", "uv is a tool of whoever changes the lock", for_the_next),
    NotRun(
        "uv pip compile pyproject.toml --extra test --extra mutation --universal"
        " --python-version 3.11 --no-annotate"
        ' --custom-compile-command "see docs/contributing.md" -o requirements.lock',
        "it asks a registry for what is newest",
        as_the_lock_was_made,
    ),
    NotRun("python -m pip install -c requirements.lock -e '.[mutation]'", _REGISTRY, as_declared),
    NotRun("python -m tests.mutants", "it takes ten minutes and mutmut", has_its_modules),
    NotRun("python -m tests.benchmarks", "it takes half an hour, and npm", is_a_benchmark),
    NotRun("python -m pytest tests/faults -k sqlite", _LONG, finds_tests),
    *(
        NotRun(f"MINGSHI_FAULT_SEED=7 python -m pytest tests/faults -k {word}", _LONG, finds_tests)
        for word in ("postgresql", "standby")
    ),
    NotRun(
        "python -m components.prototype.web_assets --fonts <folder>",
        "the Noto fonts are a gigabyte that is not here",
        has_its_option,
    ),
    NotRun(
        "mingshi demo --surface desktop",
        "it wants a screen, and Flet's desktop client from the network",
        is_understood,
    ),
    NotRun(
        "mingshi demo --console --surface desktop",
        "it wants a screen, and Flet's desktop client from the network",
        is_understood,
    ),
    NotRun(
        "mingshi study pictures policy_content/epiao/study/first-look.toml first-look",
        "it goes through the app six times in Chromium; tests/studying takes some of the pictures",
        is_understood,
    ),
    NotRun(
        "mingshi phone epiao --ios build/ipa/Runner.xcarchive/Products/Applications/Runner.app",
        "there is no built app to put the files into; tests/phone puts them into a folder",
        is_understood,
    ),
    *(
        NotRun(f"python -m pip install {what}", "its tools are not in the lock", as_declared)
        for what in ("-e '.[bundle]'", "'.[release]'")
    ),
    *(
        NotRun(command, "it needs tools and services of the network", as_in_a_workflow)
        for command in (
            "flet build apk",
            "python -m build",
            "python -m pip --python runtime/bin/python install -c requirements.lock .",
            "cyclonedx-py environment runtime/bin/python --pyproject pyproject.toml --mc-type"
            " library --output-reproducible --output-file dist/mingshi.cdx.json",
            "python -m pip_audit --strict --no-deps --disable-pip -r requirements.lock",
        )
    ),
    NotRun(
        "curl -s https://consent.example/.well-known/jwks.json > jwks.json",
        "not every machine has curl",
        fetched,
    ),
)
"""Whoever documents a command that cannot be run here adds it, with something that can fail."""

ENDS_OTHERWISE = {
    "mingshi lint epiao": 1,  # the page says that errors are left in it
}
"""Commands that are to end with another status than 0."""


def not_run(command: Command) -> NotRun | None:
    """The entry of a command that is not run."""
    return next((it for it in NOT_RUN if it.command == command.text), None)


def unused(found: set[str]) -> list[str]:
    """Entries that fit none of these commands."""
    named = [*(it.command for it in NOT_RUN), *ENDS_OTHERWISE]
    return [command for command in named if command not in found]
