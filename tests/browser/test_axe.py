"""No violation of axe-core's rules: every example, and the prototype's screens."""

from __future__ import annotations

from pathlib import Path

import flet as ft
import pytest
from playwright.async_api import Browser

from components.prototype.gallery import addresses

from .axe import violations
from .layout import layout
from .person import Person, demo
from .stage import Stage

pytestmark = pytest.mark.anyio

LOCALES = ("zh_Hans", "en", "ar")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.timeout(600)
async def test_every_example(stage: Stage, locale: str) -> None:
    """Each in one of the languages, in turn; roles and names are made the same way in all."""
    faults = []
    for address in addresses()[LOCALES.index(locale) :: len(LOCALES)]:
        await stage.show(address, locale)
        await layout(stage.app.page)
        faults += [f"{address} in {locale}: {it}" for it in await violations(stage.app.page)]
    assert not faults, "\n".join(faults)


async def test_a_nameless_button_is_found(stage: Stage) -> None:
    await stage.put_on(
        lambda: ft.Column([ft.IconButton(ft.Icons.CLOSE, on_click=lambda: None)]), "en"
    )
    await layout(stage.app.page)
    assert [it.rule for it in await violations(stage.app.page)] == ["aria-command-name"]


TAGS = {"zh_Hans": "zh-CN", "en": "en-GB", "ar": "ar-EG"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.timeout(600)
async def test_the_prototypes_screens(chromium: Browser, tmp_path: Path, locale: str) -> None:
    faults: list[str] = []

    async def look(person: Person, name: str) -> None:
        await layout(person.page.page)
        found = await violations(person.page.page)
        faults.extend(f"{name} in {locale}: {it}" for it in found)

    async with demo(chromium, tmp_path, locale=TAGS[locale]) as running:
        person = await running.visit()
        tabs = person.page.find(role="tab")
        await person.waits_for("first-notice.accept")
        await look(person, "first notice")
        await person.tap("first-notice.policy")
        await person.waits_for("reader.contents")
        await look(person, "reader")
        await person.tap("page.close")
        await person.no_longer_sees("reader.contents")
        await person.tap("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")
        await look(person, "home")
        await tabs.nth(1).dispatch_event("click")
        await person.waits_for("city.locate")
        await look(person, "cinemas")
        await person.tap("city.locate")
        await person.waits_for("prompt.accept")
        await look(person, "prompt")
        await person.tap("prompt.accept")
        await person.waits_for("system.allow")
        await look(person, "the system's question")
        await person.tap("system.allow")
        await person.no_longer_sees("system.allow")
        await look(person, "cinemas by distance")
        await tabs.last.dispatch_event("click")
        await person.waits_for("me.centre")
        await look(person, "me")
        await person.tap("me.centre")
        await person.waits_for("withdraw.nearby-cinema")
        await look(person, "centre")
    assert not faults, "\n".join(faults)
