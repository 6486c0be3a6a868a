"""The runner, killed at each event of a session: the same data set; nothing of who withdrew."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from components.prototype.studying.station import Station
from components.study.exporting.tables import Recorded, read_sessions, tables_of
from components.study.folder import StudyFolder
from components.study.measures.decisions import decisions_of
from components.study.measures.tasks import attempts_of
from components.study.progress import progress_of
from components.study.record import Event

from .killed_runner import SHORT, WORDS, Life, Nursery
from .stations import PACK, code_for, folder_for

_DECIDING = ("stim.decision.made", "stim.decision.changed", "stim.decision.withdrawn")
_BESIDE = 4
"""So many children live at once."""


@dataclass(frozen=True)
class Ground:
    """Where children live.

    Attributes:
        path: In memory, where there is one: a killed process, unlike power, needs no disk.
        code: The participant's.
        nursery: Starts the children.
        whole: The session of a participant whom nobody kills.
    """

    path: Path
    code: str
    nursery: Nursery
    whole: Recorded

    def life(self, name: str, **fields: Any) -> Life:
        """A child at a folder that holds the places and nothing else, or what an earlier left."""
        if not (self.path / name).exists():
            shutil.copytree(self.path / "new", self.path / name)
        return Life(str(self.path / name), self.code, **fields)

    def recorded(self, name: str) -> Recorded:
        """The one session of a folder."""
        (recorded,) = read_sessions(StudyFolder(self.path / name / "study").sessions())
        return recorded


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as path:
        folder_for(SHORT, Path(path) / "new")
        code = code_for(SHORT, Path(path) / "new")
        shutil.copytree(Path(path) / "new", Path(path) / "whole")
        nursery = Nursery(Life(f"{path}/whole", code))
        try:
            nursery.live([])  # answered once the first life is over
            (whole,) = read_sessions(StudyFolder(Path(path) / "whole" / "study").sessions())
            yield Ground(Path(path), code, nursery, whole)
        finally:
            nursery.close()


def made_good(events: Sequence[Event]) -> list[Event]:
    """What happened, without the telling of gaps, and without what was shown again after one."""
    kept: list[Event] = []
    again = False
    for event in events:
        if event.name == "study.session.resumed":
            again = True
            continue
        if not (again and said(event) == said(kept[-1])):
            kept.append(event)
        again = False
    return kept


def said(event: Event) -> tuple[Any, ...]:
    """All of an event but when, and how often the same was shown before."""
    data = {key: value for key, value in event.data.items() if key != "exposure"}
    return event.name, data, event.notice, event.layer, event.phase, event.target


def timed(events: Sequence[Event]) -> list[tuple[Any, ...]]:
    return [(it.t, it.t_act, *said(it)) for it in made_good(events)]


def rows(recorded: Recorded) -> dict[str, list[dict[str, Any]]]:
    tables = tables_of(SHORT, [recorded])
    return {
        name: [{key: it for key, it in row.items() if key != "sid"} for row in table]
        for name, table in tables.items()
    }


def at_the_app(whole: Sequence[Event], last: int) -> str:
    """In which task somebody was at the app after so many events; empty if in none."""
    task = ""
    for event in whole[:last]:
        if event.name == "study.task.started":
            task = f"task:{event.data['task']}"
        elif event.name == "study.item.shown":
            task = ""
    return task


def of_the_app(events: Sequence[Event], task: str) -> list[Event]:
    return [it for it in events if it.phase == task and it.name.startswith("stim.")]


def assert_the_same(whole: Recorded, got: Recorded, last: int) -> None:
    """The same data set, with `last` events in the record when the process was gone."""
    assert sum(it.name == "study.session.resumed" for it in got.events) == (last > 0)
    assert got.texts == whole.texts == {"text-1": WORDS}
    assert progress_of(got.events) == progress_of(whole.events)
    task = at_the_app(whole.events, last)
    if not task:
        assert timed(got.events) == timed(whole.events)
        assert rows(got) == rows(whole)
        return
    # What was open in the app is not any more, and was opened again. All else is the same, ...
    before, after = made_good(whole.events), made_good(got.events)
    assert rows(got)["answers"] == rows(whole)["answers"]
    assert [said(it) for it in after if it not in of_the_app(after, task)] == [
        said(it) for it in before if it not in of_the_app(before, task)
    ]
    # ... nothing was decided twice or is missing, ...
    decided = [[said(it) for it in events if it.name in _DECIDING] for events in (before, after)]
    assert decided[0] == decided[1]
    one, other = ([(it.target, it.choice) for it in decisions_of(e)] for e in (before, after))
    assert one == other
    one_by_one = [[(it.task, it.outcome) for it in attempts_of(e)] for e in (before, after)]
    assert one_by_one[0] == one_by_one[1]
    # ... and whatever is done in the task is there.
    there = [said(it) for it in of_the_app(after, task)]
    assert all(said(it) in there for it in of_the_app(before, task))
    shown = [it for it in after if it.name == "stim.notice.shown"]
    for notice in {it.notice for it in shown}:
        exposures = [it.data["exposure"] for it in shown if it.notice == notice]
        assert exposures == list(range(1, len(exposures) + 1)), "who saw it again is told so"


def deaths(whole: Recorded) -> list[tuple[str, dict[str, int], int]]:
    """A name for each death, the event at which it is, and how many events it leaves."""
    events = whole.events
    found = [(f"after-{it.seq}", {"after": it.seq}, it.seq) for it in events[:-1] if it.seq > 1]
    for before, event in zip((None, *events), events, strict=False):
        # The app's own record is ahead of the study's, or a text is on the disk already.
        ahead = event.name in _DECIDING or event.data.get("step") == "debrief"
        mirrored = before is not None and before.name == "stim.os_prompt.returned"
        if event.seq == 1 or ahead or mirrored:
            found.append((f"before-{event.seq}", {"before": event.seq}, event.seq - 1))
    return found


def traces(path: Path, names: Sequence[str]) -> list[Path]:
    """The files under a folder that hold a name, in their bytes or their own name."""
    return [
        it
        for it in path.rglob("*")
        if any(name.encode() in (it.read_bytes() if it.is_file() else b"") for name in names)
        or any(name in it.name for name in names)
    ]


def started_again(path: Path) -> Station:
    """The runner at a folder, as after a crash."""

    async def start() -> Station:
        station = Station(
            SHORT, StudyFolder(path / "study"), PACK, stimulus_folder=path / "app", locale="en"
        )
        station.resume()
        await station.close()
        return station

    return asyncio.run(start())


def assert_only_the_tombstone(path: Path, names: Sequence[str]) -> None:
    tombstone = path / "study" / "withdrawn" / names[0]
    assert traces(path, names) == [tombstone] and tombstone.read_bytes() == b""
    assert not (path / "app").exists(), "the app remembers what somebody did who withdrew"


def test_killed_at_each_event_it_is_the_same_data_set_and_can_be_withdrawn(ground: Ground) -> None:
    """Each death leaves a folder; in it somebody else goes on, and in a copy of it withdraws."""
    assert len(ground.whole.events) > 60
    everything = deaths(ground.whole)
    faults = []
    for at in range(0, len(everything), _BESIDE):
        some = everything[at : at + _BESIDE]
        ground.nursery.live([ground.life(name, **moment) for name, moment, _ in some])
        for name, _, last in some:
            if not last:
                continue
            (session,) = StudyFolder(ground.path / name / "study").sessions()
            copy = shutil.copytree(ground.path / name, ground.path / f"{name}-withdrawn")
            assert StudyFolder(copy / "study").withdraw(ground.code).left == ()
            assert started_again(copy).sitting is None
            assert_only_the_tombstone(copy, (ground.code, session.name))
            shutil.rmtree(copy)
        ground.nursery.live([ground.life(name) for name, _, _ in some])
        for name, _, last in some:
            try:
                assert_the_same(ground.whole, ground.recorded(name), last)
            except AssertionError as error:
                faults.append(f"killed {name}: {error}")
            shutil.rmtree(ground.path / name)
    assert not faults, "\n\n".join(faults)


def test_killed_while_all_of_it_is_deleted_it_is_deleted(ground: Ground) -> None:
    """The tombstone comes first; whatever comes after it is made good at the next start."""
    moments = range(1, 7)
    ground.nursery.live([ground.life(f"at-{it}", delete=True, after_sync=it) for it in moments])
    deleted = set()
    for moment in moments:
        path = ground.path / f"at-{moment}"
        sids = [it.name for it in (path / "study" / "sessions").glob("*/*")]
        deleted.add(not sids)
        assert started_again(path).sitting is None
        assert_only_the_tombstone(path, (ground.code, *sids))
    assert deleted == {False, True}, "the deaths were all before, or all after, the deletion"
