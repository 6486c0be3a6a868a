"""Records carried from a device to the study's folder: one file out, and taken in again.

The file is a study's folder in a ZIP: unpacked, it can be checked and reported on by itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .codes import is_code
from .folder import ALLOCATION_FILE, STUDY_FILE, StudyFolder
from .log import EVENTS_FILE, append_durably
from .record import RecordDamaged, read_record

_SESSION = re.compile(r"sessions/([A-Z0-9]+)/(s-[0-9a-f]{12})/([a-z_]+-?[0-9]*\.(?:jsonl|bin))")
_WITHDRAWN = re.compile(r"withdrawn/([A-Z0-9]+)")
_LARGEST_BYTES = 64_000_000
"""Of one file unpacked; a session has some hundred kilobytes."""


class NotCarried(ValueError):
    """A file holds no records of a study, or none that can be taken in; the message says why."""


@dataclass
class Collected:
    """What became of what a file held, by the sessions' names.

    Attributes:
        new: Sessions that were not there.
        longer: Sessions of which there was an earlier copy.
        known: Sessions that were there, as they are or further on.
        refused: Sessions that were not taken in, each with the reason.
        withdrawn: Codes of participants who have withdrawn on that device.
    """

    new: list[str] = field(default_factory=list)
    longer: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)


def zip_of(folder: StudyFolder) -> bytes:
    """The records of a folder as one file, with the study and its places.

    Raises:
        OSError: Something could not be read.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.path.rglob("*")):
            name = path.relative_to(folder.path).as_posix()
            beside = "/" not in name and path.suffix == ".toml"
            if path.is_file() and (
                beside or name == ALLOCATION_FILE or _SESSION.fullmatch(name) or _withdrawn(name)
            ):
                # Without a time: when somebody took part is told by the day alone.
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _withdrawn(name: str) -> str:
    found = _WITHDRAWN.fullmatch(name)
    return found[1] if found and is_code(found[1]) else ""


def collect(packed: bytes, folder: StudyFolder) -> Collected:
    """Take the records of a file into a study's folder.

    A session is taken in whole or not at all. Who has withdrawn, here or on the device, is deleted
    here and not taken in.

    Args:
        packed: The file's bytes.
        folder: The study's folder, with its table of places.

    Raises:
        NotCarried: It is no file of this kind, or one of another study.
        OSError: Something could not be read or written.
    """
    files = _files(packed)
    ours = folder.path / STUDY_FILE
    theirs = files.get(STUDY_FILE)
    if theirs is None:
        raise NotCarried("it holds no study.toml, so it is no file of a study's records")
    if ours.exists() and ours.read_bytes() != theirs:
        raise NotCarried(
            "its study.toml is not the one of the folder: it is of another study, or another"
            " version of it"
        )
    done = Collected()
    for name in files:
        if code := _withdrawn(name):
            done.withdrawn.append(code)
            if folder.knows(code):
                folder.withdraw(code)
    sessions: dict[tuple[str, str], dict[str, bytes]] = {}
    for name, content in files.items():
        if found := _SESSION.fullmatch(name):
            sessions.setdefault((found[1], found[2]), {})[found[3]] = content
    for (code, sid), held in sorted(sessions.items()):
        if reason := _why_not(folder, code, sid, held):
            done.refused[sid] = reason
        else:
            _take_in(folder.path / "sessions" / code / sid, sid, held, done)
    return done


def _files(packed: bytes) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            for entry in archive.infolist():
                if entry.file_size > _LARGEST_BYTES:
                    raise NotCarried(f"{entry.filename} is larger than any record")
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotCarried(f"it is no ZIP file, or a damaged one: {error}") from error


def _why_not(folder: StudyFolder, code: str, sid: str, held: dict[str, bytes]) -> str:
    """Why a session is not taken in; empty if it is. What a crash cut off its end is left out."""
    if code in folder.withdrawn():
        return f"{code} has withdrawn"
    if not folder.knows(code):
        return f"the table of places has no {code}"
    try:
        read = read_record(held.get(EVENTS_FILE, b""))
    except RecordDamaged as error:
        return f"its record is damaged: {error}"
    if (read.session.pid, read.session.sid) != (code, sid):
        return "its record is of another session"
    if any(it.parent.name == code and it.name != sid for it in folder.sessions()):
        return f"there is a session of {code} already, from another device"
    held[EVENTS_FILE] = held[EVENTS_FILE][: read.whole]
    return ""


def _take_in(place: Path, sid: str, held: Mapping[str, bytes], done: Collected) -> None:
    """Write a session, or what was added to it since; the record itself comes last."""
    path = place / EVENTS_FILE
    before = path.read_bytes() if path.exists() else b""
    events = held[EVENTS_FILE]
    if before.startswith(events):
        done.known.append(sid)
        return
    if not events.startswith(before):
        done.refused[sid] = "it is not what was taken in of that session before"
        return
    (done.longer if before else done.new).append(sid)
    for name, content in sorted(held.items(), key=lambda it: it[0] == EVENTS_FILE):
        there = place / name
        known = there.read_bytes() if there.exists() else b""
        if content.startswith(known) and content != known:
            append_durably(there, content[len(known) :])
