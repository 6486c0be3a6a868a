"""The second half of the main job with the keyboard alone: a ticket, a consent, its withdrawal."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from .person import assert_provable, demo, story, until
from .typist import Typist

pytestmark = pytest.mark.anyio

CINEMAS, ME = "影院", "我的"
BACK = "Shift+Tab"
NUMBER = "13800138000"


@pytest.mark.timeout(600)
async def test_ordering_withdrawing_and_looking_it_up(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        person = await running.visit()
        typist = Typist(person)
        await person.waits_for("first-notice.accept")
        kit = running.kits[0]
        await typist.use("first-notice.accept", by=BACK)
        await person.no_longer_sees("first-notice.accept")
        await person.no_longer_sees("home.notice")

        # A film, looked for.
        await person.waits_for("home.film.tea")
        await typist.to("home.search")
        await typist.write("no")
        await person.no_longer_sees("home.film.tea")
        for _ in "no":
            await typist.press("Backspace")
        await person.waits_for("home.film.tea")

        # A ticket, with a phone number and nothing optional.
        await typist.use("home.film.tea")
        await person.waits_for("host.back")
        await typist.use(await first_showing(typist))
        await person.waits_for("seats.1.1")
        while not (await typist.step()).identifier.startswith("seats."):
            pass
        await typist.press("Space")
        await person.waits_for("seats.go-on")
        await typist.use("seats.go-on", by=BACK)
        await person.waits_for("order.phone")
        await typist.to("order.phone")
        await typist.write(NUMBER)
        await typist.press("Enter")
        await person.page.see("8000")
        await person.page.see("下单成功，已保存在这台设备上。")

        # Something optional, to be withdrawn.
        await typist.use("host.back")
        await person.page.find("我的订单", role="heading").first.wait_for(state="attached")
        await typist.use("host.back")
        await person.waits_for("home.film.tea")
        await typist.use(CINEMAS, by=BACK)
        await person.waits_for("city.locate")
        await typist.use("city.locate")
        await person.waits_for("prompt.accept")
        await typist.use("prompt.accept", by=BACK)
        await person.waits_for("system.allow")
        await typist.use("system.allow")
        await person.page.see("由近到远")
        await typist.use(ME, by=BACK)

        # Withdrawing, and where that is written down.
        await person.waits_for("me.centre")
        await typist.use("me.centre")
        await person.waits_for("withdraw.nearby-cinema")
        await typist.use("withdraw.nearby-cinema")
        await until(lambda: not kit.permits("nearby-cinema"), "the withdrawal")
        # The button stays under the finger, and now offers the opposite.
        await typist.is_on("give.nearby-cinema")
        await typist.use("centre.history")
        await person.waits_for("history.filter")
        await person.page.see("附近影院：已撤回")
        await typist.press("Escape")
        await person.no_longer_sees("history.filter")
        await typist.is_on("centre.history")
        await typist.press("Escape")
        await person.no_longer_sees("page.close")
        await typist.is_on("me.centre")

        events = await running.has_received(4)
        assert story(events) == [
            ("notice:base", "given"),
            ("purpose:nearby-cinema", "given"),
            ("permission:location", "given"),
            ("purpose:nearby-cinema", "withdrawn"),
        ]
        assert_provable(events, running.pack)


async def first_showing(typist: Typist) -> str:
    """The identifier of the first time that is offered."""
    showing = typist.page.locator('[flt-semantics-identifier^="showing."]').first
    await showing.wait_for(state="attached")
    return await showing.get_attribute("flt-semantics-identifier") or ""
