"""No violation of axe-core's rules: the running prototype, screen by screen, in three languages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from components.i18n import Language
from components.kit import ConsentKit
from components.surface.runtime import on_page

from .axe import violations
from .layout import layout
from .person import Demo, Person, demo
from .shape import shape

pytestmark = pytest.mark.anyio

LOCALES = ("zh_Hans", "en", "ar")
"""The first is the one that the steps are taken in, so that each screen comes up in."""
CINEMAS, ME = "影院", "我的"


async def screens(running: Demo, person: Person) -> AsyncIterator[str]:
    """Go from screen to screen; gives the name of each once it is there."""
    await person.waits_for("first-notice.accept")
    yield "first notice"
    await person.tap("first-notice.refuse")
    await person.waits_for("home.notice")
    yield "home, browsing"
    await person.tap("home.notice")
    await person.tap("first-notice.accept")
    await person.no_longer_sees("home.notice")
    yield "home"
    await person.tap("home.film.tea")
    showing = person.page.page.locator('[flt-semantics-identifier^="showing."]').first
    await showing.wait_for(state="attached")
    yield "film"
    await person.tap(await showing.get_attribute("flt-semantics-identifier") or "")
    await person.waits_for("seats.1.1")
    yield "seats"
    free = person.page.page.get_by_role("button", name=re.compile("，可选$")).first
    await free.dispatch_event("click")
    await person.waits_for("seats.go-on")
    yield "seats, one chosen"
    await person.tap("seats.go-on")
    await person.tap("order.place")
    await person.page.see("请填写手机号")
    yield "checkout, without a number"
    await person.page.fill("手机号", "13800138000")
    await person.tap("order.place")
    await person.no_longer_sees("order.place")
    yield "ticket"
    await person.tap("host.back")
    await person.page.find("我的订单", role="heading").first.wait_for(state="attached")
    yield "tickets"
    await person.tap("host.back")
    await person.go(CINEMAS)
    await person.waits_for("city.locate")
    yield "city"
    await person.tap("city.locate")
    await person.waits_for("prompt.accept")
    yield "city, asked for the location"
    await person.tap("prompt.accept")
    await person.waits_for("system.allow")
    yield "city, the system asks"
    await person.tap("system.allow")
    await person.page.see("由近到远")
    yield "cinemas near by"
    await person.tap("city.cinema.drum")
    await person.waits_for("host.back")
    yield "cinema"
    await person.tap("host.back")
    await person.go(ME)
    await person.waits_for("me.settings")
    yield "me"
    await person.tap("me.settings")
    await person.waits_for("language.en")
    yield "settings"
    await person.tap("host.back")
    await person.tap("me.centre")
    await person.waits_for("withdraw.nearby-cinema")
    yield "centre"


async def speak(kit: ConsentKit, person: Person, locale: str) -> None:
    """Change the language in place, as the settings do, and wait until it is spoken."""
    with on_page(kit.page):
        kit.speaking.choose(locale)
    code = Language.of(locale).code
    marked = person.page.page.locator(f'html[lang|="{code}"]')
    await marked.wait_for(state="attached")
    await layout(person.page.page)


@pytest.mark.timeout(600)
async def test_every_screen(chromium: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    seen = 0
    async with demo(chromium, tmp_path) as running:
        person = await running.visit()
        async for screen in screens(running, person):
            passed = ""
            for locale in LOCALES:
                await speak(running.kits[0], person, locale)
                # As in test_axe: a tree that differs in its words alone is the same to axe-core.
                if (now := await shape(person.page.page)) == passed:
                    continue
                passed = now
                found = await violations(person.page.page, screen)
                faults += [f"{screen}, {locale}: {it}" for it in found]
            await speak(running.kits[0], person, LOCALES[0])
            seen += 1
    assert not faults, "\n".join(faults)
    assert seen == 17
