"""One browser for all browser tests; one context and one server for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import flet as ft
import pytest
from playwright.async_api import Browser

from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.server import serve, web_app

from .harness import PHONE, AppPage, browser, open_app
from .stage import Stage, open_stage

Main = Callable[[ft.Page], Awaitable[None] | None]
Visit = Callable[..., Awaitable[AppPage]]


@pytest.fixture(scope="package")
def anyio_backend() -> str:
    """As for all tests, for as long as the browser lives."""
    return "asyncio"


@pytest.fixture(scope="package")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """The running browser."""
    async with browser() as running:
        yield running


@pytest.fixture(scope="package")
def pack() -> Pack:
    """The reference pack."""
    return load_pack(data_folder("policy_content") / "epiao")


@pytest.fixture(scope="package")
async def open_page(chromium: Browser, pack: Pack) -> AsyncIterator[Stage]:
    """The stage that all tests share; see ``stage``."""
    async with open_stage(chromium, pack) as it:
        yield it


@pytest.fixture
async def stage(open_page: Stage) -> Stage:
    """A page on which anything is put on in place; a phone, light, with text at 100 %."""
    await open_page.brightness("light")
    await open_page.text_scale(1.0)
    await open_page.resize(PHONE)
    return open_page


@pytest.fixture
async def visit(chromium: Browser) -> AsyncIterator[Visit]:
    """Serve an app and open it: `page = await visit(main, before_main=..., locale="zh-CN")`.

    Further arguments go to Playwright's `new_context`. Everything is closed, and held to account,
    after the test.
    """
    async with AsyncExitStack() as stack:

        async def open_page(
            main: Main, *, before_main: Main | None = None, **context_options: Any
        ) -> AppPage:
            url = await stack.enter_async_context(serve(web_app(main, before_main=before_main)))
            options = {
                "viewport": PHONE,
                "locale": "zh-CN",
                "reduced_motion": "reduce",
                **context_options,
            }
            context = await chromium.new_context(**options)
            stack.push_async_callback(context.close)
            return await stack.enter_async_context(open_app(context, url))

        yield open_page
