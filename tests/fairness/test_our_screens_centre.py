"""No rule is broken by the centre, the history and the rights."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.fairness.adapters.chromium import ANDROID
from components.policy import Pack

from .our_screens import CENTRE, faults
from .stage import stage_in

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]


async def test_no_example_breaks_a_rule_of_level_error(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    async with stage_in(chromium, ANDROID) as stage:
        assert await faults(stage, CENTRE, pack, characters) == []
