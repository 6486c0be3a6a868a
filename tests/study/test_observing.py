"""An observer beside a session, without a screen: what they see, write, and may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from components.policy import PackError
from components.study.allocation import allocate
from components.study.exporting.tables import read_sessions, tables_of
from components.study.folder import StudyFolder
from components.study.log import RecordGone
from components.study.measures.tasks import Outcome, attempts_of
from components.study.observing.desk import Desk, Help, Kept, Mark
from components.study.observing.entry import NOTE, TAKEN_BACK, standing
from components.study.observing.notebook import NOTEBOOK_FILE, NotebookDamaged, entries_in
from components.study.observing.problems import MOST, problems_of
from components.study.reading import load_study
from components.study.recorder import GivenConsent, OutOfScope, SessionEnded
from components.study.running.sitting import Sitting
from components.study.vocabulary import UnknownEvent
from components.study.words import Scope

from .session_script import SESSION, START
from .test_command import run
from .test_recorder import Hand
from .writing import PACKS, READY, ready, written

STUDY = load_study(READY / "first-look.toml", PACKS)
NAMES = {"nearby-cinema": "附近影院"}
NEEDED = frozenset({Scope.BEHAVIOUR, Scope.ANSWERS})


class Beside:
    """A participant at their first task, and an observer."""

    def __init__(self, path: Path, *, observed: bool = True) -> None:
        self.folder = StudyFolder(path)
        self.clock = Hand()
        self.now: Sitting | None = None
        self.desk = Desk(STUDY, self.folder, lambda: self.now)
        if not (path / "allocation.csv").exists():
            self.folder.put_places(STUDY, allocate(STUDY))
        self.observed = observed

    def forward(self, ms: int) -> None:
        self.clock.ms += ms

    def sit(self, at: int = 0) -> Sitting:
        place = self.folder.places(STUDY)[at]
        scopes = NEEDED | {Scope.OBSERVED} if self.observed else NEEDED
        recorder = self.folder.begin(
            place.code,
            study=STUDY,
            condition={},
            ui=dict(SESSION.ui),
            consent=GivenConsent(1, scopes),
            start=START,
            clock=self.clock,
        )
        events = self.folder.events(recorder.session)
        self.now = Sitting(STUDY, place, recorder, "zh_Hans", NAMES, events)
        self.now.begin()
        self.now.passage_read()
        self.now.skip()
        self.now.start_task()
        return self.now

    @property
    def notebook(self) -> Path:
        (session,) = self.folder.sessions()
        return session / NOTEBOOK_FILE


def test_a_note_has_the_time_of_its_key_and_not_of_its_end(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    assert beside.desk.look() is None
    sitting = beside.sit()
    seen = beside.desk.look()
    assert seen is not None and seen.agreed and seen.task is not None
    assert (seen.code, str(seen.step), seen.task.id) == (
        sitting.code,
        "task:see_nearby",
        "see_nearby",
    )
    beside.forward(10_000)
    draft = beside.desk.begin_note("cannot-find")
    pressed = sitting.events[-1].seq
    beside.forward(7_500)
    sitting.happened("stim.tap", control="city.locate")
    assert not beside.notebook.exists(), "it is written before it is finished"
    beside.desk.keep_note(draft, 3, "  looks for it under “me”\n")
    entry, *_ = entries_in(beside.notebook.parent, sitting.recorder.session)
    assert (entry.stamp.t, entry.written, entry.stamp.linked_seq) == (10.0, 17.5, pressed)
    assert entry.stamp.phase == "task:see_nearby"
    assert entry.data == {"code": "cannot-find", "severity": 3, "text": "looks for it under “me”"}
    # The session's own record has no word of it.
    record = (beside.notebook.parent / "events.jsonl").read_text(encoding="utf-8")
    assert "looks for it" not in record and "study.note" not in record


def test_what_was_last_is_taken_back_by_an_entry_and_not_erased(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    assert beside.desk.take_back() is None
    beside.desk.keep_note(beside.desk.begin_note("unsure"), 1, "first")
    before = beside.notebook.read_bytes()
    beside.forward(1_000)
    beside.desk.mark(Mark.QUOTE_START)
    seen = beside.desk.look()
    assert seen is not None and seen.quoting
    beside.forward(1_000)
    beside.desk.helped(Help.HINT)
    assert [it.what for it in kept(beside)] == ["note", "quote_start", "hint"]
    # The help is the last, and stands in the session's record; then the mark; then the note.
    taken = [beside.desk.take_back() for _ in range(4)]
    assert [None if it is None else it.what for it in taken] == [
        "hint",
        "quote_start",
        "note",
        None,
    ]
    assert kept(beside) == []
    assert beside.notebook.read_bytes().startswith(before), "what was written was changed"
    entries = entries_in(beside.notebook.parent, sitting.recorder.session)
    assert [it.name for it in entries].count(TAKEN_BACK) == 2 and standing(entries) == ()
    names = [it.name for it in sitting.events if "assisted" in it.name]
    assert names == ["study.task.assisted", "study.task.unassisted"]
    assert tables_of(STUDY, read_sessions(beside.folder.sessions()))["notes"] == []


def kept(beside: Beside) -> list[Kept]:
    seen = beside.desk.look()
    assert seen is not None
    return list(seen.kept)


def test_a_task_with_help_is_not_done_alone(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    beside.desk.helped(Help.HINT)
    beside.desk.helped(Help.SHOWN)
    decided = {"target": "purpose:nearby-cinema", "choice": "grant", "via": "button"}
    sitting.happened("stim.decision.made", **decided)
    sitting.task_done()
    sitting.task_rated(4)
    sitting.start_task()
    sitting.give_up()
    (first, second) = attempts_of(sitting.events)
    assert (first.outcome, first.help) == (Outcome.ASSISTED, "shown")
    assert (second.outcome, second.help) == (Outcome.GAVE_UP, None)
    # By mistake: then it is as it would have been.
    beside.desk.take_back()
    assert attempts_of(sitting.events)[0].help == "hint"
    beside.desk.take_back()
    assert attempts_of(sitting.events)[0].outcome is Outcome.DIRECT


def test_of_somebody_who_did_not_agree_nothing_is_shown_and_nothing_noted(tmp_path: Path) -> None:
    beside = Beside(tmp_path, observed=False)
    beside.sit()
    seen = beside.desk.look()
    assert seen is not None and not seen.agreed and seen.events == ()
    with pytest.raises(OutOfScope):
        beside.desk.begin_note("other")
    with pytest.raises(OutOfScope):
        beside.desk.mark(Mark.CLAP)
    assert not beside.notebook.exists()
    # Help decides how the task went, and so it belongs to what the participant does.
    beside.desk.helped(Help.SHOWN)
    assert [it.what for it in kept(beside)] == ["shown"]
    assert not beside.notebook.exists()


def test_after_the_end_a_note_can_be_finished_and_the_session_stays_in_sight(
    tmp_path: Path,
) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    beside.desk.helped(Help.HINT)
    draft = beside.desk.begin_note("likes")
    sitting.end("stopped")
    beside.now = None
    beside.forward(4_000)
    beside.desk.keep_note(draft, 0, "")
    seen = beside.desk.look()
    assert seen is not None and seen.code == sitting.code and seen.step is None
    with pytest.raises(LookupError):
        beside.desk.helped(Help.SHOWN)
    beside.desk.take_back()
    with pytest.raises(SessionEnded):
        beside.desk.take_back()
    first = sitting.code
    assert beside.sit(1).code != first
    assert [it.what for it in kept(beside)] == []


def test_whoever_withdraws_takes_the_notes_along(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    beside.desk.keep_note(beside.desk.begin_note("other"), 2, f"about {sitting.code}")
    draft = beside.desk.begin_note("other")
    assert beside.folder.withdraw(sitting.code).left == ()
    with pytest.raises(RecordGone):
        beside.desk.keep_note(draft, 2, "too late")
    with pytest.raises(RecordGone):
        beside.desk.mark(Mark.CLAP)
    assert beside.desk.look() is None
    names = (sitting.code, sitting.recorder.session.sid, "too late")
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.parent.name != "withdrawn":
            assert not any(it in path.read_text(encoding="utf-8") for it in names), path


def test_a_crash_cuts_a_line_and_the_next_desk_goes_on(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    for at in range(3):
        beside.desk.keep_note(beside.desk.begin_note("unsure"), at, f"note {at}")
    whole = beside.notebook.read_bytes()
    session = sitting.recorder.session
    for cut in range(len(whole)):
        beside.notebook.write_bytes(whole[:cut])
        assert len(entries_in(beside.notebook.parent, session)) == whole[:cut].count(b"\n")
    # A second desk, after the crash: what was whole is there, and the chain goes on.
    beside.notebook.write_bytes(whole[:-9])
    desk = Desk(STUDY, beside.folder, lambda: sitting)
    seen = desk.look()
    assert seen is not None and len(seen.kept) == 2
    desk.mark(Mark.THINK_ALOUD)
    names = [it.name for it in entries_in(beside.notebook.parent, session)]
    assert names == [NOTE, NOTE, "study.marker"]
    assert (beside.notebook.parent / "torn-1.bin").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.replace(b'"severity":1', b'"severity":4'),
        lambda it: it.split(b"\n", 1)[1],
        lambda it: b"\n".join([it.split(b"\n")[1], it.split(b"\n")[0], b""]),
        lambda it: it.replace(b'"code":"unsure"', b'"code":"Un sure"'),
        lambda it: it.replace(b"note 0", b"note 9"),
        lambda it: it.replace(b'"v":1', b'"v":1,"who":"x"'),
        lambda it: it.replace(b"s-", b"t-"),
        lambda it: b"[]\n" + it,
    ],
)
def test_whatever_is_changed_is_noticed(
    tmp_path: Path, change: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    beside = Beside(tmp_path)
    beside.sit()
    for at in (0, 1):
        beside.desk.keep_note(beside.desk.begin_note("unsure"), at, f"note {at}")
    assert run("verify", str(tmp_path)) == 0
    beside.notebook.write_bytes(change(beside.notebook.read_bytes()))
    assert run("verify", str(tmp_path)) == 1
    assert NOTEBOOK_FILE in capsys.readouterr().err
    with pytest.raises(NotebookDamaged):
        read_sessions(beside.folder.sessions())


def test_the_words_are_closed(tmp_path: Path) -> None:
    beside = Beside(tmp_path)
    sitting = beside.sit()
    notebook = beside.folder.notebook(sitting.recorder.session)
    draft = beside.desk.begin_note("other")
    for severity in (-1, 5):
        with pytest.raises(UnknownEvent):
            beside.desk.keep_note(draft, severity, "")
    for name, data in (
        (NOTE, {"code": "two words", "severity": 1}),
        (NOTE, {"code": "other", "severity": 1, "text": "x" * 4001}),
        (NOTE, {"code": "other", "severity": 1, "place": "home"}),
        ("study.marker", {"kind": "sneeze"}),
        ("study.opinion", {}),
        (TAKEN_BACK, {"entry": 1}),
    ):
        with pytest.raises(UnknownEvent):
            notebook.write(name, draft.stamp, 1.0, **data)
    assert not beside.notebook.exists()


# The study file's own codes


def test_a_study_has_its_own_codes_or_those_that_come_along() -> None:
    assert problems_of(STUDY)[0].code == "cannot-find"
    assert len(problems_of(STUDY)) == MOST + 1


def test_codes_of_a_study_file(tmp_path: Path) -> None:
    lost = {"code": "lost", "label": {"zh_Hans": "迷路", "en": "Is lost"}}
    study = load_study(written(tmp_path, {**ready("first-look"), "problems": [lost]}), PACKS)
    assert [it.code for it in problems_of(study)] == ["lost", "other"]
    assert problems_of(study)[0].label["en"] == "Is lost"
    for problems, told in (
        ([{**lost, "code": f"lost-{at}"} for at in range(MOST + 1)], "has no key any more"),
        ([{**lost, "code": "other"}], "the code `other` is taken"),
        ([lost, lost], "the code `lost` is taken"),
        ([{**lost, "key": "l"}], "`key`"),
    ):
        with pytest.raises(PackError, match=told):
            load_study(written(tmp_path, {**ready("first-look"), "problems": problems}), PACKS)
