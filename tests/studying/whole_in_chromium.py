"""A whole study in Chromium at the width of a phone, with a picture of every screen.

    python -m tests.studying.whole_in_chromium zh_Hans

A participant comes by their link, agrees, does the three tasks, answers everything and ends. The
pictures are in ``test-results/study/<locale>``, to be looked at; the record is checked. It takes
two minutes or more, so the suite has a shorter one.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from enum import StrEnum
from pathlib import Path

from components.prototype.studying.station import Station
from components.study.measures.tasks import attempts_of
from components.study.running.moments import Part
from components.study.words import StepKind
from tests.browser.harness import SCREENSHOTS, browser
from tests.browser.settled import settled_picture, wait_until

from .framed import Participant, participant
from .one_page import on_one_page
from .stations import FIRST_LOOK, Recorded, code_for, station_for

PICTURES = SCREENSHOTS.parent / "study"


class Form(StrEnum):
    """How the study and the app share the screen."""

    FRAME = "frame"
    ONE_PAGE = "one-page"


class Whole:
    """One participant's way, photographed."""

    def __init__(self, person: Participant, station: Station, folder: Path) -> None:
        self._person = person
        self._station = station
        self._folder = folder
        self._count = 0
        self._seen: set[str] = set()

    async def picture(self, name: str) -> None:
        """Take a picture, unless there is one of that name."""
        if name in self._seen:
            return
        self._seen.add(name)
        self._count += 1
        path = self._folder / f"{self._count:02d}-{name}.png"
        path.write_bytes(await settled_picture(self._person.page))

    async def go(self) -> None:
        """From the link to the thanks."""
        person, study = self._person, self._person.study
        await person.waits_for(study, "code.begin")
        await self.picture("entry")
        await person.press(study, "code.begin")
        await person.waits_for(study, "welcome.next")
        await self.picture("welcome")
        await person.press(study, "welcome.next")
        await person.waits_for(study, "research.accept")
        await self.picture("consent")
        for scope in ("behaviour", "answers", "free_text"):
            await person.press(study, f"research.scope.{scope}")
        await self.picture("consent-ticked")
        await person.press(study, "research.accept")

        async def begun() -> bool:
            return self._station.sitting is not None

        await wait_until(begun, "the session that was agreed to")
        while (sitting := self._station.sitting) is not None:
            before = sitting.moment
            await self._step(before.part)

            async def on(before: object = before) -> bool:
                sitting = self._station.sitting
                return sitting is None or sitting.moment != before

            await wait_until(on, f"what comes after {before}")
        await person.waits_for(study, "end.next")
        await self.picture("end")

    async def _step(self, part: Part) -> None:
        person, study = self._person, self._person.study
        sitting = self._station.sitting
        assert sitting is not None
        subject = "" if sitting.moment.step is None else sitting.moment.step.subject
        match part:
            case Part.PASSAGE:
                await person.waits_for(study, "passage.read")
                await self.picture("passage")
                await person.press(study, "passage.read")
            case Part.QUESTION:
                await self._question()
            case Part.CARD:
                await person.waits_for(study, "task.start")
                await self.picture(f"card-{subject}")
                await person.press(study, "task.start")
            case Part.TASK:
                await getattr(self, f"_{subject}")()
                await person.press(study, "task.done")
            case Part.SURENESS:
                await person.waits_for(study, "question.answer-4")
                await self.picture("sureness")
                await self._choose("question.answer-4")
                await person.press(study, "question.next")
            case Part.PROBE:
                await person.waits_for(study, "probe.refuse")
                await self.picture("probe")
                await person.press(study, "probe.refuse")
            case _:
                await person.waits_for(study, "debrief.end")
                await self.picture("debrief")
                await person.press(study, "debrief.end")

    async def _question(self) -> None:
        person, study = self._person, self._person.study
        sitting = self._station.sitting
        assert sitting is not None
        asked, step = sitting.asked, sitting.moment.step
        assert step is not None
        await study.get_by_text(asked.words, exact=True).first.wait_for(state="attached")
        name = f"question-{asked.instrument}{step.subject}"
        await self.picture(name)
        if step.kind is StepKind.COMPREHENSION and step.subject == "B" and asked.position == 1:
            await person.press(study, "question.look-up")
            await person.waits_for(person.app, "reader.contents")
            await self.picture("looked-up")
            await person.press(study, "task.back")
            await person.waits_for(study, "question.next")
        await self._choose(f"question.answer-{asked.choices[-1].value}")
        await self.picture(f"{name}-answered")
        await person.press(study, "question.next")

    async def _choose(self, identifier: str) -> None:
        """Choose an answer, and see that it is chosen: only then can it be given."""
        person = self._person
        await person.press(person.study, identifier)
        chosen = person.find(person.study, identifier)
        radio = chosen.locator("[role=radio]").or_(chosen)

        async def is_chosen() -> bool:
            checked = [await it.get_attribute("aria-checked") for it in await radio.all()]
            return "true" in checked

        await wait_until(is_chosen, f"{identifier} to be chosen")

    async def _see_nearby(self) -> None:
        person, app = self._person, self._person.app
        await person.waits_for(app, "first-notice.accept")
        await self.picture("first-notice")
        await person.press(app, "first-notice.accept")
        await person.find(app, "first-notice.accept").wait_for(state="detached")
        await self.picture("app")
        await person.go(1)
        await person.press(app, "city.locate")
        await person.waits_for(app, "prompt.accept")
        await self.picture("prompt")
        await person.press(app, "prompt.accept")
        await person.waits_for(app, "system.allow")
        await self.picture("system")
        await person.press(app, "system.allow")
        await person.find(app, "system.allow").wait_for(state="detached")
        await self.picture("nearby")

    async def _find_retention(self) -> None:
        person, app = self._person, self._person.app
        await person.go(2)
        await person.press(app, "me.policy")
        await person.press(app, "reader.contents")
        await person.press(app, "reader.to.retention")
        await person.find(app, "reader.to.retention").wait_for(state="detached")
        await self.picture("retention")
        await person.press(app, "page.close")
        await person.find(app, "reader.contents").wait_for(state="detached")

    async def _take_back_location(self) -> None:
        person, app = self._person, self._person.app
        await person.go(2)
        await person.press(app, "me.centre")
        await person.waits_for(app, "withdraw.nearby-cinema")
        await self.picture("centre")
        await person.press(app, "withdraw.nearby-cinema")
        await person.waits_for(app, "give.nearby-cinema")
        await self.picture("withdrawn")
        await person.press(app, "page.close")


async def whole(locale: str, records: Path | None, *, form: Form = Form.FRAME) -> None:
    """Go through the study in one language, and keep the study's folder if that is wanted."""
    folder = PICTURES / (locale if form is Form.FRAME else f"{form}-{locale}")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="mingshi-study-") as place:
        path = Path(place)
        station = station_for(FIRST_LOOK, path, locale=locale)
        code = code_for(FIRST_LOOK, path, locale)
        opened = participant if form is Form.FRAME else on_one_page
        async with browser() as chromium, opened(chromium, station, code=code) as person:
            await Whole(person, station, folder).go()
        recorded = Recorded(path)
        if records is not None:
            shutil.copytree(path, records)
    assert recorded.data("study.session.ended") == [{"reason": "finished"}]
    attempts = {it.task: it.outcome.value for it in attempts_of(recorded.events)}
    assert attempts == dict.fromkeys(FIRST_LOOK.tasks, "direct"), attempts
    print(f"{len(recorded.events)} events; pictures in {folder}")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("locale", choices=FIRST_LOOK.locales)
    parser.add_argument(
        "--form",
        type=Form,
        choices=list(Form),
        default=Form.FRAME,
        help="two pages in a frame, or the one page of a phone's own app (default: %(default)s)",
    )
    parser.add_argument("--records", type=Path, help="keep the study's folder, for a report")
    given = parser.parse_args()
    asyncio.run(whole(given.locale, given.records, form=given.form))
    return 0


if __name__ == "__main__":
    sys.exit(main())
