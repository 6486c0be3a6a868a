"""One browser for all browser tests; one context and one server for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import flet as ft
import pytest
from playwright.async_api import Browser

from components.prototype.server import serve, web_app

from .harness import PHONE, AppPage, browser, open_app

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
