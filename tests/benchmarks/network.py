"""A first visit on a slow line: the same app from our server and from Flet's own.

Chromium emulates the line. Ours compresses, and lets a browser keep what does not change. It is
met as whoever comes in its first minute does not: its files are as small as it makes them.
"""

from __future__ import annotations

import asyncio
import statistics
import sys

import brotli
import httpx

from tests.browser.harness import browser

from .figures import Figure, Size
from .servers import serving
from .start import NOTICE_WORDS
from .visits import SHOWN_BY_FLET, Line, Visit, visit, visitor

LINES = {"10 Mbit/s": Line(10, 40), "3 Mbit/s": Line(3, 100)}
"""The lines, by their names."""

_LARGE = ("/main.dart.wasm", "/canvaskit/skwasm.wasm", "/assets/fonts/MaterialIcons-Regular.otf")
_MOST_SECONDS = 300


def measure(size: Size) -> list[Figure]:
    """First and second visits on each line."""
    if size is Size.FULL:
        return asyncio.run(_measure("thorough", 3, LINES))
    return asyncio.run(_measure("ours", 1, {"the machine's own speed": Line(10_000, 0)}))


async def _measure(ours: str, rounds: int, lines: dict[str, Line]) -> list[Figure]:
    figures = []
    for name, line in lines.items():
        pairs = [(await _twice(ours, line), await _twice("stock", line)) for _ in range(rounds)]
        middle = statistics.median
        figures.append(
            Figure(
                f"first visit at {name} from our server / from stock Flet",
                middle(mine[0].seconds / stock[0].seconds for mine, stock in pairs),
                at_most=0.5,
                behind={
                    "ours, s": middle(mine[0].seconds for mine, _ in pairs),
                    "stock, s": middle(stock[0].seconds for _, stock in pairs),
                    "ours, MB": pairs[0][0][0].bytes / 1e6,
                    "stock, MB": pairs[0][1][0].bytes / 1e6,
                    "ours again, s": middle(mine[1].seconds for mine, _ in pairs),
                    "stock again, s": middle(stock[1].seconds for _, stock in pairs),
                    "ours again, MB": pairs[0][0][1].bytes / 1e6,
                    "stock again, MB": pairs[0][1][1].bytes / 1e6,
                },
            )
        )
    return figures


async def _twice(server: str, line: Line) -> tuple[Visit, Visit]:
    """A first visit, and the same person's second."""
    command = [sys.executable, "-m", "tests.benchmarks.apps.notice", server]
    with serving(command) as running:
        async with browser() as chromium, visitor(chromium) as context:
            # A client of ours compresses each file once, for whoever comes first.
            async with visitor(chromium) as before:
                await visit(before, running.url, SHOWN_BY_FLET, NOTICE_WORDS)
            if server == "thorough":
                await _until_smallest(running.url)
            first = await visit(context, running.url, SHOWN_BY_FLET, NOTICE_WORDS, line=line)
            return first, await visit(context, running.url, SHOWN_BY_FLET, NOTICE_WORDS, line=line)


async def _until_smallest(url: str) -> None:
    """Until the server has made the large files smaller beside, once they were asked for."""
    async with httpx.AsyncClient(base_url=url) as client:
        for path in _LARGE:
            whole = await client.get(path, headers={"accept-encoding": "identity"})
            whole.raise_for_status()
            quickly = len(brotli.compress(whole.content, quality=5))
            for _ in range(_MOST_SECONDS):
                if await _length(client, path) < quickly:
                    break
                await asyncio.sleep(1)
            else:
                raise AssertionError(f"{path} did not become smaller")


async def _length(client: httpx.AsyncClient, path: str) -> int:
    async with client.stream("GET", path, headers={"accept-encoding": "br"}) as answer:
        return int(answer.headers["content-length"])
