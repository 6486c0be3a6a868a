"""Every example of every component as it is really drawn, in Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser

from components.i18n import available_locales
from components.places import data_folder
from components.policy import load_pack
from components.prototype.gallery import addresses, gallery
from components.prototype.server import serve, web_app
from components.prototype.session import before_main

from .harness import AppPage, open_app

pytestmark = pytest.mark.anyio

TARGET = 48
_ERROR_BOX = 60
"""Side, in pixels, of the smallest area in the grey of Flutter's error box that counts."""


@dataclass(frozen=True)
class Look:
    """A way to look at an example."""

    name: str
    width: int
    height: int
    scheme: str
    text: float


PHONE = Look("phone-light", 412, 892, "light", 1)
SMALL = Look("small-phone-dark", 320, 640, "dark", 1)
DESKTOP = Look("desktop-light", 1280, 800, "light", 1)
LARGE_TEXT = Look("phone-large-text", 412, 892, "light", 2)
SEEN = (
    *((PHONE, locale) for locale in available_locales()),
    (SMALL, "ar"),
    # Two fifths longer than English: where this has room, the others have.
    (SMALL, "en_XA"),
    (DESKTOP, "ar"),
    (LARGE_TEXT, "en"),
    (LARGE_TEXT, "ar"),
)
"""Every language on a common phone, and every look in the languages that are hardest on it."""


@pytest.fixture(scope="module")
async def address(anyio_backend: str) -> AsyncIterator[str]:
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with serve(web_app(gallery(pack), before_main=before_main)) as url:
        yield url


@pytest.mark.parametrize(
    ("look", "locale"), SEEN, ids=[f"{look.name}-{locale}" for look, locale in SEEN]
)
async def test_every_example_is_drawn_whole(
    chromium: Browser, address: str, look: Look, locale: str
) -> None:
    options: dict[str, Any] = {
        "viewport": {"width": look.width, "height": look.height},
        "color_scheme": look.scheme,
        "locale": "zh-CN",
        "reduced_motion": "reduce",
    }
    context = await chromium.new_context(**options)
    faults: list[str] = []
    for example in addresses():
        async with open_app(context, f"{address}{example}?locale={locale}") as page:
            await page.find(role="heading").first.wait_for(state="attached")
            if look.text != 1:
                await page.text_scale(look.text)
            faults += [f"{example}: {it}" for it in await faults_of(page, look)]
    await context.close()
    assert faults == []


async def faults_of(page: AppPage, look: Look) -> list[str]:
    """What is wrong with a screen: out of sight, too small to press, or broken."""
    faults = []
    boxes: list[dict[str, Any]] = await page.page.evaluate(_BOXES)
    for box in boxes:
        if box["left"] < -1 or box["right"] > look.width + 1:
            faults.append(f"runs out of sight: {box}")
        whole = not box["cut"] and box["top"] >= 0 and box["bottom"] <= look.height
        if box["button"] and whole and box["height"] < TARGET - 0.5:
            faults.append(f"too low to press: {box}")
    picture = await page.page.screenshot()
    if shows_error_box(picture):
        faults.append("a grey error box stands in the place of something")
    return faults


_BOXES = """
() => [...document.querySelectorAll('flt-semantics, flt-semantics-host h1, flt-semantics-host h2,'
    + ' flt-semantics-host h3, flt-semantics-host h4')]
  .filter(node => node.children.length === 0 && node.textContent)
  .map(node => {
    const box = node.getBoundingClientRect();
    // What a list shows only a part of ends where the list does.
    let cut = false;
    for (let up = node.parentElement; up && up.id; up = up.parentElement) {
      const around = up.getBoundingClientRect();
      cut ||= around.height > box.height + 1
        && (Math.abs(around.bottom - box.bottom) < 1 || Math.abs(around.top - box.top) < 1);
    }
    return {cut, text: node.textContent.slice(0, 40),
            top: box.top, bottom: box.bottom, left: box.left, right: box.right,
            height: box.height, button: node.getAttribute('role') === 'button'};
  })
"""


def shows_error_box(picture: bytes) -> bool:
    """Whether a screenshot has an area in the grey that Flutter draws for what it cannot."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    red, green, blue = image.split()
    # Flutter's release error box is 0xF0C0C0C0 over the page: near-neutral and mid-bright.
    grey = [
        band.point(lambda value: 255 if 186 <= value <= 202 else 0) for band in (red, green, blue)
    ]
    mask = Image.merge("RGB", grey).convert("L").point(lambda value: 255 if value == 255 else 0)
    # A shrunk mask keeps only what is grey all over a square of that side.
    small = mask.reduce(_ERROR_BOX // 2)
    return bool(small.point(lambda value: 1 if value == 255 else 0).getbbox())


def test_the_error_box_is_recognised() -> None:
    """The check above can fail: a picture with such an area is caught, one without is not."""

    def picture(box: int) -> bytes:
        image = Image.new("RGB", (412, 892), (245, 250, 253))
        image.paste((196, 198, 197), (20, 200, 20 + box, 200 + box))
        buffer = BytesIO()
        image.save(buffer, "PNG")
        return buffer.getvalue()

    assert shows_error_box(picture(120))
    assert not shows_error_box(picture(20))
