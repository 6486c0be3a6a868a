"""What Firefox and Safari are given: the client with CanvasKit, which other browsers do not take.

It looks for other fonts where the client that the rest of the suite runs does not.
"""

from __future__ import annotations

import flet as ft
import pytest
from playwright.async_api import Browser

from components.policy import Pack
from components.prototype.gallery import COMPONENTS
from components.prototype.server import serve, web_app

from .harness import AppPage
from .settled import wait_until
from .stage import open_stage

pytestmark = pytest.mark.anyio

_ELSEWHERE = frozenset({"other-hosts"})
"""Components whose first example is of a host with a font that is not there."""
_A_WHILE_MS = 1500
"""In which a client that goes on asking for a font asks several times."""


@pytest.mark.timeout(300)
async def test_every_component_is_drawn_in_the_font_that_is_there(
    chromium: Browser, pack: Pack
) -> None:
    """The stage fails if another font is looked for."""
    async with open_stage(
        chromium, pack, web_renderer=ft.WebRenderer.CANVAS_KIT, device_scale_factor=1
    ) as stage:
        for locale in ("zh_Hans", "en", "ar"):
            for component, examples in COMPONENTS.items():
                if component not in _ELSEWHERE:
                    await stage.show(f"{component}/{examples[0].name}", locale)
        for example in ("reader/largest", "other-hosts/largest-text-notice"):
            await stage.show(example, "zh_Hans")
        assert any(it.endswith("/canvaskit.wasm") for it in stage.app.requests)


@pytest.mark.parametrize("renderer", [ft.WebRenderer.SKWASM, ft.WebRenderer.CANVAS_KIT])
async def test_a_character_that_the_font_lacks_is_looked_for_once(
    chromium: Browser, renderer: ft.WebRenderer
) -> None:
    context = await chromium.new_context(locale="zh-CN")
    # Alone: of a longer text each character is looked for, in the one of many files that has it.
    app = web_app(lambda page: page.add(ft.Text("𠮷")), web_renderer=renderer)
    async with serve(app) as url:
        page = AppPage(await context.new_page(), url)
        await page.load()

        async def looked_for() -> bool:
            return bool(page.problems)

        await wait_until(looked_for, "the client's search for another font")
        await page.page.wait_for_timeout(_A_WHILE_MS)
        assert page.problems == [
            f"a character is missing in the font: {url}/assets/fonts/empty.woff2"
        ]
        await page.page.close()
    await context.close()
