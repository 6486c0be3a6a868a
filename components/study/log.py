"""Where lines go: a folder of the disk, durably, or memory for simulated participants."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol

from .chain import GENESIS
from .record import Event, Read, RecordDamaged, Session, line_of, read_record

EVENTS_FILE = "events.jsonl"
TEXTS_FILE = "free_text.jsonl"
LONGEST_TEXT = 4000


class RecordGone(Exception):
    """The participant has withdrawn meanwhile: there is no record any more to add to."""


class Log(Protocol):
    """Takes events; what it has returned from is kept."""

    def append(self, session: Session, events: tuple[Event, ...], before: str) -> str:
        """Keep events, all of them or none; the last line's hash."""

    def append_text(self, text: str) -> str:
        """Keep a text; the name to refer to it by."""

    def recover(self) -> Read:
        """What is kept, after setting aside a line that was cut off."""


class FileLog:
    """A session's folder: ``events.jsonl``, and beside it what was cut off and what was written.

    Args:
        folder: The session's own folder; it is made with the first event.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / EVENTS_FILE

    def append(self, session: Session, events: tuple[Event, ...], before: str) -> str:
        """Write lines and wait until the disk has them.

        Raises:
            RecordGone: It is not the first, and what came before it is not there.
            OSError: It has not; whatever got there has been taken back, if that was possible.
        """
        if before != GENESIS:
            self._check_there()
        lines = []
        for event in events:
            line, before = line_of(session, event, before)
            lines.append(line)
        append_durably(self._path, b"".join(lines))
        return before

    def append_text(self, text: str) -> str:
        """Write a text of at most 4,000 characters; what is longer is cut.

        The same text twice in a row is kept once.

        Raises:
            RecordGone: There is no record that it would belong to.
            OSError: It could not be written.
        """
        self._check_there()
        path = self._folder / TEXTS_FILE
        there = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        if there and (last := json.loads(there[-1]))["text"] == text[:LONGEST_TEXT]:
            # Said again, since the process was gone before the event that followed it.
            return str(last["ref"])
        name = f"text-{len(there) + 1}"
        entry = {"ref": name, "text": text[:LONGEST_TEXT]}
        append_durably(path, json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        return name

    def _check_there(self) -> None:
        # A file made anew would keep what somebody does who has withdrawn.
        if not self._path.exists():
            raise RecordGone("the record has been deleted")

    def recover(self) -> Read:
        """Read what is there; a cut-off line goes into a file of its own, and out of its old one.

        The texts that were written freely are looked after too.

        Raises:
            RecordDamaged: The record is not what was written.
            OSError: It could not be read or written.
        """
        read = read_record(self._path.read_bytes())
        if read.torn:
            set_aside(self._path, read.whole, read.torn)
        texts = self._folder / TEXTS_FILE
        if texts.exists():
            content = texts.read_bytes()
            if torn := content[(whole := content.rfind(b"\n") + 1) :]:
                set_aside(texts, whole, torn)
        return read


class MemoryLog:
    """Keeps events as they are; for simulated participants, whose lines nobody reads."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.texts: list[str] = []

    def append(self, session: Session, events: tuple[Event, ...], before: str) -> str:
        """Keep events; there is no line to hash."""
        self.events += events
        return before

    def append_text(self, text: str) -> str:
        """Keep a text."""
        self.texts.append(text[:LONGEST_TEXT])
        return f"text-{len(self.texts)}"

    def recover(self) -> Read:
        """Memory does not outlive its process. Raises RecordDamaged."""
        raise RecordDamaged("what was in memory is gone")


def set_aside(path: Path, whole: int, torn: bytes) -> None:
    """Take a line that was cut off out of a file, and keep it in a file of its own beside it.

    Raises:
        OSError: It could not be read or written.
    """
    number = 1
    while (aside := path.with_name(f"torn-{number}.bin")).exists():
        number += 1
    # First kept, then cut: the other way round a second crash would lose it.
    append_durably(aside, torn)
    with path.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())


def append_durably(path: Path, content: bytes) -> None:
    """Add to a file, which is made if there is none, and wait until the disk has it.

    Raises:
        OSError: It has not; whatever got there has been taken back, if that was possible.
    """
    new = not path.exists()
    if new:
        _make_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0))
    try:
        before = os.fstat(descriptor).st_size
        try:
            written = 0
            while written < len(content):
                written += os.write(descriptor, content[written:])
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)
    if new:
        sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    if folder.exists():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; where a system cannot, its own care is all."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
