"""A study's folder on a device: its participants' places, their sessions, and nobody who withdrew.

``allocation.csv``, ``sessions/<code>/<session>/``, ``builds/<digest>.json`` (the app that was
studied), ``registered/`` (the study as it was registered), ``withdrawn/<code>`` (an empty file),
and ``derived/`` for whatever can be made anew from the rest.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .allocation import Place, from_csv, to_csv
from .builds import Build, build_text, read_build
from .codes import is_code
from .log import EVENTS_FILE, FileLog, sync_folder
from .model import Study
from .observing.notebook import Notebook
from .record import Event, NoRecord, Read, Session, read_record
from .recorder import (
    Clock,
    GivenConsent,
    NotBegun,
    OutOfScope,
    Recorder,
    SessionEnded,
    Start,
)

ALLOCATION_FILE = "allocation.csv"
STUDY_FILE = "study.toml"
"""The study as it was run: the file's own words, with its item bank beside it."""
_SESSIONS = "sessions"
_WITHDRAWN = "withdrawn"
_DERIVED = "derived"
_BUILDS = "builds"
_REGISTERED = "registered"
_AT_THE_APP = "at-the-app"
_CHUNK_BYTES = 1 << 20


class NoSuchParticipant(LookupError):
    """Nobody of that code takes part in the study of this folder."""


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did.

    Attributes:
        sessions: How many sessions were deleted.
        left: Files of the folder that still name the participant or a session of theirs; empty
            unless somebody put files there that are not the study's own.
    """

    sessions: int
    left: tuple[Path, ...]


class StudyFolder:
    """The folder.

    Opening it finishes every withdrawal that was cut short.

    Args:
        path: Where it is; it is made with what is first put into it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        for code in self.withdrawn():
            self._delete(code)

    def begin(
        self,
        code: str,
        *,
        study: Study,
        condition: dict[str, str],
        ui: dict[str, object],
        consent: GivenConsent,
        start: Start,
        clock: Clock,
    ) -> Recorder:
        """Begin a session of a participant who has agreed.

        Raises:
            NoSuchParticipant: It is no code, or its participant has withdrawn.
            OutOfScope: Nothing was agreed to, or what the study does not ask.
            OSError: It could not be written.
        """
        if not consent.scopes <= study.consent.scopes:
            raise OutOfScope("the study does not ask for all of that")
        if not is_code(code) or code in self.withdrawn():
            raise NoSuchParticipant(f"nobody takes part under the code {code!r}")
        # By chance and not from the code: a session's name says nothing of its participant.
        sid = f"s-{secrets.token_hex(6)}"
        session = Session(study.id, sid, code, condition, dict(ui))
        log = FileLog(self.path / _SESSIONS / code / sid)
        return Recorder.begin(session, consent, start, log, clock)

    def resume(self, clock: Clock) -> Iterator[Recorder]:
        """Every session that has not ended, ready to go on; what never began is deleted.

        Raises:
            RecordDamaged: A record is not what was written.
            OSError: One could not be read or written.
        """
        for folder in self.sessions():
            try:
                yield Recorder.resume(FileLog(folder), clock)
            except SessionEnded:
                continue
            except NotBegun:
                shutil.rmtree(folder)

    def unfinished(self) -> frozenset[str]:
        """The codes of those who have a session that has not ended."""
        found = set()
        for folder in self.sessions():
            if (read := _read(folder)) is not None and not _has_ended(read):
                found.add(read.session.pid)
        return frozenset(found)

    def resume_of(self, code: str, clock: Clock) -> Recorder | None:
        """Go on with a participant's session; None if they have none that has not ended.

        Raises:
            RecordDamaged: The record is not what was written.
            OSError: It could not be read or written.
        """
        for folder in self.sessions():
            if folder.parent.name == code and (read := _read(folder)) and not _has_ended(read):
                return Recorder.resume(FileLog(folder), clock)
        return None

    def sits_at_the_app(self, session: Session | None) -> None:
        """Note of whom it is what the app under test keeps; None if it keeps nothing.

        It stands in the session's own folder, so that it goes with it.

        Raises:
            OSError: It could not be written.
        """
        for mark in (self.path / _SESSIONS).glob(f"*/*/{_AT_THE_APP}"):
            mark.unlink()
        if session is not None:
            (self.path / _SESSIONS / session.pid / session.sid / _AT_THE_APP).touch()

    def at_the_app(self) -> str | None:
        """The name of the session of which the app keeps something; None if of none."""
        marks = (self.path / _SESSIONS).glob(f"*/*/{_AT_THE_APP}")
        return next((mark.parent.name for mark in marks), None)

    def events(self, session: Session) -> tuple[Event, ...]:
        """Everything that was recorded of a session.

        Raises:
            RecordDamaged: The record is not what was written.
            OSError: It could not be read.
        """
        path = self.path / _SESSIONS / session.pid / session.sid / EVENTS_FILE
        return read_record(path.read_bytes()).events

    def notebook(self, session: Session) -> Notebook:
        """Where an observer of a session writes.

        Raises:
            RecordDamaged: What was written before is not what was written.
            OSError: It could not be read or written.
        """
        return Notebook(self.path / _SESSIONS / session.pid / session.sid, session)

    def taken_part(self) -> frozenset[str]:
        """The codes of those of whom there is a session, ended or not."""
        return frozenset(folder.parent.name for folder in self.sessions())

    def sessions(self) -> tuple[Path, ...]:
        """The folders of all sessions, by participant and name."""
        return tuple(
            sorted(path.parent for path in (self.path / _SESSIONS).glob(f"*/*/{EVENTS_FILE}"))
        )

    def withdrawn(self) -> frozenset[str]:
        """The codes of those who withdrew."""
        names = (path.name for path in (self.path / _WITHDRAWN).glob("*"))
        return frozenset(name for name in names if is_code(name))

    def places(self, study: Study) -> tuple[Place, ...]:
        """The participants' places.

        Raises:
            AllocationFault: The table is not this study's.
            FileNotFoundError: There is none yet.
        """
        return from_csv(study, (self.path / ALLOCATION_FILE).read_text(encoding="utf-8"))

    def put_places(self, study: Study, places: tuple[Place, ...]) -> Path:
        """Write the participants' places, once: another table would make their codes nobody's.

        Raises:
            FileExistsError: There is a table.
        """
        path = self.path / ALLOCATION_FILE
        if path.exists():
            raise FileExistsError(f"{path} is there already, and participants may have its codes")
        self.path.mkdir(parents=True, exist_ok=True)
        self._replace(path, to_csv(study, places).encode())
        return path

    def put_study(self, file: Path) -> None:
        """Keep a copy of the study file and of its item bank: a report is made by them.

        Nothing is kept where the item bank is not beside the study file.

        Raises:
            OSError: Something could not be read or written.
        """
        content = file.read_bytes()
        items: str = tomllib.loads(content.decode("utf-8-sig"))["study"]["items"]
        if Path(items).name != items:
            return
        self.path.mkdir(parents=True, exist_ok=True)
        self._replace(self.path / items, file.with_name(items).read_bytes())
        self._replace(self.path / STUDY_FILE, content)

    def put_registration(self, files: Mapping[str, bytes]) -> None:
        """Keep a registered study: all of its files, or none.

        Raises:
            FileExistsError: There is one.
            OSError: It could not be written.
        """
        path = self.path / _REGISTERED
        if path.exists():
            raise FileExistsError(f"{path} is there already")
        half = self.path / f"{_REGISTERED}.new"
        if half.exists():
            shutil.rmtree(half)
        half.mkdir(parents=True)
        for name, content in files.items():
            self._replace(half / name, content)
        half.rename(path)
        sync_folder(self.path)

    def builds(self) -> tuple[Build, ...]:
        """The builds of the app that the study was run with, by digest.

        Raises:
            NoBuild: A file describes none; the message says which.
            OSError: One could not be read.
        """
        return tuple(map(read_build, sorted((self.path / _BUILDS).glob("*.json"))))

    def put_build(self, build: Build) -> Path:
        """Keep the description of a build; where it is.

        Raises:
            OSError: It could not be written.
        """
        path = self.path / _BUILDS / f"{build.digest[:16]}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._replace(path, build_text(build).encode())
        return path

    def withdraw(self, code: str) -> Withdrawal:
        """Delete everything of a participant; what stays is an empty file that bears the code.

        The empty file comes first: it keeps a copy of the data that turns up later from being
        taken in, and makes the next opening finish what a crash cut short.

        Raises:
            NoSuchParticipant: The folder knows of nobody of that code.
            OSError: Something could not be deleted; opening the folder tries again.
        """
        if not self.knows(code):
            raise NoSuchParticipant(f"nobody takes part under the code {code!r}")
        names = [path.name for path in (self.path / _SESSIONS / code).glob("*")]
        folder = self.path / _WITHDRAWN
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / code).open("wb") as tombstone:
            os.fsync(tombstone.fileno())
        sync_folder(folder)
        sync_folder(self.path)
        self._delete(code)
        return Withdrawal(len(names), tuple(self._naming((code, *names))))

    def knows(self, code: str) -> bool:
        """Whether a code is somebody's here: of a place, of a session, or of who has withdrawn."""
        return is_code(code) and (
            (self.path / _SESSIONS / code).exists() or code in self._codes() | self.withdrawn()
        )

    def _codes(self) -> frozenset[str]:
        path = self.path / ALLOCATION_FILE
        if not path.exists():
            return frozenset()
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        return frozenset(line.partition(",")[0] for line in lines) - {""}

    def _delete(self, code: str) -> None:
        own = self.path / _SESSIONS / code
        derived = self.path / _DERIVED
        if derived.exists() and (own.exists() or code in self._codes()):
            # What was worked out with this participant in it is worked out anew without.
            shutil.rmtree(derived)
            sync_folder(self.path)
        if own.exists():
            shutil.rmtree(own)
            sync_folder(own.parent)
        if code in self._codes():
            path = self.path / ALLOCATION_FILE
            lines = path.read_bytes().split(b"\n")
            start = code.encode() + b","
            kept = [line[len(code) :] if line.startswith(start) else line for line in lines]
            self._replace(path, b"\n".join(kept))

    def _replace(self, path: Path, content: bytes) -> None:
        beside = path.with_name(path.name + ".new")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)

    def _naming(self, names: tuple[str, ...]) -> Iterator[Path]:
        """Files, tombstones apart, in whose bytes or path a name still stands."""
        wanted = [name.encode() for name in names]
        for path in sorted(self.path.rglob("*")):
            if not path.is_file() or path.parent == self.path / _WITHDRAWN:
                continue
            inside = path.relative_to(self.path).as_posix()
            if any(name in inside for name in names) or _holds(path, wanted):
                yield path


def _read(folder: Path) -> Read | None:
    """A session as it was written; None where nothing whole has been."""
    try:
        read = read_record((folder / EVENTS_FILE).read_bytes())
    except NoRecord:
        return None
    began = any(it.name == "study.consent.given" for it in read.events)
    return read if began else None


def _has_ended(read: Read) -> bool:
    return read.events[-1].name == "study.session.ended"


def _holds(path: Path, wanted: list[bytes]) -> bool:
    longest = max(map(len, wanted))
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            if any(name in tail + chunk for name in wanted):
                return True
            tail = (tail + chunk)[-longest:]
    return False
