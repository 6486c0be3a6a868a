"""Where a document is run: a copy of the project, and a shell that goes on."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.patience import PATIENCE
from tests.project.installing import Environment, bring_dependencies

from .reading import ROOT, project_files

_SECONDS = 300
"""Until a command hangs for certain, also on a machine that does other things."""

_ANNOUNCED = re.compile(r"""(?:[Oo]pen |"url": ?"|\()(https?://[^\s")]+)""")
_STATE = ".shell-state"
# What a command leaves behind, folder and variables, is what the next one finds.
_SCRIPT = '{command}\nstatus=$?\nenv -0 > "$SHELL_STATE"\nexit $status'


def copy_project(folder: Path, root: Path = ROOT) -> Path:
    """A copy of the project's files, to be written into."""
    for place in project_files(root):
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / place, target)
    return folder


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    status: int
    output: str
    errors: str

    @property
    def said(self) -> str:
        """The end of everything that it wrote."""
        return (self.output + self.errors).strip()[-3000:] or "it said nothing"


class NotServing(Exception):
    """A command that serves did not come as far, or did not end in good order; says why."""


class Server:
    """A command that serves until it is interrupted; started once it answers.

    Raises:
        NotServing: it ended, or does not answer at the address that it printed.
    """

    def __init__(self, command: str, cwd: Path, environment: Mapping[str, str]) -> None:
        self._command = command
        self._lines: list[str] = []
        self._told = threading.Event()
        self.url = ""
        # In place of the shell, so that it gets the signal itself.
        self._process = subprocess.Popen(
            ["sh", "-c", f"exec {command}"],
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A suite that a shell started in the background was told to ignore interrupts, and
            # would hand that down.
            preexec_fn=_can_be_interrupted,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._told.wait(_SECONDS)
        try:
            if not self.url:
                raise NotServing(f"`{command}` printed no address: {self._said}")
            self._ask()
        except BaseException:
            self._process.kill()
            self._end()
            raise

    def stop(self) -> None:
        """Interrupt it, as Ctrl+C does, and wait.

        Raises:
            NotServing: it did not end with status 0.
        """
        self._process.send_signal(signal.SIGINT)
        try:
            status = self._process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._end()
        if status != 0:
            raise NotServing(f"`{self._command}` ended with status {status}, not 0: {self._said}")

    @property
    def _said(self) -> str:
        return "".join(self._lines[-30:]).strip() or "it said nothing"

    def _ask(self) -> None:
        try:
            # What is no service of the kit's has a page at least.
            found = [httpx.get(self.url + it, timeout=PATIENCE) for it in ("/healthz", "/")]
        except httpx.HTTPError as error:
            raise NotServing(f"`{self._command}`: {self.url} does not answer: {error}") from error
        if 200 not in (it.status_code for it in found):
            answered = ", ".join(f"{it.url.path} with {it.status_code}" for it in found)
            raise NotServing(f"`{self._command}`: {self.url} answers {answered}")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line)
            found = _ANNOUNCED.search(line)
            if found and not self.url:
                self.url = found[1].rstrip("/").replace("//0.0.0.0:", "//127.0.0.1:")
                self._told.set()
        self._told.set()

    def _end(self) -> None:
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


def _can_be_interrupted() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Workplace:
    """A copy of the project in which commands are run one after the other.

    Args:
        folder: An empty one, for the copy and all that the commands leave behind.
        installed: The environment that has the project installed; first on the ``PATH``.
        root: What to copy.
    """

    def __init__(self, folder: Path, installed: Environment, root: Path = ROOT) -> None:
        self.outside = folder / "outside"
        """Takes the place of folders that belong to the whole machine."""
        self.outside.mkdir(parents=True)
        self.project = copy_project(folder / "project", root)
        self._entries = sorted(path.name for path in self.project.iterdir())
        self.cwd = self.project
        self.environment = _environment(folder, installed)
        self._state = folder / _STATE
        self._servers: dict[str, Server] = {}

    def run(self, command: str) -> Done:
        """Run a command to its end."""
        done = subprocess.run(
            ["sh", "-c", _SCRIPT.format(command=command)],
            cwd=self.cwd,
            env={**self.environment, "SHELL_STATE": str(self._state)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
        if self._state.exists():
            left = self._state.read_text(encoding="utf-8").split("\0")
            self.environment = dict(it.split("=", 1) for it in left if "=" in it)
            self.cwd = Path(self.environment["PWD"])
            self._state.unlink()
        self._fill(self.cwd / ".venv")
        return Done(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Work meanwhile in a folder that holds the project's, and nothing of what was made."""
        before = self.cwd, self.environment
        self.cwd = Path(tempfile.mkdtemp(dir=self.outside))
        for name in self._entries:
            (self.cwd / name).symlink_to(self.project / name)
        try:
            yield
        finally:
            self.cwd, self.environment = before

    def serve(self, name: str, command: str) -> Server:
        """Start a command that serves, in place of the one of that name if there is one.

        Raises:
            NotServing: either did not do as it should.
        """
        if name in self._servers:
            self._servers.pop(name).stop()
        self._servers[name] = Server(command, self.cwd, self.environment)
        return self._servers[name]

    def server(self, name: str) -> Server | None:
        """The one of that name that runs."""
        return self._servers.get(name)

    def close(self) -> list[str]:
        """Stop what runs, and take the copy away; what did not end in good order."""
        problems = []
        for server in self._servers.values():
            try:
                server.stop()
            except NotServing as problem:
                problems.append(str(problem))
        self._servers.clear()
        shutil.rmtree(self.project, ignore_errors=True)
        return problems

    def _fill(self, venv: Path) -> None:
        """What a registry would bring into an environment that a command has just made."""
        python = venv / "bin" / "python"
        if not python.exists() or list(venv.rglob("dependencies.pth")):
            return
        # Older Pythons lay a setuptools into it that cannot build this project without help.
        for own in ("setuptools", "setuptools-*", "_distutils_hack", "distutils-precedence.pth"):
            for path in venv.glob(f"lib/python*/site-packages/{own}"):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        bring_dependencies(python)


def _environment(folder: Path, installed: Environment) -> dict[str, str]:
    """Variables for the commands: a home of their own, no screen, no registry."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV_", "COVERAGE_", "MINGSHI_", "PIP_", "PYTEST_", "PYTHON"))
        and name not in ("DISPLAY", "WAYLAND_DISPLAY", "VIRTUAL_ENV")
    }
    home = folder / "home"
    home.mkdir()
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    browsers = os.environ.get(
        "PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / caches / "ms-playwright")
    )
    programs = (str(installed.scripts), str(Path(sys.executable).parent), os.environ["PATH"])
    return {
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "PATH": os.pathsep.join(programs),
        "PLAYWRIGHT_BROWSERS_PATH": browsers,
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",  # an address is read as soon as it is printed
        # All that a registry would bring is there; pip still holds it against the lock.
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # as pip reads it: do not isolate
    }
