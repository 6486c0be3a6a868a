"""Reading, deciding and being located with the keyboard alone.

Nothing here clicks: Tab, Shift+Tab, Enter, Space and Escape are all there is.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from .person import assert_provable, demo, story, until
from .typist import Typist

pytestmark = pytest.mark.anyio

CINEMAS = "影院"


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
        await person.no_longer_sees("home.notice")

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
        await until(lambda: len(kit.record.events) == 2, "what is put off to be written down")
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
