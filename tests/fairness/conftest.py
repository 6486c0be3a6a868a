"""One browser for the tests of fairness, and the characters that the kit's fonts can draw."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from components.fairness.adapters.fonts import characters_of
from components.places import data_folder
from components.policy import Pack, load_pack
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


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@pytest.fixture(scope="session")
def characters() -> frozenset[str]:
    return characters_of(sorted(data_folder("assets").rglob("*.woff2")))
