"""The browser harness sees what a person sees, and lets nothing pass."""

from __future__ import annotations

import asyncio
from pathlib import Path

import flet as ft
import pytest
from playwright.async_api import Browser, async_playwright
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.prototype.server import serve, web_app

from .conftest import Visit
from .harness import BrowserMissing, BrowserProblems, find_chromium, open_app
from .settled import wait_until

pytestmark = pytest.mark.anyio

EVERYTHING = "明示同意：“位置”权限·《隐私政策》—— Ā ž € ✓ → مرحبا بكم"


@ft.component
def Demo() -> ft.Control:
    count, set_count = ft.use_state(0)
    name, set_name = ft.use_state("")
    return ft.Column(
        [
            ft.Semantics(content=ft.Text(f"已同意 {count} 次"), heading_level=1, identifier="top"),
            ft.Text(EVERYTHING),
            ft.Text(EVERYTHING, weight=ft.FontWeight.BOLD),
            ft.FilledButton("同意", on_click=lambda: set_count(count + 1)),
            ft.TextField(label="昵称", on_change=lambda e: set_name(e.control.value)),
            ft.Text(f"你好，{name}"),
            ft.ListView([ft.Text(f"第 {n} 条") for n in range(200)], expand=True),
        ],
        expand=True,
    )


def demo(page: ft.Page) -> None:
    page.render(Demo)


async def test_a_person_sees_clicks_types_and_scrolls(visit: Visit) -> None:
    app = await visit(demo)
    await app.see("已同意 0 次")
    await app.see(EVERYTHING)
    await app.click("同意")
    await app.find("已同意 1 次", role="heading").wait_for(state="attached")
    assert await app.find(identifier="top").count() == 1
    await app.fill("昵称", "小明")
    await app.see("你好，小明")
    await app.wheel(1500, over=app.find(identifier="top"))
    shown = await app.screenshot("harness")
    assert shown.read_bytes().startswith(b"\x89PNG")
    assert len(app.frames.received) >= 3 and sum(app.frames.sent) > 0
    assert len(app.hosts) == 1 and app.hosts.pop() in app.url
    # A page that is isolated is drawn in two threads, which spoil each other's memory.
    assert await app.page.evaluate("crossOriginIsolated") is False


async def test_a_page_is_there_once_the_app_is(visit: Visit) -> None:
    """While it waits, the client has words of its own, which are not the app's."""

    async def is_slow(_page: ft.Page) -> None:
        await asyncio.sleep(0.5)

    app = await visit(lambda page: page.add(ft.Text("到了")), before_main=is_slow)
    assert await app.said() == ["到了"]


async def test_text_grows_with_the_browser(visit: Visit) -> None:
    app = await visit(lambda page: page.add(ft.Text("大字")))
    text = app.page.get_by_text("大字")
    before = await text.bounding_box()
    await app.text_scale(2)
    after = await text.bounding_box()
    assert before is not None and after is not None
    assert after["height"] > 1.7 * before["height"]


async def test_a_reloaded_page_keeps_its_session(visit: Visit) -> None:
    app = await visit(demo)
    await app.click("同意")
    await app.see("已同意 1 次")
    await app.reload()
    await app.see("已同意 1 次")


async def test_what_does_not_appear_is_reported_with_what_is_there(visit: Visit) -> None:
    app = await visit(lambda page: page.add(ft.Text("这里")))
    app.page.set_default_timeout(300)
    with pytest.raises(AssertionError, match=r"there is: .*这里"):
        await app.see("那里")


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("fetch('https://foreign.example/x').catch(() => {})", "another origin"),
        ("new Image().src = 'https://foreign.example/x.png'", "another origin"),
        ("fetch('/nothing.png')", "status 404"),
        ("fetch('/broken')", "status 500"),
        ("fetch('/assets/fonts/empty.woff2')", "missing in the font"),
        ("console.error('planted')", "console error: planted"),
        ("setTimeout(() => { throw new Error('planted') })", "page error"),
        ("new WebSocket('ws://127.0.0.1:9/')", "another origin: ws:"),
    ],
)
async def test_nothing_planted_passes(chromium: Browser, script: str, problem: str) -> None:
    async def broken(_request: Request) -> Response:
        return PlainTextResponse("broken", status_code=500)

    # The page's own policy would stop some of these before they are requests.
    context = await chromium.new_context(bypass_csp=True)
    app = web_app(lambda page: page.add(ft.Text("x")), routes=[Route("/broken", broken)])
    async with serve(app) as url:
        with pytest.raises(BrowserProblems, match=problem):
            async with open_app(context, url) as page:
                await page.page.evaluate(f"() => {{ {script} }}")
                await page.page.wait_for_timeout(300)
        await context.close()


async def test_the_page_itself_refuses_what_is_foreign(chromium: Browser) -> None:
    context = await chromium.new_context()
    async with serve(web_app(lambda page: page.add(ft.Text("x")))) as url:
        with pytest.raises(BrowserProblems, match="Content Security Policy") as caught:
            async with open_app(context, url) as page:
                await page.page.evaluate("() => { new Image().src = 'https://foreign.example/x' }")
                await page.page.wait_for_timeout(300)
        assert "csp: https://foreign.example/x" in caught.value.problems
        assert "https://foreign.example/x" not in page.statuses
        await context.close()


async def test_a_character_outside_the_font_is_noticed(chromium: Browser) -> None:
    context = await chromium.new_context()
    async with serve(web_app(lambda page: page.add(ft.Text("ไทย")))) as url:
        with pytest.raises(BrowserProblems, match="missing in the font"):
            async with open_app(context, url) as page:

                async def noticed() -> bool:
                    return bool(page.problems)

                await wait_until(noticed, "the client's search for another font")
        await context.close()


async def test_a_failed_test_keeps_its_error_and_gets_the_problems_as_a_note(
    chromium: Browser,
) -> None:
    context = await chromium.new_context()
    async with serve(web_app(demo)) as url:
        with pytest.raises(ValueError, match="its own") as caught:
            async with open_app(context, url) as page:
                page.problems.append("status 404: planted")
                raise ValueError("its own")
        assert "planted" in caught.value.__notes__[0]
        await context.close()


async def test_without_a_browser_the_remedy_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    async with async_playwright() as playwright:
        with pytest.raises(BrowserMissing, match="playwright install chromium"):
            find_chromium(playwright)
