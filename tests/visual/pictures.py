"""Which pictures there are, and how they are taken and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import ViewportSize

from components.places import data_folder
from components.policy import load_pack
from components.prototype.gallery import addresses
from tests.browser.harness import DESKTOP, PHONE, browser
from tests.browser.stage import Stage, open_stage

BASELINES = Path(__file__).resolve().parent / "baselines"
"""The pictures of last time, one folder for each component."""
DIFFERENCES = Path(__file__).resolve().parents[2] / "test-results" / "visual"
"""Where a failing comparison leaves what it saw."""

_COLOURS = 64
MOST = 250
"""So many pictures at most: a repository keeps every version of each."""
MOST_BYTES = 6_000_000


@dataclass(frozen=True)
class View:
    """A way to look at an example: a language, a theme, a size."""

    name: str
    locale: str
    scheme: Literal["light", "dark"]
    size: ViewportSize


VIEWS = (
    View("zh", "zh_Hans", "light", PHONE),
    View("zh-dark", "zh_Hans", "dark", PHONE),
    View("en", "en", "light", PHONE),
    View("ar", "ar", "light", PHONE),
    View("desktop", "zh_Hans", "light", DESKTOP),
)


@dataclass(frozen=True)
class Picture:
    """One picture to take: an example, looked at in one way."""

    address: str
    view: View

    @property
    def path(self) -> Path:
        """Where its baseline lies."""
        component, _, example = self.address.strip("/").partition("/")
        return BASELINES / component / f"{example}.{self.view.name}.png"


def wanted() -> list[Picture]:
    """Every picture there is to be, those of one view together.

    In Chinese on a phone every example; in the other views the first of each component, on a
    desktop of every second one. That a language or a theme fits everywhere is measured elsewhere;
    a picture notices that it looks otherwise.
    """
    firsts: dict[str, str] = {}
    for address in addresses():
        firsts.setdefault(address.strip("/").partition("/")[0], address)
    chosen = {
        "zh": list(addresses()),
        "desktop": list(firsts.values())[::2],
    }
    return [
        Picture(address, view)
        for view in VIEWS
        for address in chosen.get(view.name, list(firsts.values()))
    ]


async def take(stage: Stage, picture: Picture) -> bytes:
    """Put it on the stage and take it, packed as it is kept."""
    await stage.brightness(picture.view.scheme)
    await stage.show(picture.address, picture.view.locale)
    await stage.resize(picture.view.size)
    return packed(await stage.picture())


async def take_all(
    taken: Callable[[Picture, bytes], None], pictures: list[Picture] | None = None
) -> None:
    """Take pictures in a browser of its own, and hand each over."""
    async for picture, data in _all(wanted() if pictures is None else pictures):
        taken(picture, data)


async def _all(pictures: list[Picture]) -> AsyncIterator[tuple[Picture, bytes]]:
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with browser() as chromium, open_stage(chromium, pack) as stage:
        for picture in pictures:
            yield picture, await take(stage, picture)


def packed(png: bytes) -> bytes:
    """A PNG of few colours: a screen has few, and a repository keeps every version."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    few = picture.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    data = BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()
