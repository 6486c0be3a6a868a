"""The endpoint as a process of its own, to be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
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
        # Somebody must read what it logs, or it waits for that.
        self._reader = threading.Thread(target=self._read)
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ}
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(json.loads(line))
            if self.lines[-1]["message"] == "listening":
                self.url = str(self.lines[-1]["url"])
                self._reader.start()
                return self
        raise AssertionError(f"the endpoint ended: {self.lines}")

    def kill(self) -> None:
        """As a loss of power to the process: nothing of it runs any more."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def terminate(self) -> int:
        """Ask it to end, and wait until it has."""
        return self.end(signal.SIGTERM)

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def end(self, number: signal.Signals) -> int:
        """Send it a signal and wait until it has ended; its exit status."""
        self.tell(number)
        return self._process.wait(30)

    def insist(self, number: signal.Signals) -> int:
        """Send it a signal again and again until it has ended; its exit status."""
        for _ in range(100):
            try:
                self.tell(number)
                return self._process.wait(0.3)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError("it does not end")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        self.lines += [json.loads(line) for line in self._process.stderr]
