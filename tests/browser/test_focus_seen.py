"""Where the keyboard is can be seen: every kind of thing to press, measured by its pixels."""

from __future__ import annotations

import time
from functools import cache
from io import BytesIO

import flet as ft
import pytest
from PIL import Image

from components.surface import tones

from .layout import Box, layout
from .person import Person
from .settled import PATIENCE_SECONDS
from .stage import Stage
from .typist import Typist

pytestmark = pytest.mark.anyio

RING = 3.0
"""The least contrast of a ring to what was there before (WCAG 1.4.11)."""
TINT = 1.25
"""The least contrast of a tinted row."""
STOPS = {
    "/first-notice/default": 4,
    "/prompt/location": 3,
    "/seats/two": 4,
    "/checkout/ready": 3,
    "/settings/untouched": 3,
    "/tickets/two": 2,
}
"""How many stops of Tab are looked at; between them there is every kind of thing to press."""

contrast = cache(tones.contrast)


@pytest.mark.timeout(300)
async def test_what_has_the_focus_is_seen(stage: Stage) -> None:
    unseen = []
    for address, stops in STOPS.items():
        await stage.show(address, "zh_Hans")
        unseen += await not_seen(stage, address, stops, PATIENCE_SECONDS)
    assert not unseen, "\n".join(unseen)


async def test_a_focus_that_is_not_shown_is_found(stage: Stage) -> None:
    hidden = ft.ButtonStyle(overlay_color=ft.Colors.TRANSPARENT)
    await stage.put_on(
        lambda: ft.Column([ft.OutlinedButton(it, style=hidden) for it in ("one", "two")]), "en"
    )
    assert len(await not_seen(stage, "hidden", 2, patience=2)) == 2


async def not_seen(stage: Stage, address: str, stops: int, patience: float) -> list[str]:
    """Step from stop to stop; names those that look as they did before the focus came."""
    typist = Typist(Person(stage.app))
    unseen = []
    await layout(stage.app.page)
    await stage.picture()
    before = await picture(stage)
    for _ in range(stops):
        focus = await typist.step()
        found = await stage.app.page.locator(f"#{focus.node}").bounding_box()
        assert found is not None
        box = Box(found["x"], found["y"], found["width"], found["height"])
        deadline = time.monotonic() + patience
        # What is said comes before what is drawn.
        while not stands_out(before, now := await picture(stage), box):
            if time.monotonic() > deadline:
                unseen.append(f"{address}: {focus.identifier or focus.name} at {box}")
                break
        before = now
    return unseen


async def picture(stage: Stage) -> Image.Image:
    """The screen as it is drawn now."""
    return Image.open(BytesIO(await stage.app.page.screenshot())).convert("RGB")


def stands_out(before: Image.Image, now: Image.Image, box: Box) -> bool:
    """Whether there is a ring round a box, or a tint over it, that was not there before."""
    changed = contrasts(before, now, box)
    ring = sum(it >= RING for it in changed)
    tint = sum(it >= TINT for it in changed)
    # A ring has at least one pixel of each line of its box, on both sides; a tint has half.
    return ring >= box.width + box.height or tint >= box.width * box.height / 2


def contrasts(one: Image.Image, other: Image.Image, box: Box) -> list[float]:
    """The contrast of every pixel of a box, and a little around it, between two pictures."""
    around = (int(box.left) - 4, int(box.top) - 4, int(box.right) + 5, int(box.bottom) + 5)
    old, new = one.crop(around).tobytes(), other.crop(around).tobytes()
    return [
        contrast(f"#{old[at : at + 3].hex()}", f"#{new[at : at + 3].hex()}")
        for at in range(0, len(old), 3)
        if old[at : at + 3] != new[at : at + 3]
    ]
