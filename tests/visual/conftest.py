"""One browser and one easel for the pictures of a file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from components.places import data_folder
from components.policy import load_pack
from tests.browser.harness import browser

from .easel import Easel, open_easel


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """As for all tests, for as long as the browser lives."""
    return "asyncio"


@pytest.fixture(scope="module")
async def easel(anyio_backend: str) -> AsyncIterator[Easel]:
    """What stands before the camera."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with browser() as chromium, open_easel(chromium, pack) as it:
        yield it
