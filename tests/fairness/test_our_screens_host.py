"""No rule is broken by the prototype around the kit, and what any host shows."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from components.policy import Pack
from components.prototype.gallery import COMPONENTS

from .our_screens import CENTRE, HOST, NOTICES, READING, STUDY, faults

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]


async def test_no_example_breaks_a_rule_of_level_error(
    chromium: Browser, pack: Pack, characters: frozenset[str]
) -> None:
    assert await faults(chromium, HOST, pack, characters) == []


def test_every_component_is_looked_at_once() -> None:
    assert sorted((*NOTICES, *READING, *CENTRE, *HOST, *STUDY)) == sorted(COMPONENTS)
