"""The first notice on the smallest phone with the largest text: both choices are in sight."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.places import data_folder
from components.policy import load_pack
from components.prototype.gallery import gallery
from components.prototype.server import serve, web_app
from components.prototype.session import before_main

from .harness import open_app

pytestmark = pytest.mark.anyio

WIDTH, HEIGHT = 360, 640


async def test_both_choices_are_in_sight_at_twice_the_text(chromium: Browser) -> None:
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with serve(web_app(gallery(pack), before_main=before_main)) as url:
        context = await chromium.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        async with open_app(context, f"{url}/first-notice/default?locale=en") as app:
            await app.text_scale(2)
            boxes = []
            for choice in ("refuse", "accept"):
                found = app.find(identifier=f"first-notice.{choice}")
                box = await found.bounding_box()
                assert box is not None, f"{choice} is not on the page"
                boxes.append(box)
            await app.screenshot("first-notice-smallest-largest")
            for box in boxes:
                assert box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT
                assert box["x"] >= 0 and box["x"] + box["width"] <= WIDTH
            refuse, accept = boxes
            assert (refuse["width"], refuse["height"]) == (accept["width"], accept["height"])
            # The words keep at least half of the screen.
            assert refuse["y"] >= HEIGHT / 2
        await context.close()
