"""A participant and an observer at once, each in a browser of their own; the observer types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from components.prototype.studying.observing import Observing
from components.study.exporting.tables import read_sessions
from components.study.folder import StudyFolder
from components.study.observing.desk import Desk
from components.study.observing.entry import MARKER, NOTE, TAKEN_BACK, Entry
from components.study.running.sitting import Sitting
from tests.browser.harness import DESKTOP, SCREENSHOTS, browser
from tests.browser.settled import wait_until

from .framed import participant
from .stations import FIRST_LOOK, PACK, code_for, station_for

pytestmark = pytest.mark.anyio

WORDS = "1 looks for it on M, then U"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as running:
        yield running


async def says(page: Page, words: str) -> None:
    await page.locator("flt-semantics-host").get_by_text(words).first.wait_for(state="attached")


async def test_a_note_a_mark_a_help_and_then_nothing_of_it(
    tmp_path: Path, chromium: Browser
) -> None:
    station = station_for(FIRST_LOOK, tmp_path, locale="en")
    folder = StudyFolder(tmp_path / "study")
    desk = Desk(FIRST_LOOK, folder, lambda: station.sitting)
    observing = Observing(station, desk, PACK, "en")
    code = code_for(FIRST_LOOK, tmp_path, "en")

    def entries() -> tuple[Entry, ...]:
        return read_sessions(folder.sessions())[0].entries

    async def kept(count: int) -> None:
        async def there() -> bool:
            return len(entries()) == count

        await wait_until(there, f"entry {count} in the file")

    async with participant(chromium, station, code=code, observing=observing) as person:
        context = await chromium.new_context(viewport=DESKTOP, locale="en-US")
        watching = await context.new_page()
        await watching.goto(f"{person.url}{observing.path}")
        await says(watching, "Nobody is taking part")
        await person.press(person.study, "code.begin")
        await person.press(person.study, "welcome.next")
        for scope in ("behaviour", "answers", "observed"):
            await person.press(person.study, f"research.scope.{scope}")
        await person.press(person.study, "research.accept")
        await person.press(person.study, "passage.read")
        await person.press(person.study, "question.skip")
        await person.press(person.study, "task.start")
        await person.press(person.app, "first-notice.accept")
        await says(watching, "Is at the task")
        await says(watching, "Agrees: the first notice")
        sitting = station.sitting
        assert isinstance(sitting, Sitting)
        clock = sitting.recorder
        # The note's time is that of its key, and not of the words that follow.
        before = clock.now().t
        await watching.keyboard.press("1")
        field = watching.locator("textarea")
        await field.wait_for(state="attached")
        opened = clock.now().t

        async def takes_words() -> bool:
            return bool(await field.evaluate("it => it === document.activeElement"))

        await wait_until(takes_words, "the field to have the focus")
        await watching.keyboard.type(WORDS)
        await watching.keyboard.press("Enter")
        await says(watching, "How grave is it?")
        assert entries() == (), "kept before it is whole, or a key acted on words"
        await watching.keyboard.press("3")
        await kept(1)
        await says(watching, "Saved: Can’t find it")
        (note,) = entries()
        assert note.data == {"code": "cannot-find", "severity": 3, "text": WORDS}
        assert before <= note.stamp.t <= opened < note.written
        await watching.keyboard.press("m")
        await kept(2)
        await watching.keyboard.press("u")
        await kept(3)
        assert [it.name for it in entries()] == [NOTE, MARKER, TAKEN_BACK]
        await watching.keyboard.press("h")

        async def helped() -> bool:
            return any(it.name == "study.task.assisted" for it in sitting.events)

        await wait_until(helped, "the help in the session's record")
        await watching.screenshot(path=SCREENSHOTS / "observed.png")
        # The participant has seen nothing of it, and stops, and wants everything deleted.
        await person.press(person.study, "task.give-up")
        await person.press(person.study, "study.stop")
        await person.press(person.study, "stop.delete")
        await says(watching, "Your notes on them are deleted too.")
        await context.close()
    for path in (tmp_path / "study").rglob("*"):
        if path.is_file():
            assert "looks for it" not in path.read_text(encoding="utf-8"), path
            assert code not in path.read_text(encoding="utf-8"), path
