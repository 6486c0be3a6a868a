"""A process that records a session and is killed: a nursery with everything imported, and children.

For each socket that it is sent, the nursery forks a child. The child goes on with the session of
its folder, or begins it; it records one event of the script for each byte it gets, and answers each
with a byte once the event is kept.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from components.study.folder import StudyFolder
from components.study.log import EVENTS_FILE, FileLog
from components.study.record import read_record
from components.study.recorder import NotBegun, Recorder

from .session_script import CONSENT, SCRIPT, SESSION, START


class ScriptClock:
    """Stands still but for the script; starts anew in each process, as a device's may."""

    def __init__(self) -> None:
        self.now_ms = 1000 * (os.getpid() % 50)

    def monotonic_ms(self) -> int:
        return self.now_ms


def session_folder(folder: Path) -> Path:
    """Where the script's session is."""
    return folder / "sessions" / SESSION.pid / SESSION.sid


def recorder_of(folder: Path, clock: ScriptClock) -> tuple[Recorder, int]:
    """The session's recorder, and how much of the script it has."""
    path = session_folder(folder)
    if (path / EVENTS_FILE).exists():
        try:
            recorder = Recorder.resume(FileLog(path), clock)
        except NotBegun:
            (path / EVENTS_FILE).unlink()
        else:
            events = read_record((path / EVENTS_FILE).read_bytes()).events
            own = [it for it in events if it.name != "study.session.resumed"]
            return recorder, len(own) - 2
    return Recorder.begin(SESSION, CONSENT, START, FileLog(path), clock), 0


def record_when_told(folder: Path, wire: socket.socket) -> None:
    """Live: begin or go on at the first byte, then record an event for each byte."""
    clock = ScriptClock()
    wire.recv(1)
    StudyFolder(folder)
    recorder, done = recorder_of(folder, clock)
    wire.sendall(bytes([done]))
    for happening in SCRIPT[done:]:
        if not wire.recv(1):
            return
        clock.now_ms += happening.after_ms
        recorder.record(happening.name, **happening.fields)
        wire.sendall(b"+")
    wire.recv(1)  # until the end comes from outside


def main() -> None:
    """Fork a child for each socket and folder that come in; ``killed SOCKET-NUMBER``."""
    nursery = socket.socket(fileno=int(sys.argv[1]))
    while True:
        told, [descriptor], _, _ = socket.recv_fds(nursery, 4096, 1)
        child = os.fork()
        if child == 0:
            nursery.close()
            record_when_told(Path(told.decode()), socket.socket(fileno=descriptor))
            os._exit(0)
        os.close(descriptor)
        nursery.sendall(f"{child}\n".encode())
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
