"""No violation of axe-core's rules: every example, in the languages of both directions."""

from __future__ import annotations

from functools import partial

import flet as ft
import pytest

from components.prototype.gallery import addresses

from .axe import violations
from .layout import layout
from .shape import shape
from .stage import Stage

pytestmark = pytest.mark.anyio


@pytest.mark.timeout(900)
async def test_every_example(stage: Stage) -> None:
    """In Chinese; in English and Arabic, where anything but the words is another than in Chinese.

    axe-core looks at roles, states, structure, and whether there is a name, never at what a name
    says. So a tree that differs in its words alone need not be looked at again.
    """
    faults: list[str] = []
    passed: dict[str, str] = {}
    for locale in ("zh_Hans", "en", "ar"):
        for address in addresses():
            await stage.show(address, locale)
            await layout(stage.app.page)
            seen = await shape(stage.app.page)
            if passed.get(address) == seen:
                continue
            passed[address] = seen
            found = await violations(stage.app.page, address)
            faults += [f"{address}, {locale}: {it}" for it in found]
    assert not faults, "\n".join(faults)


async def test_a_nameless_button_is_found(stage: Stage) -> None:
    await stage.put_on(
        lambda: ft.Column([ft.IconButton(ft.Icons.CLOSE, on_click=lambda: None)]), "en"
    )
    await layout(stage.app.page)
    assert [it.rule for it in await violations(stage.app.page)] == ["aria-command-name"]


async def test_a_name_that_is_missing_in_one_language_is_another_shape(stage: Stage) -> None:
    def close(label: str) -> ft.Control:
        icon = ft.Icon(ft.Icons.CLOSE, semantics_label=label or None)
        return ft.Column([ft.IconButton(icon, on_click=lambda: None)])

    shapes = []
    for label in ("关闭", "Close", ""):
        await stage.put_on(partial(close, label), "en")
        await layout(stage.app.page)
        shapes.append(await shape(stage.app.page))
    named, in_english, nameless = shapes
    assert named == in_english != nameless
