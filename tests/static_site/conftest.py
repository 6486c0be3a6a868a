"""The site, built once; one browser for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from components.prototype.static_site.site import build_site
from tests.browser.harness import browser


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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that sends nothing anywhere."""
    folder = tmp_path_factory.mktemp("static") / "site"
    build_site(folder)
    return folder
