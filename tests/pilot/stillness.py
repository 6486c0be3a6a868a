"""When is an app at rest? And what did it do behind our back?

An event loop is at rest when nothing is ready to run, no thread works for it and no timer is
about to fire; what remains waits for a person. That can be told exactly, so that no test sleeps
and hopes. It takes two private lists of asyncio's own loop, which this file alone reads.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from .problems import Problem

_WATCHES: dict[asyncio.AbstractEventLoop, LoopWatch] = {}
_WATCHED_LOGGERS = ("flet", "asyncio", "concurrent")


class NeverStill(TimeoutError):
    """The loop kept running past the limit; the message says with what."""


class LoopWatch:
    """Watches one event loop on behalf of all pilots that run in it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        if not hasattr(loop, "_ready") or not hasattr(loop, "_scheduled"):
            raise RuntimeError(f"a pilot needs asyncio's own event loop, not {type(loop)!r}")
        self._loop = loop
        self._threads_at_work: dict[asyncio.Future[Any], str] = {}
        self._problems: list[Problem] = []
        self._handler = _ErrorCollector(self._problems)
        self._pilots = 0

    @classmethod
    def join(cls) -> LoopWatch:
        """The watch of the running loop, installed for the first pilot that joins."""
        loop = asyncio.get_running_loop()
        watch = _WATCHES.get(loop)
        if watch is None:
            watch = _WATCHES[loop] = cls(loop)
            watch._install()
        watch._pilots += 1
        return watch

    def leave(self) -> None:
        """End one pilot's watch; after the last one the loop is as it was."""
        self._pilots -= 1
        if self._pilots == 0:
            self._uninstall()
            del _WATCHES[self._loop]

    def take_problems(self) -> list[Problem]:
        """What was noticed since the last call."""
        taken = list(self._problems)
        self._problems.clear()
        return taken

    async def still(self, *, limit: float, horizon: float) -> None:
        """Wait until the loop is at rest.

        Args:
            limit: seconds after which to give up.
            horizon: seconds; timers due within it are waited for, later ones are not.

        Raises:
            NeverStill: the loop was busy for the whole time.
        """
        deadline = time.monotonic() + limit
        while True:
            await asyncio.sleep(0)
            # Our own step was taken off the list before it ran.
            if not self._loop._ready:
                pause = self._pause(horizon)
                if pause is None:
                    return
                await asyncio.sleep(pause)
            if time.monotonic() > deadline:
                raise NeverStill(self._report(limit))

    def _pause(self, horizon: float) -> float | None:
        """How long to wait for threads and timers; None if there are none to wait for."""
        if self._threads_at_work:
            return 0.001
        timers = [timer.when() for timer in self._loop._scheduled if not timer.cancelled()]
        wait = min(timers, default=float("inf")) - self._loop.time()
        return max(wait, 0.0) if wait <= horizon else None

    def _report(self, limit: float) -> str:
        current = asyncio.current_task()
        lines = [f"the app was not at rest after {limit:g} s."]
        lines += [f"  thread at work: {name}" for name in self._threads_at_work.values()]
        for task in asyncio.all_tasks(self._loop):
            if task is not current and not task.done():
                frames = task.get_stack(limit=1)
                place = f"{frames[0].f_code.co_filename}:{frames[0].f_lineno}" if frames else "?"
                lines.append(f"  task: {task.get_coro()!r} at {place}")
        lines.append("If it waits for a clock or a socket, use `await pilot.until(...)`.")
        return "\n".join(lines)

    def _install(self) -> None:
        run_in_executor = self._loop.run_in_executor

        def counted(
            executor: Any, function: Callable[..., Any], *arguments: Any
        ) -> asyncio.Future[Any]:
            future = run_in_executor(executor, function, *arguments)
            self._threads_at_work[future] = repr(function)
            future.add_done_callback(lambda done: self._threads_at_work.pop(done, None))
            return future

        # An attribute of this one loop, in front of the method of its class.
        self._loop.__dict__["run_in_executor"] = counted
        self._previous_handler = self._loop.get_exception_handler()
        self._loop.set_exception_handler(self._on_loop_error)
        logging.getLogger().addHandler(self._handler)

    def _uninstall(self) -> None:
        del self._loop.__dict__["run_in_executor"]
        self._loop.set_exception_handler(self._previous_handler)
        logging.getLogger().removeHandler(self._handler)

    def _on_loop_error(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        culprit = context.get("task") or context.get("future") or context.get("handle")
        self._problems.append(
            Problem(
                "unretrieved",
                f"{context.get('message')}: {context.get('exception')!r} in {culprit!r}",
            )
        )


class _ErrorCollector(logging.Handler):
    """Keeps errors that Flet or asyncio log: they stand for an exception that was swallowed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(logging.ERROR)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0].split("_")[0] in _WATCHED_LOGGERS:
            text = f"{record.name}: {record.getMessage()}"
            if record.exc_info and record.exc_info[1] is not None:
                text += f" ({record.exc_info[1]!r})"
            self._problems.append(Problem("log", text))
