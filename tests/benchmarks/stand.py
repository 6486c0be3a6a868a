"""One open page in Chromium on which things are shown by turns, and timed as a person meets them.

A time ends with the frame in which something has reached the browser's tree of what can be read
and heard, which Flutter updates once the frame is laid out and handed over to be painted; what the
thread that paints takes after that is in no time here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import flet as ft
from playwright.async_api import Browser

from components.i18n import Language
from components.prototype.server import serve, web_app
from components.prototype.session import before_main, speak
from components.surface.runtime import kit_component, on_page
from tests.browser.harness import PHONE, AppPage, open_app

_PATIENCE_MS = 240_000
_FRAMES_STILL = 4

_SHOWN = """\
([mark, patience]) => new Promise((done, failed) => {
  const begun = performance.now();
  const look = () => {
    if (document.querySelector(`[flt-semantics-identifier="${mark}"]`)) done(null);
    else if (performance.now() - begun > patience) failed(new Error(`${mark} did not come`));
    else requestAnimationFrame(look);
  };
  look();
})"""
_PRESS = """\
((name) => {
  const named = document.querySelector(`[flt-semantics-identifier="${name}"]`);
  const pressed = named.querySelector('[flt-tappable]') ?? named;
  pressed.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
})"""
_PRESSED = """\
([button, mark, frames, patience]) => new Promise((done, failed) => {
  const find = (name) => document.querySelector(`[flt-semantics-identifier="${name}"]`);
  const begun = performance.now();
  let place = '', since = 0, seen = 0;
  const look = () => {
    const now = performance.now(), node = find(mark);
    const box = node && node.getBoundingClientRect();
    const found = node ? `${box.x} ${box.y} ${box.width} ${box.height}` : '';
    if (found !== place) [place, since, seen] = [found, now, 0];
    if (node && ++seen >= frames) done(since - begun);
    else if (now - begun > patience) failed(new Error(`${mark} did not come`));
    else requestAnimationFrame(look);
  };
  PRESS(button);
  look();
})""".replace("PRESS", _PRESS)
_SAID = """\
([words, patience]) => new Promise((done, failed) => {
  const begun = performance.now();
  const says = (node) => node.ariaLabel === words || node.textContent === words;
  const look = () => {
    if ([...document.querySelectorAll('flt-semantics-host *')].some(says)) done(null);
    else if (performance.now() - begun > patience) failed(new Error(`${words} did not come`));
    else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(frozen=True)
class _Scene:
    number: int
    build: Callable[[], ft.Control]

    @property
    def mark(self) -> str:
        return f"bench.{self.number}"


@dataclass(repr=False)  # Flet writes its messages' repr into a log
class Stand:
    """The page; made by :func:`standing`."""

    page: ft.Page = field(init=False)
    app: AppPage = field(init=False)
    number: int = 0
    put: Callable[[_Scene], None] = lambda _scene: None
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def main(self, page: ft.Page) -> None:
        """The Flet app of the stand."""
        self.page = page
        speak(page, Language.of("zh_Hans"))
        page.render(_Screen, self)
        self.ready.set()

    async def show(self, build: Callable[[], ft.Control]) -> float:
        """Show something, and nothing else; milliseconds until it is there."""
        mark = f"bench.{self.number + 1}"
        return await self._timed(_SHOWN, mark, lambda: self.begin(build))

    def begin(self, build: Callable[[], ft.Control]) -> None:
        """Let something be shown, and nothing else; it comes later."""
        self.number += 1
        self.put(_Scene(self.number, build))

    async def clear(self) -> None:
        """Show no more than a word."""
        await self.show(_nothing)

    async def said(self, words: str, act: Callable[[], object]) -> float:
        """Milliseconds from what the app does until exactly these words stand somewhere."""
        return await self._timed(_SAID, words, act)

    async def press(self, button: str, mark: str) -> float:
        """Milliseconds from a press until what it leads to stands still in its place.

        Args:
            button: Identifier of what is pressed.
            mark: Identifier of what it leads to.
        """
        asked = [button, mark, _FRAMES_STILL, _PATIENCE_MS]
        return float(await self.app.page.evaluate(_PRESSED, asked))

    async def leave(self, button: str) -> None:
        """Press what closes a screen, and wait until it is gone with it."""
        await self.app.page.evaluate(_PRESS, button)
        await self.app.find(identifier=button).wait_for(state="detached")

    async def _timed(self, script: str, mark: str, act: Callable[[], object]) -> float:
        page = self.app.page
        waiting = asyncio.ensure_future(page.evaluate(script, [mark, _PATIENCE_MS]))
        # Answered in order: the browser looks before there is anything to see.
        await page.evaluate("() => null")
        begun = time.perf_counter()
        with on_page(self.page):
            act()
        await waiting
        return (time.perf_counter() - begun) * 1e3


@kit_component
def _Screen(stand: Stand) -> ft.Control:
    scene, stand.put = ft.use_state(_Scene(0, _nothing))
    return ft.Stack(
        [
            ft.Container(scene.build(), key=f"scene-{scene.number}"),
            # Beside the scene and in the same frame; around it, it would make its texts one.
            ft.Semantics(
                content=ft.Container(width=1, height=1),
                identifier=scene.mark,
                container=True,
                key=scene.mark,
            ),
        ],
        fit=ft.StackFit.PASS_THROUGH,
        expand=True,
    )


def _nothing() -> ft.Control:
    return ft.Text("nothing")


@asynccontextmanager
async def standing(chromium: Browser) -> AsyncIterator[Stand]:
    """A page of a phone's size, while the block runs."""
    stand = Stand()
    async with serve(web_app(stand.main, before_main=before_main)) as url:
        context = await chromium.new_context(viewport=PHONE, locale="zh-CN")
        try:
            async with open_app(context, url) as app:
                stand.app = app
                # The first words on the screen may be the client's own.
                await stand.ready.wait()
                await stand.clear()
                yield stand
        finally:
            await context.close()
