"""Every example of every component as it is really drawn, in Chromium."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import ViewportSize

from components.prototype.gallery import addresses

from .geometry import outside, too_small
from .layout import Box, layout
from .stage import Stage

pytestmark = pytest.mark.anyio

SMALLEST = ViewportSize(width=320, height=640)
"""A page at 400 % on a common desktop, too (WCAG 1.4.10)."""
_ERROR_BOX = 60
"""Side, in pixels, of the smallest area in the grey of Flutter's error box that counts."""


@pytest.mark.timeout(900)
async def test_every_example_is_drawn_whole_on_the_smallest_phone(stage: Stage) -> None:
    """In words that are two fifths longer than English: where these have room, others have.

    ``test_everywhere_*`` measure every example in every language from 360 pixels on.
    """
    await stage.resize(SMALLEST)
    window = Box(0, 0, SMALLEST["width"], SMALLEST["height"])
    faults: list[str] = []
    for address in addresses():
        await stage.show(address, "en_XA")
        pieces = await layout(stage.app.page)
        found = outside(pieces, window) + too_small(pieces, window)
        if shows_error_box(await stage.app.page.screenshot()):
            found.append("a grey error box stands in the place of something")
        faults += [f"{address}: {it}" for it in found]
    assert not faults, "\n".join(faults)


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
