"""When a page has come to rest: by what it shows, never by how long it took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Page

PATIENCE_SECONDS = 60.0
"""How long anything may take; only a machine that hangs needs this much."""


async def wait_until(
    condition: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE_SECONDS
) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: It did not come to be.
    """
    deadline = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not come: {what}")
        await asyncio.sleep(0.01)


async def settled_picture(page: Page) -> bytes:
    """The page as PNG, once it was the same twice in a row.

    Raises:
        AssertionError: It never stopped changing.
    """
    before = await page.screenshot()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (now := await page.screenshot()) != before:
        if time.monotonic() > deadline:
            raise AssertionError("the picture never stopped changing")
        before = now
    return now
