"""The endpoint as a process of its own, to be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]


class EndpointProcess:
    """``python -m components.endpoint`` on a database; entered once it listens."""

    def __init__(self, database_url: str, port: int = 0, more: Sequence[str] = ()) -> None:
        self._command = [sys.executable, "-m", "components.endpoint"]
        self._command += ["--database", database_url, "--port", str(port), *more]
        self.lines: list[dict[str, object]] = []

    def __enter__(self) -> EndpointProcess:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ}
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(json.loads(line))
            if self.lines[-1]["message"] == "listening":
                self.url = str(self.lines[-1]["url"])
                return self
        raise AssertionError(f"the endpoint ended: {self.lines}")

    def kill(self) -> None:
        """As a loss of power to the process: nothing of it runs any more."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def terminate(self) -> int:
        """Ask it to end, and wait until it has."""
        self._process.terminate()
        return self._process.wait(10)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stderr is not None
        self._process.stderr.close()
