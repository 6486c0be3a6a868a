"""The runner as processes that are killed: a nursery with everything imported, and its children.

A child runs a station with both of its pages, headless, and a participant who always does the
same. It goes on with the session of its folder, or begins it. If told so it kills itself: by
SIGKILL, so that nothing is closed, finished or written any more.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from components.prototype.session import before_main
from components.prototype.studying.serving import station_pages
from components.prototype.studying.station import Station
from components.study.folder import StudyFolder
from components.study.log import FileLog
from components.study.record import Event, Session
from components.study.running.moments import Part
from components.study.running.sitting import Sitting
from components.study.words import StepKind
from tests.pilot import Pilot, running

from .stations import FIRST_LOOK, PACK
from .tree_bot import press

ROOT = Path(__file__).resolve().parents[2]
SHORT = replace(
    FIRST_LOOK,
    steps=tuple(
        it
        for it in FIRST_LOOK.steps
        if it.kind not in (StepKind.SUS, StepKind.COMPREHENSION)
        and it.subject != "take_back_location"
    ),
    tasks={name: it for name, it in FIRST_LOOK.tasks.items() if name != "take_back_location"},
)
"""The ready study for few people, without its long forms and its last task."""

WORDS = "我以为要卸载才行。"
"""What the participant writes at the end."""


@dataclass(frozen=True)
class Life:
    """What a child does.

    Attributes:
        folder: Holds ``study`` and ``app``.
        code: The participant's.
        before: It is killed when it is about to write this event; 0 for never.
        after: It is killed once this event is on the disk, before anybody is told; 0 for never.
        delete: The participant stops in the first task, and wants all of it deleted.
        after_sync: While deleting, it is killed after so many times that it waited for the disk.
    """

    folder: str
    code: str
    before: int = 0
    after: int = 0
    delete: bool = False
    after_sync: int = 0


class ActsClock:
    """Moves when the participant does something; starts anew in each process, as a device's may."""

    def __init__(self) -> None:
        self.now_ms = 1000 * (os.getpid() % 50)

    def monotonic_ms(self) -> int:
        return self.now_ms


class Participant:
    """Does always the same, and goes on from wherever the runner is.

    The app is pressed on its own page. The study's page is left out, for it keeps nothing: what its
    buttons call is called.
    """

    def __init__(self, station: Station, clock: ActsClock, stack: AsyncExitStack) -> None:
        self._station = station
        self._clock = clock
        self._stack = stack
        self._app: Pilot | None = None

    async def come(self, code: str) -> None:
        """Enter with a code, and agree to all that the study needs."""
        self._station.enter(code)
        self._station.to_consent()
        await self._station.agree(frozenset({"behaviour", "answers", "free_text"}))

    async def go_through(self, until: Part = Part.FINISHED) -> None:
        """Go on up to a part of the study."""
        while (sitting := self._station.sitting) is not None and sitting.moment.part is not until:
            self._clock.now_ms += 700
            await self._step(sitting)

    async def _step(self, sitting: Sitting) -> None:
        match sitting.moment.part:
            case Part.PASSAGE:
                sitting.passage_read()
            case Part.QUESTION:
                sitting.answer(sitting.asked.choices[-1].value)
            case Part.CARD:
                sitting.start_task()
            case Part.TASK:
                await self._task(sitting.task.id)
                sitting.task_done()
            case Part.SURENESS:
                sitting.task_rated(4)
            case Part.PROBE:
                sitting.answer_probe("decline")
            case Part.DEBRIEF:
                self._station.finish(WORDS)
            case part:
                raise AssertionError(f"the participant does not know what to do at {part}")

    async def _task(self, task: str) -> None:
        app = await self._opened()
        if app.has_key("first-notice.accept"):
            await press(app, "first-notice.accept")
        await app.tap(app.all("NavigationBarDestination")[1 if task == "see_nearby" else 2])
        await {
            "see_nearby": self._see_nearby,
            "find_retention": self._find_retention,
        }[task](app)

    async def _see_nearby(self, app: Pilot) -> None:
        await press(app, "city.locate")
        for wanted in ("prompt.accept", "system.allow"):
            if app.has_key(wanted):
                self._clock.now_ms += 300
                await press(app, wanted)

    async def _find_retention(self, app: Pilot) -> None:
        await press(app, "me.policy")
        await press(app, "reader.contents")
        await press(app, "reader.to.retention")
        (text,) = [it for it in app.all("Column") if it.get("on_scroll")]
        await app.scroll(text, float(app.page["height"]))
        self._clock.now_ms += 4000
        await press(app, "page.close")

    async def _opened(self) -> Pilot:
        if self._app is None:
            self._app = await self._stack.enter_async_context(
                running(
                    station_pages(self._station),
                    before_main=before_main,
                    route="/app?n=1",
                    web=True,
                )
            )
        return self._app


async def live(life: Life) -> None:
    """A station, as `mingshi study run` has it, and its participant."""
    folder, clock = Path(life.folder), ActsClock()
    station = Station(
        SHORT,
        StudyFolder(folder / "study"),
        PACK,
        stimulus_folder=folder / "app",
        locale="zh_Hans",
        clock=clock,
    )
    station.resume()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(station.close)
        participant = Participant(station, clock, stack)
        if station.sitting is None:
            await participant.come(life.code)
        if not life.delete:
            await participant.go_through()
            return
        await participant.go_through(Part.SURENESS)
        _die_while_deleting(life.after_sync)
        await station.stop(delete=True)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_while_writing(life: Life) -> None:
    write = FileLog.append

    def append(self: FileLog, session: Session, events: tuple[Event, ...], before: str) -> str:
        if any(it.seq == life.before for it in events):
            _die()
        written = write(self, session, events, before)
        if any(it.seq == life.after for it in events):
            _die()
        return written

    FileLog.append = append  # type: ignore[method-assign]


def _die_while_deleting(after: int) -> None:
    wait, waited = os.fsync, 0

    def fsync(descriptor: int) -> None:
        nonlocal waited
        wait(descriptor)
        waited += 1
        if waited == after:
            _die()

    os.fsync = fsync  # type: ignore[assignment]


class Nursery:
    """Starts children as fast as a fork is.

    Args:
        first: Lived in the nursery itself, before there are children.
    """

    def __init__(self, first: Life) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.studying.killed_runner"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        print(json.dumps(asdict(first)), file=self._process.stdin, flush=True)

    def live(self, lives: Sequence[Life]) -> None:
        """Let children live side by side, to their ends.

        Raises:
            AssertionError: One that was to be killed ended by itself, or one that was not failed.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps([asdict(it) for it in lives]), file=self._process.stdin, flush=True)
        for life, ended in zip(lives, json.loads(self._process.stdout.readline()), strict=True):
            doomed = bool(life.before or life.after or life.after_sync)
            assert ended == (-signal.SIGKILL if doomed else 0), (life, ended)

    def close(self) -> None:
        self._process.communicate()


def _child(life: Life) -> None:
    status = 1
    try:
        _die_while_writing(life)
        asyncio.run(live(life))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Fork a child for each life of a line; answer the line with how each of them ended.

    One whole life is lived before: what Python does only the first time, no child does again.
    """
    asyncio.run(live(Life(**json.loads(sys.stdin.readline()))))
    gc.freeze()
    for line in sys.stdin:
        children = []
        for life in json.loads(line):
            if (child := os.fork()) == 0:
                _child(Life(**life))
            children.append(child)
        ended = [os.waitstatus_to_exitcode(os.waitpid(it, 0)[1]) for it in children]
        print(json.dumps(ended), flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
