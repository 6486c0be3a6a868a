"""A session that is run: the same wherever the process was gone, and how tasks are judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from components.study.allocation import allocate
from components.study.codes import new_codes
from components.study.folder import StudyFolder
from components.study.progress import progress_of
from components.study.reading import load_study
from components.study.record import Event, read_record
from components.study.recorder import GivenConsent, Start
from components.study.running.admission import (
    CannotRun,
    NotAdmitted,
    check_runnable,
    next_place,
    place_of,
)
from components.study.running.looking import Entered, Left, Looking
from components.study.running.moments import Part
from components.study.running.outcome import outcome
from components.study.running.sitting import Sitting
from components.study.words import Scope, Stratum

from .session_script import SESSION
from .test_recorder import Hand
from .writing import PACKS, READY, ready, written

SHORT = {
    "flow": {
        "steps": [
            "welcome",
            "research_consent",
            "calibrate_reading",
            "task:see_nearby",
            "task:find_retention",
            "probe:neutral",
            "recall_choice",
            "regret",
            "demographics",
            "debrief",
        ]
    }
}
"""A study of all kinds of steps, without the long forms."""


@dataclass
class Room:
    """A folder with one participant, who can be gone on with after each crash."""

    path: Path
    study: Any

    def begin(self) -> Sitting:
        folder = StudyFolder(self.path)
        folder.put_places(self.study, allocate(self.study))
        place = folder.places(self.study)[0]
        recorder = folder.begin(
            place.code,
            study=self.study,
            condition=dict(place.conditions[0]),
            ui=dict(SESSION.ui),
            consent=GivenConsent(1, frozenset({Scope.BEHAVIOUR, Scope.ANSWERS, Scope.FREE_TEXT})),
            start=Start("2026-03-01", self.study.digest, "epiao@2021-11-01"),
            clock=Hand(),
        )
        sitting = self._sit(folder, recorder)
        sitting.begin()
        return sitting

    def resume(self) -> Sitting | None:
        folder = StudyFolder(self.path)
        (code,) = folder.taken_part()
        recorder = folder.resume_of(code, Hand())
        return None if recorder is None else self._sit(folder, recorder)

    def _sit(self, folder: StudyFolder, recorder: Any) -> Sitting:
        place = next(it for it in folder.places(self.study) if it.code == recorder.session.pid)
        names = {it: it for it in self.study.purposes}
        events = folder.events(recorder.session)
        return Sitting(self.study, place, recorder, "en", names, events)

    @property
    def record(self) -> Path:
        return next(self.path.glob("sessions/*/*/events.jsonl"))

    def events(self) -> tuple[Event, ...]:
        return read_record(self.record.read_bytes()).events


def go_through(sitting: Sitting, *, only_one: bool = False) -> None:
    """To the end, or one part on, as one and the same person would wherever they are."""
    while sitting.moment.part is not Part.FINISHED:
        sitting.show()
        match sitting.moment.part:
            case Part.PASSAGE:
                sitting.passage_read()
            case Part.QUESTION if sitting.asked.item == "reads_policies":
                sitting.skip()
            case Part.QUESTION:
                sitting.answer(sitting.asked.choices[0].value, changed=1)
            case Part.CHANGE:
                sitting.begin_condition()
            case Part.CARD:
                sitting.start_task()
            case Part.TASK:
                sitting.happened("stim.tap", control="city.locate")
                sitting.happened(
                    "stim.decision.made",
                    target="purpose:nearby-cinema",
                    choice="grant",
                    via="button",
                )
                sitting.task_done()
            case Part.SURENESS:
                sitting.task_rated(4)
            case Part.PROBE:
                sitting.answer_probe("decline")
            case Part.DEBRIEF:
                sitting.end("finished")
            case _:
                raise AssertionError(sitting.moment)
        if only_one:
            return


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Any:
    study = ready("first-look") | SHORT
    study["tasks"] = [it for it in study["tasks"] if it["id"] != "take_back_location"]
    del study["comprehension"]
    return load_study(written(tmp_path_factory.mktemp("short"), study), PACKS)


def answers(events: tuple[Event, ...]) -> dict[str, Any]:
    """What a session comes to: all but when, and how often something was shown."""
    so_far = progress_of(events)
    return {
        "answers": so_far.answers,
        "tasks": so_far.tasks,
        "finished": so_far.finished,
        "decisions": so_far.decisions,
        "ended": so_far.ended,
        "outcomes": [it.data["outcome"] for it in events if it.name == "study.task.completed"],
    }


def test_it_comes_to_the_same_wherever_the_process_was_gone(tmp_path: Path, short: Any) -> None:
    room = Room(tmp_path, short)
    go_through(room.begin())
    whole = room.record.read_bytes()
    lines = whole.splitlines(keepends=True)
    expected = answers(room.events())
    assert expected["ended"] == "finished"
    assert len(lines) > 50
    assert ("demographics-reading", "reads_policies") not in expected["answers"]
    for kept in range(2, len(lines)):
        room.record.write_bytes(b"".join(lines[:kept]) + lines[kept][: len(lines[kept]) // 2])
        sitting = room.resume()
        assert sitting is not None
        sitting.begin()
        go_through(sitting)
        assert answers(room.events()) == expected, f"after event {kept}"
    assert room.resume() is None


def test_a_step_that_has_nothing_to_ask_is_done(tmp_path: Path, short: Any) -> None:
    """Nothing was decided on, so there is nothing to regret."""
    sitting = Room(tmp_path, short).begin()
    while sitting.moment.part is not Part.FINISHED:
        sitting.show()
        match sitting.moment.part:
            case Part.PASSAGE:
                sitting.passage_read()
            case Part.QUESTION:
                assert sitting.asked.instrument != "regret"
                sitting.skip()
            case Part.CARD:
                sitting.start_task()
            case Part.TASK:
                sitting.give_up()
            case Part.PROBE:
                sitting.answer_probe("grant")
            case _:
                sitting.end()
    so_far = progress_of(Room(tmp_path, short).events())
    assert so_far.finished == [str(it) for it in short.steps]
    assert so_far.answers == {}


def test_codes_are_known_used_or_given_back(tmp_path: Path, short: Any) -> None:
    room = Room(tmp_path, short)
    sitting = room.begin()
    folder = StudyFolder(tmp_path)
    assert place_of(folder, short, f" {sitting.code.lower()} ").code == sitting.code
    stranger = next(
        it for it in new_codes(30) if it not in room.path.joinpath("allocation.csv").read_text()
    )
    for typed in ("", "nonsense", stranger):
        with pytest.raises(NotAdmitted) as refused:
            place_of(folder, short, typed)
        assert refused.value.reason == "unknown"
    sitting.end("stopped")
    with pytest.raises(NotAdmitted) as refused:
        place_of(folder, short, sitting.code)
    assert refused.value.reason == "done"
    folder.withdraw(sitting.code)
    with pytest.raises(NotAdmitted) as refused:
        place_of(folder, short, sitting.code)
    assert refused.value.reason == "withdrawn"
    free = next_place(folder, short, {Stratum.LOCALE: "en", Stratum.DEVICE: "phone"})
    assert free is not None and free.stratum == {Stratum.LOCALE: "en"} and free.position == 1
    free = next_place(folder, short, {Stratum.LOCALE: "zh_Hans", Stratum.DEVICE: "phone"})
    assert free is not None and free.position == 2


def test_what_has_no_screens_is_not_run() -> None:
    layers = load_study(READY / "layers.toml", PACKS)
    with pytest.raises(CannotRun, match="the prototype has no opening = full, summary"):
        check_runnable(layers, {})
    with pytest.raises(CannotRun, match="no opening = full; it has opening: summary"):
        check_runnable(layers, {"opening": frozenset({"summary"})})
    check_runnable(layers, {"opening": frozenset({"summary", "full"})})


def event(
    seq: int, name: str, layer: str | None = None, target: str | None = None, **data: Any
) -> Event:
    return Event(seq, seq, seq, name, data, layer=layer, target=target)


def test_a_task_is_judged_by_what_happened() -> None:
    study = load_study(READY / "first-look.toml", PACKS)
    find, nearby = study.tasks["find_retention"], study.tasks["see_nearby"]
    back = study.tasks["take_back_location"]
    start = event(1, "study.task.started", task="find_retention")
    there: dict[str, Any] = {
        "section": "retention",
        "clause_hash": "0" * 64,
        "chars": 9,
        "share": 0.5,
    }
    reached = event(9, "stim.section.entered", "full", **there)
    assert outcome(find, [start]) == "fail"
    assert outcome(find, [start, reached]) == "direct"
    away = event(5, "stim.layer.closed", "summary", closed="summary", how="back")
    assert outcome(find, [start, away, reached]) == "indirect"
    assert outcome(find, [away, start, reached]) == "direct"
    assert outcome(find, [reached, start]) == "fail"
    elsewhere = event(9, "stim.section.entered", "summary", **there)
    assert outcome(find, [start, elsewhere]) == "fail"

    made = event(
        3, "stim.decision.made", target="purpose:nearby-cinema", choice="grant", via="button"
    )
    withdrawn = event(
        4,
        "stim.decision.withdrawn",
        target="purpose:nearby-cinema",
        previous="grant",
        place="centre",
    )
    begun = [event(2, "study.task.started", task=it) for it in ("see_nearby", "take_back_location")]
    assert outcome(nearby, begun) == "fail"
    assert outcome(nearby, [*begun, made]) == "direct"
    assert outcome(back, [*begun, made]) == "fail"
    assert outcome(back, [*begun, made, withdrawn]) == "direct"


def test_time_in_view_is_that_of_what_is_in_view() -> None:
    now = [10.0]
    looking = Looking(lambda: now[0])
    heights = {"~0": 100.0, "a": 300.0, "b": 300.0, "c": 2000.0}
    assert looking.at(heights, 0.0, 400.0) == ((), (Entered("a", 1.0),))
    now[0] = 12.0
    # Both are in view from now on; of the third not enough is seen.
    assert looking.at(heights, 150.0, 500.0) == ((), (Entered("b", 250 / 300),))
    now[0] = 13.0
    left, entered = looking.at(heights, 700.0, 500.0)
    assert left == (Left("a", 3.0, 2.5), Left("b", 1.0, 0.5))
    assert entered == (Entered("c", 1.0),)
    now[0] = 14.5
    assert looking.away() == (Left("c", 1.5, 1.5),)
    now[0] = 20.0
    assert looking.at(heights, 700.0, 500.0) == ((), (Entered("c", 1.0),))
    now[0] = 21.0
    assert looking.away() == (Left("c", 1.0, 1.0),)
