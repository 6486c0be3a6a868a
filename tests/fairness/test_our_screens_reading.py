"""No rule is broken by what there is to read, to copy and to send."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.policy import Pack

from .our_screens import READING, faults

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]


async def test_no_example_breaks_a_rule_of_level_error(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    assert await faults(chromium, READING, pack, characters) == []
