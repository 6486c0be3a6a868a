"""The processes of a run: replicas of the endpoint, and the devices; started, killed, restarted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from .client import ClientSettings

ROOT = Path(__file__).parents[2]
LONGEST_START_SECONDS = 60.0
_KEPT_LINES = 40


class DidNotHappen(AssertionError):
    """What was waited for did not come in time, or cannot come any more."""


class Replica:
    """One process of the endpoint, on the same port in each of its lives.

    Args:
        database_url: The database, its own or one that replicas share.
    """

    def __init__(self, database_url: str) -> None:
        self._command = [sys.executable, "-m", "components.endpoint", "--database", database_url]
        # All devices have one address here, and choose as no person could.
        self._command.append("--no-rate-limits")
        self.port = 0
        self.lines: list[str] = []
        """The last lines of its log."""

    def __enter__(self) -> Replica:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; it listens then. In a later life it is started again as long as it ends by
        itself: its database may be away."""
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not self._starts(deadline):
            if self.port == 0 or time.monotonic() > deadline:
                self.kill()
                raise DidNotHappen(f"the endpoint does not start: {''.join(self.lines)}")

    def kill(self) -> None:
        """As a loss of power to the process; returns when nothing of it runs any more."""
        self._process.kill()
        self._process.wait()
        self._log.join()

    def _starts(self, deadline: float) -> bool:
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self.port)],
            cwd=ROOT,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        spoken = threading.Event()
        self._log = threading.Thread(target=self._read_log, args=(self._process, spoken))
        self._log.start()
        spoken.wait(max(0.0, deadline - time.monotonic()))
        return self._process.poll() is None and self.port != 0

    def _read_log(self, process: subprocess.Popen[str], spoken: threading.Event) -> None:
        """Read on for ever: an endpoint whose log nobody reads would stop at a full pipe."""
        assert process.stderr is not None
        with process.stderr as log:
            for line in log:
                self.lines = [*self.lines[1 - _KEPT_LINES :], line]
                with suppress(ValueError):
                    said = json.loads(line)
                    if said["message"] == "listening":
                        self.port = urlsplit(said["url"]).port or 0
                        spoken.set()
        spoken.set()


class Devices:
    """The process with the devices, over all of its lives, and what it has confirmed.

    Args:
        settings: How it is set up; each life has dice of its own.
        errors: File that takes what it says on standard error.
    """

    def __init__(self, settings: ClientSettings, errors: Path) -> None:
        self._settings = settings
        self._errors = errors
        self._lives = 0
        self._changed = threading.Condition()
        self._said: list[str] = []
        self._ended = False
        self.confirmed: list[tuple[str, int, str]] = []
        """Subject, number and event id of each choice, in the order of the confirmations."""

    def __enter__(self) -> Devices:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Begin a life."""
        self._lives += 1
        settings = ClientSettings(
            **{**vars(self._settings), "seed": f"{self._settings.seed}/{self._lives}"}
        )
        self._ended = False
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.client", settings.written()],
                cwd=ROOT,
                env=_environment(),
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self._reader = threading.Thread(target=self._read, args=(self._process,))
        self._reader.start()

    def kill(self) -> None:
        """End a life at whatever it is doing; every confirmation it gave has been read then."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def until_confirmed(self, choices: int, deadline: float) -> None:
        """Wait until so many choices are confirmed."""
        self._until(lambda: len(self.confirmed) >= choices, f"{choices} choices", deadline)

    def until_said(self, word: str, deadline: float) -> None:
        """Wait for ``made`` or ``drained``."""
        self._until(lambda: word in self._said, word, deadline)

    def _until(self, reached: Callable[[], bool], what: str, deadline: float) -> None:
        with self._changed:
            self._changed.wait_for(
                lambda: reached() or self._ended, max(0.0, deadline - time.monotonic())
            )
            if not reached():
                raise DidNotHappen(
                    f"{what}: {len(self.confirmed)} confirmed, said {self._said}, "
                    f"{'ended' if self._ended else 'too slow'}; {self._errors.read_text()[-4000:]}"
                )

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as wire:
            for line in wire:
                # The last line of a life may be cut off: a confirmation that was not given.
                if line.endswith(b"\n"):
                    self._take(line.decode("ascii").split())
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _take(self, words: list[str]) -> None:
        with self._changed:
            if len(words) == 3:
                self.confirmed.append((words[0], int(words[1]), words[2]))
            else:
                self._said += words
            self._changed.notify_all()


def _environment() -> dict[str, str]:
    """Without the measuring of coverage: a process that is killed has no time to tell of it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
