"""A visit of a page in Chromium: seconds until something is shown, and bytes that came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.harness import PHONE
from tests.patience import PATIENCE

_POLL_SECONDS = 0.01
_BITS = 1_000_000 / 8

SHOWN_BY_FLET = """(words) => !document.getElementById('starting')
  && [...document.querySelectorAll('flt-semantics-host *')].some(
    (node) => (node.getAttribute('aria-label') ?? '').includes(words)
      || [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE
        && child.textContent.includes(words)))"""
"""Whether a Flet app has these words on the screen, and nothing over them that our page put there
while the app was on its way."""

SHOWN_ON_A_PAGE = """(selector) => {
  const found = document.querySelector(selector);
  if (!found) return false;
  const box = found.getBoundingClientRect();
  return found.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    && box.height > 0 && box.top < innerHeight && box.bottom > 0;
}"""
"""Whether a page has what a selector finds in sight."""

# Two frames later what was found is painted.
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Line:
    """How fast a network is.

    Attributes:
        megabits: A second, in both directions.
        latency_ms: Of a request.
    """

    megabits: float
    latency_ms: float


@dataclass(frozen=True)
class Visit:
    """One visit.

    Attributes:
        seconds: From the start until what was looked for was painted.
        bytes: That came by HTTP, as they travelled.
        frames: Bytes of WebSocket frames that came.
        requests: How many were made.
    """

    seconds: float
    bytes: int
    frames: int
    requests: int


@asynccontextmanager
async def visitor(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """Somebody with an empty cache."""
    context = await chromium.new_context(viewport=PHONE, locale="zh-CN")
    try:
        yield context
    finally:
        await context.close()


async def visit(
    context: BrowserContext,
    url: str,
    shown: str,
    what: str,
    *,
    line: Line | None = None,
    since: float | None = None,
) -> Visit:
    """Open a page in a tab of its own and wait until something is shown.

    Args:
        context: Who visits; what was cached by an earlier visit is used.
        url: The page.
        shown: :data:`SHOWN_BY_FLET` or :data:`SHOWN_ON_A_PAGE`.
        what: What it asks for: words or a selector.
        line: The network; None for what the machine gives.
        since: ``time.perf_counter()`` of the start; None for now.
    """
    page = await context.new_page()
    counted = _Counted()
    session = await context.new_cdp_session(page)
    await counted.watch(session)
    if line is not None:
        await session.send("Network.emulateNetworkConditions", _conditions(line))
    start = time.perf_counter() if since is None else since
    await page.goto(url, wait_until="commit")
    await _until(page, shown, what)
    await page.evaluate(_PAINTED)
    seconds = time.perf_counter() - start
    await page.close()
    return Visit(seconds, counted.bytes, counted.frames, counted.requests)


def _conditions(line: Line) -> dict[str, object]:
    each_way = line.megabits * _BITS
    return {
        "offline": False,
        "latency": line.latency_ms,
        "downloadThroughput": each_way,
        "uploadThroughput": each_way,
    }


async def _until(page: Page, shown: str, what: str) -> None:
    deadline = time.perf_counter() + 2 * PATIENCE
    while not await page.evaluate(shown, what):
        if time.perf_counter() > deadline:
            raise AssertionError(f"{what!r} was not shown at {page.url}")
        await asyncio.sleep(_POLL_SECONDS)


class _Counted:
    """Bytes of one page, as Chromium's network counts them."""

    def __init__(self) -> None:
        self.bytes = 0
        self.frames = 0
        self.requests = 0

    async def watch(self, session: CDPSession) -> None:
        """From now on."""
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.on("Network.requestWillBeSent", self._asked)
        await session.send("Network.enable")

    def _loaded(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _asked(self, _event: object) -> None:
        self.requests += 1

    def _framed(self, event: dict[str, dict[str, str]]) -> None:
        # Base64 where the frame is binary.
        self.frames += len(event["response"]["payloadData"]) * 3 // 4
