"""A Chromium to look with: Playwright's own, or the system's."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .chromium import NothingShown
from .missing import ExtraMissing, needs

if TYPE_CHECKING:
    from playwright.async_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start a Chromium, and end it afterwards.

    Raises:
        ExtraMissing: Playwright is not installed, or there is no Chromium; says how to get it.
        NothingShown: It does not start.
    """
    with needs("Playwright"):
        from playwright.async_api import Error, async_playwright
    async with async_playwright() as playwright:
        found = _path(playwright.chromium.executable_path)
        try:
            browser = await playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
        except Error as error:
            raise NothingShown(f"Chromium does not start: {error.message}") from None
        try:
            yield browser
        finally:
            await browser.close()


def _path(own: str) -> str:
    """Playwright's own if it is installed, else the system's."""
    found = own if Path(own).exists() else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise ExtraMissing("there is no Chromium: run `python -m playwright install chromium`")
    return found
