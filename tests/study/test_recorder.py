"""What is kept, of whom, and in which words: nothing else, nothing before, nothing undone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from components.study.log import EVENTS_FILE, FileLog, MemoryLog
from components.study.record import RecordDamaged, Session, lines_of, read_record
from components.study.recorder import (
    GivenConsent,
    OutOfScope,
    Recorder,
    SessionEnded,
    StimulusRecorder,
    SystemClock,
)
from components.study.vocabulary import CONTEXT, EVENTS, UI, UnknownEvent, codebook
from components.study.words import Scope

from .session_script import CONSENT, SCRIPT, SESSION, START

ROOT = Path(__file__).resolve().parents[2]


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 5_000

    def monotonic_ms(self) -> int:
        return self.ms


def begun(log: Any = None, clock: Any = None, scopes: frozenset[Scope] | None = None) -> Recorder:
    consent = CONSENT if scopes is None else GivenConsent(1, scopes)
    return Recorder.begin(SESSION, consent, START, log or MemoryLog(), clock or Hand())


def test_nothing_is_kept_of_somebody_who_agreed_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutOfScope):
        begun(FileLog(tmp_path / "session"), scopes=frozenset())
    assert list(tmp_path.iterdir()) == []


def test_time_stands_still_while_the_app_is_hidden() -> None:
    log, clock = MemoryLog(), Hand()
    recorder = begun(log, clock)
    times = []
    for after_ms, name, fields in (
        (1_000, "sys.lifecycle", {"state": "hidden"}),
        (60_000, "sys.lifecycle", {"state": "shown"}),
        (250, "stim.tap", {"control": "notice.accept"}),
        (-10_000, "stim.tap", {"control": "notice.accept"}),
        (10_500, "stim.tap", {"control": "notice.accept"}),
    ):
        clock.ms += after_ms
        event = recorder.record(name, **fields)
        times.append((event.t, event.t_act))
    assert times == [(1.0, 1.0), (61.0, 1.0), (61.25, 1.25), (61.25, 1.25), (61.75, 1.75)]
    assert [it.seq for it in log.events] == list(range(1, 8))


def test_each_scope_is_held() -> None:
    answers = begun(scopes=frozenset({Scope.ANSWERS}))
    with pytest.raises(OutOfScope):
        answers.record("stim.tap", control="x")
    assert not answers.allows("stim.tap") and answers.allows("study.item.shown")
    assert not answers.allows("stim.no_such")
    with pytest.raises(OutOfScope):
        answers.keep_text("schwer zu finden")
    behaviour = begun(scopes=frozenset({Scope.BEHAVIOUR}))
    with pytest.raises(OutOfScope):
        behaviour.record("study.item.shown", instrument="sus", item="sus-1", position=1)


def test_the_stimulus_knows_only_its_own_events() -> None:
    log = MemoryLog()
    recorder = begun(log)
    stimulus = recorder.stimulus()
    stimulus.record("stim.decision.made", choice="grant", via="button", target="purpose:x")
    for name in sorted(EVENTS):
        if name.startswith("study."):
            with pytest.raises(OutOfScope):
                stimulus.record(name)
    with pytest.raises(UnknownEvent):
        stimulus.record("stim.no_such")
    assert [it.name for it in log.events][2:] == ["stim.decision.made"]
    assert {name for name in dir(StimulusRecorder) if not name.startswith("_")} == {"record"}


def test_whether_anybody_keeps_it_makes_no_difference_to_the_stimulus() -> None:
    log = MemoryLog()
    begun(log, scopes=frozenset({Scope.ANSWERS})).stimulus().record("stim.tap", control="x")
    assert [it.name for it in log.events] == ["study.session.started", "study.consent.given"]


def test_nothing_follows_the_end(tmp_path: Path) -> None:
    recorder = begun(FileLog(tmp_path))
    recorder.record("study.session.ended", reason="finished")
    with pytest.raises(SessionEnded):
        recorder.record("stim.tap", control="x")
    with pytest.raises(SessionEnded):
        Recorder.resume(FileLog(tmp_path), Hand())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("stim.moved", {}),
        ("stim.tap", {}),
        ("stim.tap", {"control": "x", "x": 12}),
        ("stim.tap", {"control": "我不想让你们知道我在哪里"}),
        ("stim.tap", {"control": "two words"}),
        ("stim.tap", {"control": "x" * 65}),
        ("stim.tap", {"control": "x", "notice": "Location, please"}),
        ("stim.tap", {"control": "x", "layer": "cellar"}),
        ("stim.tap.missed", {"zone": 128}),
        ("stim.tap.missed", {"zone": 3.5}),
        ("stim.tap.missed", {"zone": True}),
        ("stim.scroll", {"px": -1, "extent": 1, "viewport": 1, "direction": "up"}),
        ("study.item.shown", {"instrument": "sus", "item": "sus-1", "position": float("nan")}),
        ("study.task.completed", {"task": "x", "outcome": "direct", "confidence": 6}),
        ("stim.section.left", {"section": "x", "dwell": float("inf"), "dwell_split": 0}),
        ("stim.section.entered", {"section": "x", "clause_hash": "ab", "chars": 1, "share": 1}),
        ("sys.lifecycle", {"state": None}),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused(name: str, fields: dict[str, Any]) -> None:
    log = MemoryLog()
    recorder = begun(log)
    with pytest.raises(UnknownEvent) as error:
        recorder.record(name, **fields)
    assert len(log.events) == 2
    assert "我不想" not in str(error.value)
    assert recorder.record("stim.tap", control="x").seq == 3


def test_there_is_no_field_for_a_device_a_place_or_a_text() -> None:
    fields = {
        *CONTEXT,
        *UI,
        *(field for kind in EVENTS.values() for field in kind.fields),
    }
    assert not fields & {"x", "y", "lat", "lon", "device", "ip", "imei", "oaid", "text", "query"}
    for text in ("two words", "我在东直门", "39.94 116.43", "a@b.cn, please"):
        for kind in EVENTS.values():
            assert not any(field.holds(text) for field in kind.fields.values())
    book = codebook()
    assert set(book["events"]) == set(EVENTS)
    assert book["events"]["stim.tap.missed"]["fields"]["zone"]["kind"] == "0 to 127"


def test_every_event_of_the_script_is_in_the_vocabulary_and_in_the_lines(tmp_path: Path) -> None:
    log, clock = FileLog(tmp_path), Hand()
    recorder = begun(log, clock)
    for happening in SCRIPT[:12]:
        clock.ms += happening.after_ms
        recorder.record(happening.name, **happening.fields)
    content = (tmp_path / EVENTS_FILE).read_bytes()
    read = read_record(content)
    assert read.session == SESSION
    assert (read.torn, read.whole) == (b"", len(content))
    assert [it.name for it in read.events][2:] == [it.name for it in SCRIPT[:12]]
    assert lines_of(SESSION, read.events) == content


def test_a_changed_a_missing_and_a_swapped_line_are_noticed(tmp_path: Path) -> None:
    recorder = begun(FileLog(tmp_path))
    for happening in SCRIPT[:6]:
        recorder.record(happening.name, **happening.fields)
    content = (tmp_path / EVENTS_FILE).read_bytes()
    lines = content.splitlines(keepends=True)
    damaged = {
        "changed": content.replace(b'"find_retention"', b'"find_retentiom"', 1),
        "missing": b"".join(lines[:3] + lines[4:]),
        "first missing": b"".join(lines[1:]),
        "swapped": b"".join([*lines[:3], lines[4], lines[3], *lines[5:]]),
        "doubled": b"".join([*lines[:4], lines[3], *lines[4:]]),
        "spaced": content.replace(b'","seq"', b'", "seq"', 1),
        "no line": b"hello\n" + content,
        "another's": content.replace(SESSION.sid.encode(), b"s-ffffffffffff", 1),
    }
    for what, content_ in damaged.items():
        with pytest.raises(RecordDamaged):
            read_record(content_)
            pytest.fail(what)
    # Rewritten with every hash: only against another copy can that be noticed.
    events = read_record(content).events
    assert read_record(lines_of(SESSION, events[:-1])).events == events[:-1]


# A limit on the size of files, in a process of its own: the same as a full disk.
TOO_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from components.study.log import FileLog
from components.study.recorder import Recorder, SystemClock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
recorder = Recorder.resume(FileLog(Path(sys.argv[1])), SystemClock())
most = resource.getrlimit(resource.RLIMIT_FSIZE)
path = Path(sys.argv[1], "events.jsonl")
room = path.stat().st_size + 40
resource.setrlimit(resource.RLIMIT_FSIZE, (room, most[1]))
try:
    recorder.record("stim.tap", control="b")
except OSError:
    print("refused, then", end=" ")
resource.setrlimit(resource.RLIMIT_FSIZE, most)
recorder.record("stim.tap", control="c")
print(len(path.read_bytes().splitlines()) - 1)
"""


def test_an_event_that_does_not_fit_on_the_disk_is_not_counted(tmp_path: Path) -> None:
    recorder = begun(FileLog(tmp_path))
    recorder.record("stim.tap", control="a")
    path = tmp_path / EVENTS_FILE
    done = subprocess.run(
        [sys.executable, "-c", TOO_LITTLE_ROOM, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "refused, then 4"
    read = read_record(path.read_bytes())
    assert [it.data.get("control") for it in read.events[2:]] == ["a", None, "c"]
    assert read.torn == b""


def test_texts_are_kept_apart_and_cut(tmp_path: Path) -> None:
    recorder = begun(FileLog(tmp_path))
    assert recorder.keep_text("找不到撤回的地方\n真的") == "text-1"
    assert recorder.keep_text("x" * 5000) == "text-2"
    kept = (tmp_path / "free_text.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 2 and "找不到" in kept[0]
    assert "找不到" not in (tmp_path / EVENTS_FILE).read_text(encoding="utf-8")
    assert len(kept[1]) < 4100


def test_the_names_of_a_session_are_ids() -> None:
    for wrong in ("", "two words", "名字"):
        with pytest.raises(UnknownEvent):
            Session("study", wrong, "34679")
    with pytest.raises(UnknownEvent):
        Session("study", "s-1", "34679", ui={"dev": "android", "serial": "R58M"})


def test_the_systems_clock_goes_on() -> None:
    clock = SystemClock()
    assert clock.monotonic_ms() <= clock.monotonic_ms()
