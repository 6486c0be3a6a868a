"""A session whose process is killed, at each event and within each line: the same data set."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.study.exporting.tables import read_sessions
from components.study.log import EVENTS_FILE, TEXTS_FILE, FileLog
from components.study.progress import progress_of
from components.study.record import Event, read_record
from components.study.recorder import NotBegun, Recorder

from .killed import ScriptClock, recorder_of, session_folder
from .session_script import LENGTH, SCRIPT

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """Starts processes that record, as fast as a fork."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._wire = ours
        self._answers = ours.makefile("r", encoding="ascii")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.study.killed", str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def live(self, folder: Path, events: int, *, one_more: bool) -> int:
        """Let a process record so many events, and kill it; how much of the script it found.

        Args:
            folder: The study's folder.
            events: How many events it is to confirm; fewer if the script ends.
            one_more: Whether it is killed while it records the next.
        """
        ours, theirs = socket.socketpair()
        socket.send_fds(self._wire, [str(folder).encode()], [theirs.fileno()])
        theirs.close()
        process_id = int(self._answers.readline())
        with ours:
            ours.sendall(b"b")
            found = ours.recv(1)[0]
            awaited = min(events, len(SCRIPT) - found)
            ours.sendall(b"n" * awaited)
            while awaited:
                confirmed = ours.recv(awaited)
                assert confirmed, "the process ended by itself"
                awaited -= len(confirmed)
            if one_more:
                ours.sendall(b"n")
            os.kill(process_id, signal.SIGKILL)
        return found

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._answers.close()
        self._wire.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory, where there is one: a killed process, unlike power, needs no disk."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Event, ...]:
    """The session when nobody is killed."""
    folder = tmp_path_factory.mktemp("whole")
    clock = ScriptClock()
    recorder, _ = recorder_of(folder, clock)
    for happening in SCRIPT:
        clock.now_ms += happening.after_ms
        recorder.record(happening.name, **happening.fields)
    events = kept(folder)
    assert len(events) == LENGTH == 60
    return events


def kept(folder: Path) -> tuple[Event, ...]:
    return read_record((session_folder(folder) / EVENTS_FILE).read_bytes()).events


def data_set(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """All that a session says, times included; its numbers count the resumptions too."""
    return [
        (it.t, it.t_act, it.name, it.data, it.notice, it.layer, it.phase, it.target)
        for it in events
        if it.name != "study.session.resumed"
    ]


def test_killed_at_each_event_and_resumed_it_is_the_same_data_set(
    nursery: Nursery, whole: tuple[Event, ...], memory: Path
) -> None:
    """The process is killed with each number of events confirmed, and another one goes on."""
    # With the last event written there would be nothing to go on with.
    for after in range(len(SCRIPT) - 1):
        folder = memory / str(after)
        nursery.live(folder, after, one_more=True)
        found = nursery.live(folder, len(SCRIPT), one_more=False)
        assert found in (after, after + 1), "a confirmed event is lost, or one was invented"
        events = kept(folder)
        assert [it.name for it in events].count("study.session.resumed") == 1
        assert data_set(events) == data_set(whole)
        assert progress_of(events) == progress_of(whole)
        shutil.rmtree(folder)


def test_killed_after_every_event_in_a_row(
    nursery: Nursery, whole: tuple[Event, ...], memory: Path
) -> None:
    for lived in range(len(SCRIPT)):
        assert nursery.live(memory, 1, one_more=False) == lived
    events = kept(memory)
    assert len(events) == LENGTH + len(SCRIPT) - 1
    assert data_set(events) == data_set(whole)


def test_a_line_cut_off_anywhere_is_set_aside_and_not_lost(
    whole: tuple[Event, ...], tmp_path: Path
) -> None:
    clock = ScriptClock()
    recorder, _ = recorder_of(tmp_path, clock)
    for happening in SCRIPT[:20]:
        clock.now_ms += happening.after_ms
        recorder.record(happening.name, **happening.fields)
    path = session_folder(tmp_path) / EVENTS_FILE
    content = path.read_bytes()
    last = content.rfind(b"\n", 0, -1) + 1
    for end in range(last + 1, len(content), 23):
        path.write_bytes(content[:end])
        for old in path.parent.glob("torn-*"):
            old.unlink()
        resumed = Recorder.resume(FileLog(path.parent), clock)
        assert (path.parent / "torn-1.bin").read_bytes() == content[last:end]
        events = kept(tmp_path)
        assert data_set(events) == data_set(whole)[:21]
        assert events[-1].data == {"torn_bytes": end - last}
        again = SCRIPT[19]
        resumed.record(again.name, **again.fields)
        assert kept(tmp_path)[-1].name == again.name


def test_cut_off_within_the_first_two_lines_nothing_has_begun(
    whole: tuple[Event, ...], tmp_path: Path
) -> None:
    recorder_of(tmp_path, ScriptClock())
    path = session_folder(tmp_path) / EVENTS_FILE
    content = path.read_bytes()
    for end in range(0, len(content), 11):
        path.write_bytes(content[:end])
        with pytest.raises(NotBegun):
            Recorder.resume(FileLog(path.parent), ScriptClock())


def test_two_lines_cut_off_in_turn_are_both_set_aside(tmp_path: Path) -> None:
    recorder_of(tmp_path, ScriptClock())
    path = session_folder(tmp_path) / EVENTS_FILE
    for torn in (b'{"v":1,"half', b"\0\0\0\0"):
        with path.open("ab") as file:
            file.write(torn)
        Recorder.resume(FileLog(path.parent), ScriptClock())
    assert (path.parent / "torn-1.bin").read_bytes() == b'{"v":1,"half'
    assert (path.parent / "torn-2.bin").read_bytes() == b"\0\0\0\0"


def test_a_text_cut_off_is_set_aside_and_the_same_text_again_is_one(tmp_path: Path) -> None:
    recorder, _ = recorder_of(tmp_path, ScriptClock())
    assert recorder.keep_text("one") == recorder.keep_text("one") == "text-1"
    path = session_folder(tmp_path) / TEXTS_FILE
    with path.open("ab") as file:
        file.write(b'{"ref": "text-2", "te')
    resumed = Recorder.resume(FileLog(path.parent), ScriptClock())
    assert (path.parent / "torn-1.bin").read_bytes() == b'{"ref": "text-2", "te'
    assert resumed.keep_text("two") == "text-2"
    (read,) = read_sessions([path.parent])
    assert read.texts == {"text-1": "one", "text-2": "two"}
