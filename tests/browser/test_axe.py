"""No violation of axe-core's rules: every example."""

from __future__ import annotations

import flet as ft
import pytest

from components.prototype.gallery import addresses

from .axe import violations
from .layout import layout
from .stage import Stage

pytestmark = pytest.mark.anyio


@pytest.mark.timeout(600)
async def test_every_example(stage: Stage) -> None:
    """In Chinese: roles and names are made the same way in every language."""
    faults = []
    for address in addresses():
        await stage.show(address, "zh_Hans")
        await layout(stage.app.page)
        faults += [f"{address}: {it}" for it in await violations(stage.app.page)]
    assert not faults, "\n".join(faults)


async def test_a_nameless_button_is_found(stage: Stage) -> None:
    await stage.put_on(
        lambda: ft.Column([ft.IconButton(ft.Icons.CLOSE, on_click=lambda: None)]), "en"
    )
    await layout(stage.app.page)
    assert [it.rule for it in await violations(stage.app.page)] == ["aria-command-name"]
