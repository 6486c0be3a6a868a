"""What stands before the camera: an example above a strip that tells which one it is.

What a browser says is there may not be painted yet, and two equal pictures in a row may both show
the scene before. So below every example lies a strip in a colour that the pictures before it do not
have. A picture counts once that colour is in it; the strip is cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

import flet as ft
from PIL import Image
from playwright.async_api import Browser, ViewportSize

from components.i18n import Language
from components.policy import Pack
from components.prototype.gallery import Shown
from components.surface.example import Setting
from components.surface.runtime import kit_component, on_page
from tests.browser.settled import wait_until
from tests.browser.stage import Stage, find_example, open_stage

from .wanted import Picture, View

_STRIP = 8
"""Height of the strip, in pixels."""
_LEVEL = 17
"""So far apart are two levels of red, green or blue that tell two numbers apart; 16 levels each."""
_NUMBERS = 16**3


@kit_component
def _Framed(build: Callable[[], ft.Control], easel: Easel) -> ft.Control:
    number, easel.number = ft.use_state(0)
    easel.page = ft.context.page
    return ft.Column(
        [
            ft.Container(build(), expand=True),
            ft.Container(bgcolor=_colour(number), height=_STRIP),
        ],
        spacing=0,
        expand=True,
    )


@dataclass(repr=False)  # Flet writes its messages' repr into a log
class Easel:
    """Puts examples on a stage and takes pictures of them; made by :func:`open_easel`."""

    stage: Stage
    number: Callable[[int], None] = lambda _number: None
    page: ft.Page | None = None
    taken: int = 0
    _size: tuple[int, int] | None = None
    _scheme: str = ""

    async def put_up(self, picture: Picture) -> None:
        """Put what a picture shows in front of the camera, and wait until it is painted."""
        example = find_example(picture.address)
        await self.put_on(picture.view, lambda setting: Shown(example, setting))

    async def put_on(self, view: View, build: Callable[[Setting], ft.Control]) -> None:
        """Put anything in front of the camera, to be looked at in one way."""
        if view.scheme != self._scheme:
            await self.stage.brightness(view.scheme)
            self._scheme = view.scheme
        if view.size != self._size:
            await self.stage.clear()
            width, height = view.size
            await self.stage.resize(ViewportSize(width=width, height=height + _STRIP))
            self._size = view.size
        setting = Setting(Language.of(view.locale), self.stage.pack, self.stage.did.append)
        await self.stage.put_on(lambda: _Framed(lambda: build(setting), self), view.locale)
        # From 1 to the most there is room for, then from 1 again; 0 is what the strip begins with.
        self.taken = self.taken % (_NUMBERS - 1) + 1
        assert self.page is not None
        with on_page(self.page):
            # Behind all that the example itself sets off when it is first drawn.
            self.number(self.taken)

        async def painted() -> bool:
            return _number_in(await self._whole()) == self.taken

        await wait_until(painted, f"picture {self.taken} of this run, painted")

    async def look(self) -> Image.Image:
        """What is in front of the camera now."""
        whole = await self._whole()
        return whole.crop((0, 0, whole.width, whole.height - _STRIP))

    async def settled(self, times: int) -> Image.Image:
        """What is in front of the camera, once it was seen so many times.

        Not in a row: a cursor blinks.
        """
        seen: Counter[bytes] = Counter()
        found: list[Image.Image] = []

        async def steady() -> bool:
            now = await self.look()
            seen[now.tobytes()] += 1
            if seen[now.tobytes()] == times:
                found.append(now)
            return bool(found)

        await wait_until(steady, f"picture {self.taken} of this run, the same {times} times")
        return found[0]

    async def _whole(self) -> Image.Image:
        # Not every machine has the same pixels for a logical one; the picture is of logical ones.
        data = await self.stage.app.page.screenshot(scale="css")
        return Image.open(BytesIO(data)).convert("RGB")


@asynccontextmanager
async def open_easel(chromium: Browser, pack: Pack) -> AsyncIterator[Easel]:
    """Set up an easel in a browser."""
    async with open_stage(chromium, pack) as stage:
        yield Easel(stage)


def _colour(number: int) -> str:
    red, green, blue = number >> 8 & 15, number >> 4 & 15, number & 15
    return f"#{red * _LEVEL:02X}{green * _LEVEL:02X}{blue * _LEVEL:02X}"


def _number_in(picture: Image.Image) -> int:
    pixel = picture.getpixel((picture.width // 2, picture.height - _STRIP // 2))
    assert isinstance(pixel, tuple)
    red, green, blue = (round(it / _LEVEL) for it in pixel[:3])
    return red << 8 | green << 4 | blue
