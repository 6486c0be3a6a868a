"""The whole main job with the keyboard alone, in two sittings.

Nothing here clicks: Tab, Shift+Tab, Enter, Space, Escape and digits are all there is.
"""

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
async def test_reading_deciding_and_being_located(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        person = await running.visit()
        typist = Typist(person)

        # The notice: nothing is preselected, and Tab goes round in it without leaving it.
        await person.waits_for("first-notice.accept")
        kit = running.kits[0]
        assert not (await typist.focus()).identifier
        await typist.to("first-notice.language")
        stops = await typist.round()
        assert stops[:3] == ["first-notice.language", "first-notice.policy", "first-notice.summary"]
        assert stops[-2:] == ["first-notice.refuse", "first-notice.accept"]
        assert all(it.startswith("first-notice.") for it in stops), stops

        # The policy and back: with its own button and with Escape, to what opened it.
        await typist.use("first-notice.policy")
        await person.waits_for("reader.contents")
        await typist.to("page.close")
        assert all(not it.startswith("first-notice.") for it in await typist.round())
        await typist.press("Space")
        await person.no_longer_sees("reader.contents")
        await typist.is_on("first-notice.policy")
        await typist.press("Enter")
        await person.waits_for("reader.contents")
        await typist.press("Escape")
        await person.no_longer_sees("reader.contents")
        await typist.is_on("first-notice.policy")
        # Neither reading nor Escape is agreeing.
        await typist.press("Escape")
        await typist.to("first-notice.accept", key="Shift+Tab")
        assert kit.record.events == ()
        await typist.press("Enter")
        await person.no_longer_sees("first-notice.accept")

        # Cinemas near by: Escape puts the focus back and grants nothing.
        await typist.use(CINEMAS)
        await person.waits_for("city.locate")
        await typist.use("city.locate", key="Space")
        await person.waits_for("prompt.accept")
        assert not (await typist.focus()).identifier
        await typist.to("prompt.refuse")
        assert set(await typist.round()) == {"prompt.clause", "prompt.refuse", "prompt.accept"}
        assert (await typist.step()).identifier == "prompt.accept"
        assert (await typist.step("Shift+Tab")).identifier == "prompt.refuse"
        await typist.press("Escape")
        await person.no_longer_sees("prompt.accept")
        await typist.is_on("city.locate")
        assert story(list(kit.record.events)) == [
            ("notice:base", "given"),
            ("purpose:nearby-cinema", "deferred"),
        ]
        await typist.press("Enter")
        await person.waits_for("in-place.accept")
        await typist.use("in-place.accept")
        await person.waits_for("system.allow")
        await typist.use("system.allow", key="Space")
        await person.page.see("由近到远")
        assert kit.permits("nearby-cinema")
        events = await running.has_received(4)
        assert story(events) == [
            ("notice:base", "given"),
            ("purpose:nearby-cinema", "deferred"),
            ("purpose:nearby-cinema", "given"),
            ("permission:location", "given"),
        ]
        assert_provable(events, running.pack)


@pytest.mark.timeout(600)
async def test_ordering_withdrawing_and_looking_it_up(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        person = await running.visit()
        typist = Typist(person)
        await person.waits_for("first-notice.accept")
        kit = running.kits[0]
        await typist.use("first-notice.accept", by=BACK)
        await person.no_longer_sees("first-notice.accept")

        # A ticket, with a phone number and nothing optional.
        await person.waits_for("home.film.tea")
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
