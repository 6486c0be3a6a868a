"""The first notice beside two notices for web pages, in the same Chromium.

Not a race that a Flet app can win: a page brings tens of kilobytes of script, a Flet app a whole
renderer. What a person has to press is another matter, and is counted by pressing.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from components.prototype.compression import Compression
from components.prototype.server import serve
from tests.browser.harness import browser

from .figures import Figure, Size
from .npm import WEB_NOTICES, install
from .servers import serving
from .start import NOTICE_WORDS
from .taps import Taps, our_taps
from .visits import SHOWN_BY_FLET, SHOWN_ON_A_PAGE, Visit, visit, visitor

_PAGES = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class _Notice:
    """A notice on a page of its own, and what is pressed for each thing that a person may want."""

    name: str
    page: str
    selector: str
    accept: Sequence[str]
    refuse: Sequence[str]
    withdraw: Sequence[str]


NOTICES = (
    _Notice(
        "vanilla-cookieconsent",
        "cookieconsent.html",
        "#cc-main .cm",
        accept=(".cm [data-role=all]",),
        refuse=(".cm [data-role=necessary]",),
        withdraw=("#settings", ".pm [data-role=necessary]"),
    ),
    _Notice(
        "Klaro",
        "klaro.html",
        ".klaro .cookie-notice",
        accept=(".cookie-notice .cm-btn-success",),
        refuse=(".cookie-notice .cn-decline",),
        # Once somebody has chosen, its window no longer has a button that declines everything.
        withdraw=(
            "#settings",
            "label[for=purpose-item-analytics]",
            ".cookie-modal .cm-btn-success",
        ),
    ),
)


def measure(size: Size) -> list[Figure]:
    """Seconds to the notice, cold and warm, bytes and taps of each.

    Raises:
        NpmMissing: There is no npm.
    """
    with tempfile.TemporaryDirectory() as folder:
        packages = install(WEB_NOTICES, Path(folder))
        return asyncio.run(_measure(packages, 7 if size is Size.FULL else 1))


async def _measure(packages: Path, rounds: int) -> list[Figure]:
    command = [sys.executable, "-m", "tests.benchmarks.apps.notice"]
    seen: dict[str, list[tuple[Visit, Visit]]] = {}
    taps = {"Mingshi": await our_taps()}
    with serving(command) as flet:
        async with served(packages) as pages, browser() as chromium:
            for _ in range(rounds):
                for notice in NOTICES:
                    address = (f"{pages}/{notice.page}", SHOWN_ON_A_PAGE, notice.selector)
                    seen.setdefault(notice.name, []).append(await _twice(chromium, *address))
                ours = (flet.url, SHOWN_BY_FLET, NOTICE_WORDS)
                seen.setdefault("Mingshi", []).append(await _twice(chromium, *ours))
            for notice in NOTICES:
                taps[notice.name] = await _taps(chromium, f"{pages}/{notice.page}", notice)
    return [*_times(seen), *_held(taps)]


@asynccontextmanager
async def served(packages: Path) -> AsyncIterator[str]:
    """The pages of the web notices, compressed as our own server compresses."""

    async def page(request: Request) -> FileResponse:
        return FileResponse(_PAGES / Path(request.path_params["name"]).name)

    routes = [Mount("/packages", StaticFiles(directory=packages)), Route("/{name}", page)]
    async with serve(Starlette(routes=routes, middleware=[Middleware(Compression)])) as url:
        yield url


async def _twice(chromium: Browser, url: str, shown: str, what: str) -> tuple[Visit, Visit]:
    """A first visit, and a second by somebody who has not chosen yet."""
    async with visitor(chromium) as context:
        cold = await visit(context, url, shown, what)
        return cold, await visit(context, url, shown, what)


async def _taps(chromium: Browser, url: str, notice: _Notice) -> Taps:
    """Press, count, and see that it came about."""

    async def pressed(page: Page, selectors: Sequence[str], agreed: bool) -> int:
        for selector in selectors:
            await page.locator(selector).first.click()
        assert await page.evaluate("() => window.decided()"), notice.name
        assert await page.evaluate("() => window.agreed()") is agreed, notice.name
        return len(selectors)

    async with visitor(chromium) as context:
        page = await context.new_page()
        await page.goto(url)
        accept = await pressed(page, notice.accept, True)
        withdraw = await pressed(page, notice.withdraw, False)
    async with visitor(chromium) as context:
        page = await context.new_page()
        await page.goto(url)
        return Taps(accept, await pressed(page, notice.refuse, False), withdraw)


def _times(seen: dict[str, list[tuple[Visit, Visit]]]) -> list[Figure]:
    figures = []
    for name, visits in seen.items():
        for kind, which in (("first visit", 0), ("second visit", 1)):
            seconds = [it[which].seconds for it in visits]
            one = visits[0][which]
            figures.append(
                Figure(
                    f"{name}: {kind} to notice",
                    statistics.median(seconds),
                    "s",
                    behind={
                        "longest, s": max(seconds),
                        "HTTP, KB": one.bytes / 1e3,
                        "WebSocket, KB": one.frames / 1e3,
                        "requests": one.requests,
                    },
                )
            )
    return figures


def _held(taps: dict[str, Taps]) -> list[Figure]:
    ours = taps.pop("Mingshi")
    return [
        Figure(
            f"taps to {deed}",
            getattr(ours, deed),
            "taps",
            at_most=min(getattr(it, deed) for it in taps.values()),
            behind={name: getattr(it, deed) for name, it in taps.items()},
        )
        for deed in ("accept", "refuse", "withdraw")
    ]
