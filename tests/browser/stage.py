"""A stage: one open page on which any example is put on in any language, in place.

A page takes seconds to open; a change of scene takes some frames. So one page goes through every
example, and its window, theme and text size change under it as they do under a person.

    async with open_stage(chromium, pack) as stage:
        await stage.show("/prompt/location", "en")
        await stage.resize(PHONE)

Nothing here waits for a length of time: a scene is there when its own mark is, a size when the
semantics tree has it, and a picture when it was the same twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import flet as ft
from playwright.async_api import Browser, ViewportSize

from components.i18n import PSEUDO_LOCALES, Language, available_locales
from components.policy import Pack
from components.prototype.gallery import COMPONENTS, Shown
from components.prototype.server import serve, web_app
from components.prototype.session import before_main, speak
from components.surface.example import Example, Setting
from components.surface.runtime import kit_component, on_page
from components.surface.viewport import follow_size

from .harness import PHONE, AppPage, open_app
from .layout import OWN
from .settled import settled_picture, wait_until

_MARK = f"{OWN}scene."
_PROBE = f"{OWN}probe"


@dataclass(frozen=True)
class Scene:
    """What is on the stage: a number that no other scene has, and what to build.

    ``look`` counts how often it was asked whether all that the app had to say has arrived.
    """

    number: int
    build: Callable[[], ft.Control] | None = None
    look: int = 0

    @property
    def mark(self) -> str:
        """The identifier of what is drawn together with it."""
        return f"{_MARK}{self.number}.{self.look}"


@kit_component
def _Stage(stage: Stage) -> ft.Control:
    scene, set_scene = ft.use_state(stage.scene)
    stage.put = set_scene
    ft.use_effect(stage.follow, [])
    content = ft.Container() if scene.build is None else scene.build()
    return ft.Stack(
        [
            # What stands here tells how large a line of text is. It is not seen, and lies behind
            # the scene, so that it takes no tap.
            ft.Column([_probe()], key="probe"),
            # A new key, so that no state of one scene is left in the next.
            ft.Container(content, key=f"scene-{scene.number}"),
            # The mark lies beside the scene: around it, it would make its texts one.
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


def _probe() -> ft.Control:
    return ft.Semantics(
        content=ft.Text(
            "Stage", theme_style=ft.TextThemeStyle.BODY_LARGE, color=ft.Colors.TRANSPARENT
        ),
        identifier=_PROBE,
        container=True,
    )


@dataclass(repr=False)  # Flet writes its messages' repr into a log
class Stage:
    """The one page; made by :func:`open_stage`."""

    pack: Pack
    scene: Scene = field(default_factory=lambda: Scene(0))
    put: Callable[[Scene], None] = lambda _scene: None
    did: list[str] = field(default_factory=list)
    """What was pressed in the scene that is on."""
    app: AppPage = field(init=False)
    locale: str = ""
    size: tuple[float, float] = (0, 0)
    """How wide and high the app knows its window to be."""
    _page: ft.Page = field(init=False)
    _factor: float = 1.0

    def main(self, page: ft.Page) -> None:
        """The Flet app of the stage."""
        self._page = page
        self.size = (page.width or 0, page.height or 0)
        self.locale = "zh_Hans"
        speak(page, Language.of(self.locale))
        page.render(_Stage, self)

    def follow(self) -> None:
        """Hear of it when the app learns that its window has another size."""

        def learn(width: float, height: float) -> None:
            self.size = (width, height)

        follow_size(self._page, learn)

    async def show(self, address: str, locale: str) -> None:
        """Put an example on, such as ``/prompt/location``, and wait until it is there.

        Raises:
            KeyError: There is no such example.
        """
        example = find_example(address)
        setting = Setting(Language.of(locale), self.pack, self.did.append)
        await self.put_on(lambda: Shown(example, setting), locale)

    async def put_on(self, build: Callable[[], ft.Control], locale: str) -> None:
        """Put anything on the stage, in the direction and with the words of a language."""
        if locale != self.locale:
            # Cleared first: what was there need not be laid out in the other direction.
            await self.clear()
            self.locale = locale
            with on_page(self._page):
                speak(self._page, Language.of(locale))
        self.did.clear()
        await self._change(build)

    async def clear(self) -> None:
        """Leave nothing but one line of text."""
        await self._change(None)

    async def _change(self, build: Callable[[], ft.Control] | None) -> None:
        await self._mark(Scene(self.scene.number + 1, build))

    async def _mark(self, scene: Scene) -> None:
        """Put a scene on, and wait until what is drawn with it is there."""
        self.scene = scene
        with on_page(self._page):
            self.put(scene)
        await self.app.find(identifier=scene.mark).wait_for(state="attached")

    async def resize(self, size: ViewportSize) -> None:
        """Give the window another size, in logical pixels, and wait until it is laid out so."""
        if self.size == (size["width"], size["height"]):
            return
        await self.app.page.set_viewport_size(size)

        async def laid_out() -> bool:
            box = await self._box("flt-semantics")
            return box == (size["width"], size["height"])

        await wait_until(laid_out, f"a window of {size}")

        async def heard() -> bool:
            return self.size == (size["width"], size["height"])

        # What the app draws otherwise in a window of that size is still on its way.
        await wait_until(heard, f"the app's word that its window is {size}")
        await self._mark(replace(self.scene, look=self.scene.look + 1))

    async def brightness(self, scheme: Literal["light", "dark"]) -> None:
        """Switch the system between light and dark."""
        await self.app.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    async def text_scale(self, factor: float) -> None:
        """Set the system's text size, 2 for 200 %, and wait until a line of text has it.

        What is on the stage stays, and grows or shrinks as it does under a person.
        """
        if factor == self._factor:
            return
        line = await self._line() / self._factor
        await self.app.page.evaluate(_FONT_SIZE, 16 * factor)

        async def grown() -> bool:
            return abs(await self._line() - line * factor) < line / 8

        await wait_until(grown, f"text at {factor:.0%}")
        self._factor = factor

    async def picture(self) -> bytes:
        """What is on the screen, as PNG, once it no longer changes."""
        return await settled_picture(self.app.page)

    async def _line(self) -> float:
        return (await self._box(f'[flt-semantics-identifier="{_PROBE}"]'))[1]

    async def _box(self, selector: str) -> tuple[float, float]:
        width, height = await self.app.page.evaluate(_BOX, selector)
        return float(width), float(height)


_FONT_SIZE = "(pixels) => { document.documentElement.style.fontSize = `${pixels}px`; }"
_BOX = """\
(selector) => {
  const node = document.querySelector(selector);
  if (!node) return [0, 0];
  const box = node.getBoundingClientRect();
  return [box.width, box.height];
}"""


def locales() -> tuple[str, ...]:
    """Every language of the interface, then the pseudo-locales."""
    return (*available_locales(), *PSEUDO_LOCALES)


def find_example(address: str) -> Example:
    """The example at an address of the gallery.

    Raises:
        KeyError: There is none.
    """
    component, _, name = address.strip("/").partition("/")
    return {it.name: it for it in COMPONENTS[component]}[name]


@asynccontextmanager
async def open_stage(
    chromium: Browser,
    pack: Pack,
    *,
    web_renderer: ft.WebRenderer = ft.WebRenderer.AUTO,
    **context_options: Any,
) -> AsyncIterator[Stage]:
    """Open a stage; further arguments go to Playwright's ``new_context``.

    Raises:
        BrowserProblems: When it is closed, if anything went wrong while it was open.
    """
    stage = Stage(pack)
    options = {"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce", **context_options}
    app = web_app(stage.main, before_main=before_main, web_renderer=web_renderer)
    async with serve(app) as url:
        context = await chromium.new_context(**options)
        try:
            async with open_app(context, url) as page:
                stage.app = page
                await stage.clear()
                yield stage
        finally:
            await context.close()
