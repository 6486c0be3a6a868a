"""The whole main job with the keyboard alone, and what a screen reader is told meanwhile.

Nothing here clicks: Tab, Shift+Tab, Enter, Space, Escape and the arrow keys are all there is.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from .person import Demo, Person, assert_provable, demo, story, until
from .settled import wait_until

pytestmark = pytest.mark.anyio

_MOST_STOPS = 60

_FOCUSED = """\
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return ['', ''];
  const named = node.closest('[flt-semantics-identifier]');
  return [
    named ? named.getAttribute('flt-semantics-identifier') : '',
    (node.getAttribute('aria-label') ?? node.textContent ?? '').trim(),
  ];
}"""

_LISTEN = """\
() => {
  window.announced = [];
  const listen = (root) => {
    for (const it of root.querySelectorAll('flt-announcement-polite, flt-announcement-assertive')) {
      new MutationObserver(() => it.textContent && window.announced.push(it.textContent))
        .observe(it, {childList: true, characterData: true, subtree: true});
    }
  };
  listen(document);
  for (const it of document.querySelectorAll('*')) if (it.shadowRoot) listen(it.shadowRoot);
}"""


class Typist:
    """Someone without a pointer."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page.page

    async def focused(self) -> tuple[str, str]:
        """Identifier and name of what has the focus."""
        identifier, name = await self.page.evaluate(_FOCUSED)
        return str(identifier), str(name)

    async def press(self, key: str) -> None:
        await self.page.keyboard.press(key)

    async def step(self, key: str = "Tab") -> tuple[str, str]:
        """Press Tab and wait until the focus has moved."""
        before = await self.focused()
        await self.press(key)

        async def moved() -> bool:
            return await self.focused() != before

        await wait_until(moved, f"another focus than {before} after {key}")
        return await self.focused()

    async def to(self, wanted: str, key: str = "Tab") -> list[str]:
        """Step to what has this identifier or name; returns what was passed on the way."""
        passed: list[str] = []
        for _ in range(_MOST_STOPS):
            if wanted in await self.focused():
                return passed
            identifier, name = await self.step(key)
            passed.append(identifier or name)
        raise AssertionError(f"{wanted!r} cannot be reached with {key}; passed: {passed}")

    async def enter(self, wanted: str, key: str = "Enter") -> list[str]:
        """Step to something and press it."""
        await self.person.waits_for(wanted)
        passed = await self.to(wanted)
        await self.press(key)
        return passed

    async def tab(self, name: str) -> None:
        """Open one of the host's pages by its name in the bar."""
        await self.to(name)
        await self.press("Enter")

    async def announced(self, words: str) -> None:
        """Wait until a screen reader was told something with these words."""

        async def told() -> bool:
            said: list[str] = await self.page.evaluate("() => window.announced")
            return any(words in it for it in said)

        await wait_until(told, f"an announcement of {words!r}")


async def begin(running: Demo) -> Typist:
    typist = Typist(await running.visit())
    await typist.page.evaluate(_LISTEN)
    await typist.person.waits_for("first-notice.accept")
    # Nothing is preselected.
    assert (await typist.focused())[0] not in ("first-notice.accept", "first-notice.refuse")
    return typist


@pytest.mark.timeout(600)
async def test_the_main_job(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        typist = await begin(running)
        person = typist.person
        # The full policy and back: the focus returns to what opened it.
        await typist.enter("first-notice.policy")
        await person.waits_for("reader.contents")
        await typist.enter("page.close")
        await person.no_longer_sees("reader.contents")

        async def returned() -> bool:
            return (await typist.focused())[0] == "first-notice.policy"

        await wait_until(returned, "the focus back on what opened the policy")
        await typist.enter("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")

        await typist.tab("影院")
        await typist.enter("city.locate", key="Space")
        await person.waits_for("prompt.accept")
        # In a sheet, Tab goes round and never leaves it; refusing comes before agreeing.
        await typist.to("prompt.clause")
        around = [(await typist.step())[0] for _ in range(6)]
        assert set(around) <= {"prompt.clause", "prompt.refuse", "prompt.accept", ""}, around
        await typist.to("prompt.refuse")
        assert (await typist.step())[0] == "prompt.accept"
        assert (await typist.step("Shift+Tab"))[0] == "prompt.refuse"
        # Escape decides nothing, and puts the focus back.
        await typist.press("Escape")
        await person.no_longer_sees("prompt.accept")

        async def back_on_locate() -> bool:
            return (await typist.focused())[0] == "city.locate"

        await wait_until(back_on_locate, "the focus back on what opened the prompt")
        assert not running.kits[0].permits("nearby-cinema")
    events = running.received()
    assert story(events)[:2] == [
        ("notice:base", "given"),
        ("purpose:nearby-cinema", "deferred"),
    ]


@pytest.mark.timeout(600)
async def test_agreeing_seeing_the_distances_and_withdrawing(
    chromium: Browser, tmp_path: Path
) -> None:
    async with demo(chromium, tmp_path) as running:
        typist = await begin(running)
        person = typist.person
        await typist.enter("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")
        await typist.tab("影院")
        await typist.enter("city.locate")
        await typist.enter("prompt.accept")
        await typist.enter("system.allow")
        await person.page.see("由近到远")
        await typist.announced("由近到远")
        await typist.tab("我的")
        await typist.enter("me.centre")
        await typist.enter("withdraw.nearby-cinema")
        await until(lambda: not running.kits[0].permits("nearby-cinema"), "the withdrawal")
        events = await running.has_received(4)
        assert story(events)[-1] == ("purpose:nearby-cinema", "withdrawn")
        assert_provable(events, running.pack)
        # Closed with the keyboard, too; the focus is on what opened it.
        await typist.enter("page.close")
        await person.no_longer_sees("page.close")

        async def back_on_centre() -> bool:
            return (await typist.focused())[0] == "me.centre"

        await wait_until(back_on_centre, "the focus back on what opened the centre")


@pytest.mark.timeout(600)
async def test_refusing(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        typist = await begin(running)
        person = typist.person
        before = await typist.page.screenshot()
        await typist.to("first-notice.refuse")
        # What has the focus is to be seen.
        assert await typist.page.screenshot() != before
        await typist.press("Enter")
        await person.waits_for("home.notice")
        assert story(list(running.kits[0].record.events)) == [("notice:base", "refused")]
