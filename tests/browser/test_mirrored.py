"""From right to left, as it is really drawn: the mirror image, also of what is open already."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from components.i18n import available_locales
from components.places import data_folder
from components.policy import load_pack
from components.prototype.gallery import gallery
from components.prototype.server import serve, web_app
from components.prototype.session import before_main

from .harness import PHONE, AppPage, open_app
from .person import Demo, demo

pytestmark = pytest.mark.anyio

Box = tuple[float, float, float, float]

# Of the same size in every language: icons, and the pair of equal buttons. The pack speaks
# Chinese to both readers, so that what stands above them is as high.
PLACES = {
    "/first-notice/default": [
        "first-notice.language",
        "first-notice.refuse",
        "first-notice.accept",
    ],
    "/reader/at-location": ["page.close", "reader.contents"],
    "/language-picker/following": ["language.close"],
}


@pytest.fixture(scope="module")
async def address(anyio_backend: str) -> AsyncIterator[str]:
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with serve(web_app(gallery(pack), before_main=before_main)) as url:
        yield url


@pytest.fixture
async def running(chromium: Browser, tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo(chromium, tmp_path) as it:
        yield it


async def box_of(page: AppPage, identifier: str) -> Box:
    """Left, top, width and height of what has an identifier."""
    place = page.find(identifier=identifier).first
    await place.wait_for(state="attached")
    box = await place.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


@pytest.mark.parametrize("example", PLACES)
async def test_arabic_is_the_mirror_image(chromium: Browser, address: str, example: str) -> None:
    context = await chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    places: dict[str, dict[str, Box]] = {}
    for locale in ("zh_Hans", "ar"):
        async with open_app(context, f"{address}{example}?locale={locale}") as page:
            places[locale] = {it: await box_of(page, it) for it in PLACES[example]}
    await context.close()
    for identifier, (x, y, width, height) in places["zh_Hans"].items():
        turned = places["ar"][identifier]
        assert turned[0] == pytest.approx(PHONE["width"] - x - width, abs=1), identifier
        assert turned[2:] == pytest.approx((width, height), abs=1), identifier
        # In Arabic a note stands above the notice's title: its words are in another language.
        if identifier != "first-notice.language":
            assert turned[1] == pytest.approx(y, abs=8), identifier
        # Whatever lies in the very middle would be its own mirror image.
        assert abs(turned[0] - x) > 40, identifier


async def test_an_open_sheet_turns_round_when_its_language_is_chosen(running: Demo) -> None:
    person = await running.visit()
    await person.tap("first-notice.language")
    before = await box_of(person.page, "language.close")
    for locale in available_locales():
        height = (await box_of(person.page, f"language.{locale}"))[3]
        assert height >= 48, locale
    await person.tap("language.ar")
    await person.page.find("اللغة", role="heading").first.wait_for(state="attached")
    await person.page.page.wait_for_selector('html[lang="ar"]', state="attached")
    mirrored = PHONE["width"] - before[0] - before[2]
    # What is said comes before what is drawn: the place is asked for until it is the new one.
    deadline = asyncio.get_running_loop().time() + 10
    while abs((await box_of(person.page, "language.close"))[0] - mirrored) > 2:
        assert asyncio.get_running_loop().time() < deadline, "the sheet did not turn round"
        await asyncio.sleep(0.02)
    await person.page.screenshot("languages-ar")
    await person.tap("language.close")
    await person.waits_for("first-notice.accept")
