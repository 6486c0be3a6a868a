"""The observer's file of one session: beside the session's record, and never in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..chain import GENESIS
from ..log import EVENTS_FILE, RecordGone, append_durably, set_aside
from ..record import RecordDamaged, Session
from .entry import Entry, Stamp, check_entry, entry_line, read_entries

NOTEBOOK_FILE = "observer.jsonl"


class NotebookDamaged(RecordDamaged):
    """It is the observer's file that is not what was written, and not the session's."""


def entries_in(folder: Path, session: Session) -> tuple[Entry, ...]:
    """What an observer wrote of a session, from its folder; nothing is changed there.

    Raises:
        NotebookDamaged: It is not what was written.
        OSError: It could not be read.
    """
    path = folder / NOTEBOOK_FILE
    if not path.exists():
        return ()
    try:
        return read_entries(path.read_bytes(), _names(session)).entries
    except RecordDamaged as error:
        raise NotebookDamaged(str(error)) from error


def _names(session: Session) -> tuple[str, str, str]:
    return session.study, session.sid, session.pid


class Notebook:
    """Writes what an observer notes of one session.

    It takes up what is in the file. A line that was cut off goes into a file of its own.

    Args:
        folder: The session's own folder.
        session: The session.

    Raises:
        RecordDamaged: What is there is not what was written.
        OSError: It could not be read or written.
    """

    def __init__(self, folder: Path, session: Session) -> None:
        self._folder = folder
        self._path = folder / NOTEBOOK_FILE
        self._session = _names(session)
        self._entries: list[Entry] = []
        self._hash = GENESIS
        if self._path.exists():
            read = read_entries(self._path.read_bytes(), self._session)
            if read.torn:
                set_aside(self._path, read.whole, read.torn)
            self._entries, self._hash = list(read.entries), read.hash

    @property
    def gone(self) -> bool:
        """Whether the participant has withdrawn meanwhile."""
        return not (self._folder / EVENTS_FILE).exists()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that was written, in its order."""
        return tuple(self._entries)

    def write(self, name: str, stamp: Stamp, written: float, **data: Any) -> Entry:
        """Write an entry; once this returns, it survives the loss of power.

        Args:
            name: One of :data:`~.entry.ENTRIES`.
            stamp: When its key was pressed.
            written: Seconds since the session started, now.
            data: Its fields.

        Raises:
            UnknownEvent: It is none of the vocabulary.
            RecordGone: The participant has withdrawn meanwhile.
            OSError: It could not be written, and is not counted.
        """
        # A file made anew would keep what was noted of somebody who has withdrawn.
        if self.gone:
            raise RecordGone("the record has been deleted")
        last = self._entries[-1].written if self._entries else 0.0
        entry = Entry(len(self._entries) + 1, stamp, max(written, last), name, data)
        check_entry(entry, self._entries)
        line, hash_ = entry_line(self._session, entry, self._hash)
        append_durably(self._path, line)
        self._entries.append(entry)
        self._hash = hash_
        return entry
