"""From the start of the process to the first notice painted, against an empty Flet app.

Both have the same fonts and the same server; Chromium runs already. In turn, so that whatever else
the machine does weighs on both.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from playwright.async_api import Browser

from tests.browser.harness import browser

from .figures import Figure, Size
from .servers import serving
from .visits import SHOWN_BY_FLET, Visit, visit, visitor

NOTICE_WORDS = "不同意"
"""What stands in the first notice and nowhere else."""


def measure(size: Size) -> list[Figure]:
    """Seconds of both, and their ratio."""
    return asyncio.run(_measure(7 if size is Size.FULL else 1))


async def _measure(rounds: int) -> list[Figure]:
    pairs = []
    async with browser() as chromium:
        for _ in range(rounds):
            empty = await _start(chromium, "empty", "nothing")
            pairs.append((await _start(chromium, "notice", NOTICE_WORDS), empty))
    ours = [mine.seconds for mine, _ in pairs]
    theirs = [other.seconds for _, other in pairs]
    return [
        Figure(
            "process start to first notice painted in Chromium / an empty Flet app",
            statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True)),
            at_most=1.15,
            behind={
                "notice, s": statistics.median(ours),
                "empty, s": statistics.median(theirs),
                "notice, longest s": max(ours),
                "empty, longest s": max(theirs),
                "notice, WebSocket KB": pairs[0][0].frames / 1e3,
            },
        )
    ]


async def _start(chromium: Browser, name: str, words: str) -> Visit:
    command = [sys.executable, "-m", f"tests.benchmarks.apps.{name}"]
    start = time.perf_counter()
    with serving(command) as server:
        async with visitor(chromium) as context:
            return await visit(context, server.url, SHOWN_BY_FLET, words, since=start)
