"""The site, built once; one browser for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
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
def node() -> str:
    """Node.js: the one that Playwright brings, so that there is one on every machine."""
    program, _cli = compute_driver_executable()
    return program


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, node: str) -> Path:
    """The site that sends nothing anywhere, compiled."""
    folder = tmp_path_factory.mktemp("static") / "site"
    build_site(folder, node=node)
    return folder


@pytest.fixture(scope="package")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as it is where there is no Node.js: each visitor's browser compiles it."""
    folder = tmp_path_factory.mktemp("sources") / "site"
    build_site(folder)
    return folder
