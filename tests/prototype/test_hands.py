"""What the hands of a scenario do is seen by whoever watches the phone."""

from __future__ import annotations

import flet as ft
import pytest

from components.prototype.scenarios import hands
from components.surface.current import use_current
from components.surface.runtime import kit_component
from tests.pilot import running

pytestmark = pytest.mark.anyio


@kit_component
def _Form() -> ft.Control:
    typed = use_current("")
    return ft.Column(
        [
            ft.TextField(
                value=typed.value, key="year", on_change=lambda e: typed.set(e.control.value)
            ),
            ft.Text(f"The year is {typed.value}."),
        ]
    )


async def test_what_is_typed_stands_in_the_field() -> None:
    """The client is told: it has not typed by itself."""
    async with running(lambda page: page.render(_Form)) as pilot:
        await pilot.settle()
        for year in ("201", "2015"):
            await hands.write(pilot.app_page, "year", year)
            await pilot.settle()
            assert pilot.by_key("year").get("value") == year
            assert f"The year is {year}." in pilot.texts()
