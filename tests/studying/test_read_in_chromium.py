"""What somebody had in view, and for how long, against what really was on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from components.prototype.server import serve, web_app
from components.prototype.session import before_main
from components.prototype.studying.serving import station_pages
from components.study.measures.reading import dwell_kept
from components.study.record import Event
from tests.browser.harness import PHONE, AppPage, browser, open_app
from tests.browser.person import Person
from tests.browser.settled import wait_until

from .stations import FIRST_LOOK, PACK, Recorded, begun, station_for

pytestmark = pytest.mark.anyio

LOCALE = "zh_Hans"
BEGINS_AT = "access-correct"
STOPS = ((0, 1.2), (500, 0.8), (400, 1.0), (-300, 0.7), (700, 0.9))
"""So many pixels further down, and so many seconds there."""
AT_MOST_S = 0.2

_SEEN = """\
() => {
  const host = document.querySelector('flt-semantics-host');
  const scrolled = [...host.querySelectorAll('flt-semantics')]
    .filter((it) => getComputedStyle(it).overflowY === 'scroll')
    .map((it) => it.getBoundingClientRect())
    .sort((a, b) => b.height - a.height)[0];
  const heads = [...host.querySelectorAll('h1, h2, h3, h4')].map((it) => ({
    words: (it.textContent || it.getAttribute('aria-label') || '').trim(),
    top: it.getBoundingClientRect().top,
  }));
  return scrolled === undefined ? null : {top: scrolled.top, height: scrolled.height, heads};
}"""

_WATCH = """\
() => {
  const seen = [];
  const heads = 'flt-semantics-host :is(h1, h2, h3, h4)';
  const look = () => {
    const lies = [...document.querySelectorAll(heads)].map((it) => [
      (it.textContent || it.getAttribute('aria-label') || '').trim(),
      it.getBoundingClientRect().top,
    ]);
    const now = JSON.stringify(lies);
    if (seen.length === 0 || seen.at(-1).now !== now) {
      seen.push({now, at: performance.now() / 1000, lies: Object.fromEntries(lies)});
    }
    if (window.ended === undefined) requestAnimationFrame(look);
  };
  window.seen = seen;
  look();
}"""
"""Note at each frame where the headings lie, by the browser's own clock: from when a script says
that it turns the wheel it may take a while, on a machine that does other things as well."""

_NOTE_END = """\
() => window.addEventListener('click', () => { window.ended = performance.now() / 1000; }, true)"""


@dataclass
class Layout:
    """Where the clauses lie, as the browser's own boxes tell it: nothing of it is the app's."""

    tops: dict[str, float]
    """How far below the beginning of the text each heading stands."""
    viewport: float
    top: float
    """How far below the edge of the page the window on the text begins."""

    def in_view(self, scrolled: float) -> set[str]:
        """The clauses of which half, or half a window, is seen."""
        found = set()
        order = sorted(self.tops, key=lambda it: self.tops[it])
        for clause, following in pairwise(order):
            start, end = self.tops[clause], self.tops[following]
            seen = min(end, scrolled + self.viewport) - max(start, scrolled)
            if seen >= min(end - start, self.viewport) / 2:
                found.add(clause)
        return found


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as running:
        yield running


@pytest.mark.alone
async def test_a_scripted_reading_is_recovered(tmp_path: Path, chromium: Browser) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    await begun(station, tmp_path)
    app = web_app(station_pages(station), before_main=before_main)
    async with serve(app) as url:
        context = await chromium.new_context(
            viewport=PHONE, locale="zh-CN", reduced_motion="reduce"
        )
        async with open_app(context, f"{url}/app?n=1") as page:
            person = Person(page)
            await person.tap("first-notice.refuse")
            await person.no_longer_sees("first-notice.refuse")
            await person.go("我的")
            await open_policy(person)
            first = await read(page)
            await person.tap("page.close")
            await person.no_longer_sees("reader.contents")
            seen = (await page.page.evaluate("() => window.seen"))[first:]
            ended = await page.page.evaluate("() => window.ended")
            events = Recorded(tmp_path).events
            await open_policy(person)
            layout = await survey(page)
        await context.close()
    await station.close()
    expected: dict[str, float] = {}
    for scrolled, seconds in stays(seen, ended, layout):
        for clause in layout.in_view(scrolled):
            expected[clause] = expected.get(clause, 0.0) + seconds
    found = {section: it.seconds for section, it in dwell_kept(events).items()}
    assert len(expected) >= 4, expected
    errors = {
        it: round(found.get(it, 0.0) - expected.get(it, 0.0), 3) for it in {*found, *expected}
    }
    assert all(abs(it) <= AT_MOST_S for it in errors.values()), (errors, expected, found)
    assert_scrolling_is_told(events)


async def open_policy(person: Person) -> None:
    """Open the policy, and in it the clause at which the reading begins."""
    await person.tap("me.policy")
    await person.tap("reader.contents")
    await person.waits_for(f"reader.to.{BEGINS_AT}")
    await person.page.page.evaluate(_WATCH)
    await person.tap(f"reader.to.{BEGINS_AT}")
    await person.no_longer_sees(f"reader.to.{BEGINS_AT}")


async def read(page: AppPage) -> int:
    """Read as the script says, from the moment at which the text lies still.

    Returns:
        At which of the noted frames that was.
    """
    await in_sight(page, BEGINS_AT)
    first: int = await page.page.evaluate("() => window.seen.length - 1")
    await page.page.evaluate(_NOTE_END)
    size = page.page.viewport_size
    assert size is not None
    await page.page.mouse.move(size["width"] / 2, size["height"] / 2)
    for by, seconds in STOPS:
        if by:
            await page.page.mouse.wheel(0, by)
        # The length of a stay is what is measured here.
        await asyncio.sleep(seconds)
    return first


def stays(seen: list[dict[str, Any]], ended: float, layout: Layout) -> list[tuple[float, float]]:
    """How far the text was scrolled, and for how many seconds, until it was closed."""
    clauses = {it.title: it.id for it in PACK.document(LOCALE).clauses()}
    found = []
    for begin, end in zip(seen, [*(it["at"] for it in seen[1:]), ended], strict=True):
        heads = {clauses[it]: top for it, top in begin["lies"].items() if it in clauses}
        [clause, top], *_ = heads.items()
        found.append((layout.tops[clause] + layout.top - top, end - begin["at"]))
    return found


async def survey(page: AppPage) -> Layout:
    """Go through the same text, and note where the browser has each heading."""
    await in_sight(page, BEGINS_AT)
    titles = {it.title: it.id for it in PACK.document(LOCALE).clauses()}
    tops: dict[str, float] = {}
    scrolled = 0.0
    size = page.page.viewport_size
    assert size is not None
    await page.page.mouse.move(size["width"] / 2, size["height"] / 2)
    viewport = top = 0.0
    for _ in range(12):
        seen = await boxes(page)
        viewport, top = seen["height"], seen["top"]
        for head in seen["heads"]:
            if head["words"] in titles:
                tops.setdefault(titles[head["words"]], head["top"] - seen["top"] + scrolled)
        await page.page.mouse.wheel(0, 250)
        scrolled += 250
        await moved(page, seen["heads"])
    return Layout(tops, viewport, top)


async def in_sight(page: AppPage, clause: str) -> None:
    """Wait until a clause's heading lies still."""
    title = PACK.document(LOCALE).clause(clause).title
    places: list[float] = []

    async def still() -> bool:
        seen = await page.page.evaluate(_SEEN)
        tops = [] if seen is None else [it["top"] for it in seen["heads"] if it["words"] == title]
        places.append(tops[0] if tops else -1.0)
        return bool(tops) and places[-6:] == [tops[0]] * 6

    await wait_until(still, f"{title} to lie still")


async def boxes(page: AppPage) -> Any:
    """The text's window and the headings in it, as the browser has them."""
    found: list[Any] = []

    async def there() -> bool:
        found.append(await page.page.evaluate(_SEEN))
        return found[-1] is not None

    await wait_until(there, "a text that can be scrolled")
    return found[-1]


async def moved(page: AppPage, before: list[dict[str, object]]) -> None:
    """Wait until the headings lie elsewhere than they did."""

    async def elsewhere() -> bool:
        return bool((await boxes(page))["heads"] != before)

    await wait_until(elsewhere, "the text to have moved")


def assert_scrolling_is_told(events: tuple[Event, ...]) -> None:
    told = [it.data for it in events if it.name == "stim.scroll"]
    assert {it["moment"] for it in told} >= {"start", "end"}
    deepest = max(it["px"] for it in told)
    assert deepest == 500 + 400 - 300 + 700
    assert all(it["viewport"] > 0 and it["extent"] > 0 for it in told)
