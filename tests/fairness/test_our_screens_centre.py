"""No rule is broken by the centre, the history and the rights."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.policy import Pack

from .our_screens import CENTRE, faults

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]


async def test_no_example_breaks_a_rule_of_level_error(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    assert await faults(chromium, CENTRE, pack, characters) == []
