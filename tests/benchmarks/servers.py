"""Servers under load, each a process of its own, with the processor time that it took."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

_ROOT = Path(__file__).resolve().parents[2]
_URL = re.compile(rb"http://127\.0\.0\.1:\d+")
_POLL_SECONDS = 0.02

NOOP = (
    *(sys.executable, "-m", "uvicorn", "tests.benchmarks.noop:app"),
    *("--port", "0", "--no-access-log"),
)
"""The no-op app."""


WITH_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Environment in which Python keeps what it compiled, as it does where nobody says otherwise."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        url: Where it listens.
        process: Its process.
    """

    url: str
    process: subprocess.Popen[bytes]

    def processor_seconds(self) -> float:
        """Time of the processor that it has taken up to now; 0 where no system tells."""
        told = Path(f"/proc/{self.process.pid}/stat")
        if not told.is_file():
            return 0.0
        fields = told.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(
    command: Sequence[str], folder: Path = _ROOT, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a command that says where it listens, until the block ends.

    What it logs goes to a file: whoever read a pipe meanwhile would take from the load's time.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=said,
            stderr=said,
            env={**os.environ, **WITH_BYTECODE, **(environment or {})},
        )
        try:
            yield Server(_listening(process, said.fileno()), process)
        finally:
            process.terminate()
            process.wait()


def endpoint(database_url: str) -> list[str]:
    """The command of our endpoint. All its load comes from one address."""
    command = [sys.executable, "-m", "components.endpoint", "--port", "0", "--no-rate-limits"]
    return [*command, "--database", database_url]


def _listening(process: subprocess.Popen[bytes], said: int) -> str:
    """Where it listens, once it says so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        written = os.pread(said, 100_000, 0)
        if found := _URL.search(written):
            return found.group().decode()
        if process.poll() is not None:
            raise AssertionError(f"{process.args!r} ended: {written.decode(errors='replace')}")
        time.sleep(_POLL_SECONDS)
    raise AssertionError(f"{process.args!r} does not listen")
