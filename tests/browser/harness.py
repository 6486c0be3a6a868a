"""A real browser in the test's own process and event loop, which forgives nothing.

    async with browser() as chromium, serve(web_app(main)) as url:
        context = await chromium.new_context(locale="zh-CN")
        async with open_app(context, url) as app:
            await app.click("同意")
            await app.see("已同意")

The app runs in the same loop, so a test may look at its `ft.Page` as well. When the page is
closed, the test fails if anything was asked of another origin, if any answer was an error, if a
font for a missing character was looked for, or if the console showed an error.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    ViewportSize,
    WebSocket,
    async_playwright,
)
from playwright.async_api import Error as PlaywrightError

from components.fairness.adapters.chromium import CLIENT_WAITS
from components.prototype.web_assets import EMPTY_FONT

SCREENSHOTS = Path(__file__).resolve().parents[2] / "test-results" / "screenshots"
"""Where screenshots go, to be looked at."""
PHONE = ViewportSize(width=412, height=892)
"""A common phone, in logical pixels."""
DESKTOP = ViewportSize(width=1280, height=800)
"""A small desktop window, in logical pixels."""

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_WAIT_MS = 30_000
_OWN_SCHEMES = {"data", "blob", "about"}

_SAID = """\
() => [...document.querySelectorAll('flt-semantics-host *')].flatMap((node) => [
  node.getAttribute('aria-label') ?? '', node.value ?? '',
  [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE)
    .map((child) => child.textContent).join('').trim(),
]).filter((text) => text)"""

Role = Literal[
    "alertdialog",
    "button",
    "checkbox",
    "dialog",
    "group",
    "heading",
    "img",
    "link",
    "radio",
    "slider",
    "switch",
    "tab",
    "table",
    "textbox",
]


_PAINT_MS = 400


class BrowserMissing(RuntimeError):
    """No Chromium was found; the message says how to get one."""


class BrowserProblems(AssertionError):
    """What the browser saw go wrong while a page was open; `problems` has a line for each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def find_chromium(playwright: Playwright) -> str:
    """Path of Playwright's own Chromium if it is installed, else of the system's.

    Raises:
        BrowserMissing: there is neither.
    """
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        return str(own)
    for name in _CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    raise BrowserMissing(
        "the browser tests need Chromium: run `python -m playwright install chromium`,"
        f" or install a package that puts one of {', '.join(_CHROMIUM_NAMES)} on the PATH"
    )


@asynccontextmanager
async def browser(*, headless: bool = True) -> AsyncIterator[Browser]:
    """Run Chromium while the block runs.

    Raises:
        BrowserMissing: there is no Chromium on this machine.
    """
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=_FLAGS, headless=headless
        )
        try:
            yield chromium
        finally:
            await chromium.close()


@dataclass
class Frames:
    """Bytes that passed the WebSocket, frame by frame."""

    sent: list[int]
    """From the browser to the app."""
    received: list[int]
    """From the app to the browser."""


class AppPage:
    """A page that shows a Flet app; made by `open_app`."""

    def __init__(
        self, page: Page, url: str, others: Collection[str] = (), *, wait_ms: int = _WAIT_MS
    ) -> None:
        self.page = page
        """Playwright's page, for whatever is not here."""
        self.url = url
        self.requests: list[str] = []
        """Every address that was asked for, in order."""
        self.statuses: dict[str, int] = {}
        """The last HTTP status of each address."""
        self.console: list[str] = []
        """Every line of the console, with its type in front."""
        self.frames = Frames([], [])
        self.problems: list[str] = []
        """What will fail the test when the page is closed."""
        self._origins = {_origin(it) for it in (url, *others)}
        self._wait_ms = wait_ms
        page.set_default_timeout(wait_ms)
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failed)
        page.on("console", self._on_console)
        page.on("pageerror", self._on_page_error)
        page.on("websocket", self._on_websocket)

    @property
    def hosts(self) -> set[str]:
        """Every host that was contacted or would have been."""
        return {urlsplit(url).netloc for url in self.requests if urlsplit(url).netloc}

    async def load(self) -> None:
        """Go to the app and wait for its first screen."""
        await self.page.goto(self.url)
        await self.ready()

    async def reload(self) -> None:
        """Press the browser's reload; the app's session goes on."""
        await self.page.reload()
        await self.ready()

    async def ready(self) -> None:
        """Wait until the app has put the first words on the screen."""
        # The page switches semantics on by itself; that is part of what is tested.
        # (Playwright's own wait_for_function needs eval, which the page's policy forbids.)
        deadline = time.perf_counter() + self._wait_ms / 1000
        while await self.said() in ([], [CLIENT_WAITS]):
            if time.perf_counter() > deadline:
                raise AssertionError("the app showed nothing; the console: " + str(self.console))
            await asyncio.sleep(0.02)
        # What lies over the app until then is taken away with its first words.
        await self.page.locator("#starting").wait_for(state="detached")

    def find(
        self,
        name: str | None = None,
        *,
        role: Role = "button",
        identifier: str | None = None,
        exact: bool = True,
    ) -> Locator:
        """What a screen reader would find: by `Semantics(identifier=)`, or by role and name."""
        if identifier is not None:
            return self.page.locator(f'[flt-semantics-identifier="{identifier}"]')
        if name is None:
            return self.page.get_by_role(role)
        return self.page.get_by_role(role, name=name, exact=exact)

    async def see(self, text: str, *, exact: bool = False) -> None:
        """Wait until this text is on the screen, for eyes or ears.

        Raises:
            AssertionError: it did not come; the message shows what is there.
        """
        found = self.page.get_by_text(text, exact=exact)
        labelled = self.page.get_by_label(text, exact=exact)
        try:
            await found.or_(labelled).first.wait_for(state="attached")
        except PlaywrightError:
            raise AssertionError(
                f"{text!r} did not appear; there is: {await self.said()}"
            ) from None

    async def said(self) -> list[str]:
        """Everything in the accessibility tree: texts, labels and values, in order."""
        found: list[str] = await self.page.evaluate(_SAID)
        return found

    async def click(
        self, name: str | None = None, *, role: Role = "button", identifier: str | None = None
    ) -> None:
        """Activate a control as a screen reader does.

        A pointer may be caught by a node that covers the page; this goes to the control itself.
        """
        await self.find(name, role=role, identifier=identifier).dispatch_event("click")

    async def fill(self, label: str, text: str) -> None:
        """Replace the text of a field, and see to it that it has arrived.

        The client moves its own input element under the caret when a field is focused, and may
        miss text that comes before that: hence the short wait and the second try.
        """
        field = self.find(label, role="textbox")
        for _ in range(3):
            await field.focus()
            await asyncio.sleep(0.15)
            await field.fill(text)
            await asyncio.sleep(0.05)
            if await field.input_value() == text:
                return
        raise AssertionError(f"{label!r} did not take {text!r}")

    async def wheel(self, pixels: float, *, over: Locator | None = None) -> None:
        """Turn the wheel by so many logical pixels, over an element or the middle of the page."""
        box = await over.bounding_box() if over is not None else None
        if box is None:
            size = self.page.viewport_size or PHONE
            box = {"x": 0, "y": 0, "width": size["width"], "height": size["height"]}
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        left = pixels
        while left:
            step = max(-300.0, min(300.0, left))
            await self.page.mouse.wheel(0, step)
            left -= step
            await asyncio.sleep(0.05)

    async def text_scale(self, factor: float) -> None:
        """Make all text larger, as a browser's or system's text size does; 2 is 200 %."""
        await self.page.evaluate(
            "(factor) => { document.documentElement.style.fontSize = `${16 * factor}px`; }", factor
        )
        await self.page.wait_for_timeout(200)

    async def screenshot(self, name: str) -> Path:
        """Save what is shown as `test-results/screenshots/NAME.png`."""
        path = SCREENSHOTS / f"{name}.png"
        # What is said comes before what is painted; a picture is to show both.
        await self.page.wait_for_timeout(_PAINT_MS)
        await self.page.screenshot(path=path)
        return path

    async def close(self) -> None:
        """Close the page.

        Raises:
            BrowserProblems: something went wrong while it was open.
        """
        await self.page.close()
        if self.problems:
            raise BrowserProblems(self.problems)

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        self._require_own_origin(request.url)
        # The client gets it when ours has no glyph: a person sees a box.
        if urlsplit(request.url).path.endswith(f"/assets/{EMPTY_FONT}"):
            self.problems.append(f"a character is missing in the font: {request.url}")

    def _on_response(self, response: Response) -> None:
        self.statuses[response.url] = response.status
        if response.status >= 400:
            self.problems.append(f"status {response.status}: {response.url}")

    def _on_failed(self, request: Request) -> None:
        # What is still under way when a page goes away is aborted.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.failure}: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")
        if message.type == "error":
            self.problems.append(f"console error: {message.text}")

    def _on_page_error(self, error: PlaywrightError) -> None:
        self.problems.append(f"page error: {error}")

    def _on_websocket(self, websocket: WebSocket) -> None:
        self.requests.append(websocket.url)
        self._require_own_origin(websocket.url)
        websocket.on("framesent", lambda data: self.frames.sent.append(len(data)))
        websocket.on("framereceived", lambda data: self.frames.received.append(len(data)))

    def _require_own_origin(self, url: str) -> None:
        if urlsplit(url).scheme not in _OWN_SCHEMES and _origin(url) not in self._origins:
            self.problems.append(f"request to another origin: {url}")


@asynccontextmanager
async def open_app(
    context: BrowserContext,
    url: str,
    others: Collection[str] = (),
    *,
    wait_ms: int = _WAIT_MS,
) -> AsyncIterator[AppPage]:
    """Open an app in a new page and wait for its first screen.

    Args:
        context: The browser's profile.
        url: Where the app is.
        others: Addresses on other origins that it may call, such as an endpoint's.
        wait_ms: How long its first words and whatever else is waited for may take, in
            milliseconds.

    Raises:
        BrowserProblems: when the page is closed, if anything went wrong while it was open. If
            the test has failed already, the problems are added to its error as a note.
    """
    app = AppPage(await context.new_page(), url, others, wait_ms=wait_ms)
    try:
        await app.load()
        yield app
    except BaseException as error:
        if app.problems:
            error.add_note("Meanwhile, in the browser:\n" + "\n".join(app.problems))
        await app.page.close()
        raise
    await app.close()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.replace("ws", "http"), parts.netloc
