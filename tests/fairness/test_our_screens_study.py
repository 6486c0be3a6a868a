"""No rule is broken by the screens of a study, which are outside of what it studies."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.policy import Pack

from .our_screens import STUDY, faults

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]


async def test_no_example_breaks_a_rule_of_level_error(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    assert await faults(chromium, STUDY, pack, characters) == []
