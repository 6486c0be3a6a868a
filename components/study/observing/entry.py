"""What an observer writes, as lines: closed words but for one text, bound like the session's own.

A line has two times. What it is about is dated by the key that was pressed, however long the
writing took; ``written`` is when it was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..chain import GENESIS, chained, whole_lines
from ..log import LONGEST_TEXT
from ..record import RecordDamaged
from ..vocabulary import (
    COUNT,
    MAYBE_WORD,
    SECONDS,
    WORD,
    Field,
    UnknownEvent,
    check_fields,
    described,
    one_of,
)

VERSION = 1
"""The version of the line's form."""

NOTE = "study.note.added"
MARKER = "study.marker"
TAKEN_BACK = "study.note.taken_back"

WORST = 4
"""Severity goes from 0, no problem, to this, a catastrophe (Nielsen)."""

_TEXT = Field(
    f"text, up to {LONGEST_TEXT} characters",
    lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT,
    needed=False,
)

ENTRIES: Mapping[str, Mapping[str, Field]] = {
    NOTE: {
        "code": WORD,
        "severity": Field(
            f"0 to {WORST}", lambda value: type(value) is int and 0 <= value <= WORST
        ),
        "text": _TEXT,
    },
    MARKER: {
        "kind": one_of("think_aloud", "quote_start", "quote_end", "interruption", "clap"),
    },
    TAKEN_BACK: {"entry": COUNT},
}
"""Every entry there is, by name, with its fields."""

STAMP: Mapping[str, Field] = {
    "t": SECONDS,
    "t_act": SECONDS,
    "linked_seq": COUNT,
    "phase": MAYBE_WORD,
}
"""What tells when an entry's key was pressed: twice the session's clock, the event before, the
step."""

_ENVELOPE = {"v", "study", "sid", "pid", "seq", "written", "name", "data", "h", *STAMP}


@dataclass(frozen=True)
class Stamp:
    """A moment of a session, taken when a key was pressed.

    Attributes:
        t: Seconds since the session started.
        t_act: The same without the time in which the app was hidden.
        linked_seq: The last event of the session's record by then.
        phase: The step; None at the end.
    """

    t: float
    t_act: float
    linked_seq: int
    phase: str | None


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        seq: Counted from 1, without a gap, apart from the session's events.
        stamp: When its key was pressed.
        written: Seconds since the session started, when it was written.
        name: One of :data:`ENTRIES`.
        data: Its fields.
    """

    seq: int
    stamp: Stamp
    written: float
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A file of entries that was read.

    Attributes:
        entries: The entries, those taken back and what takes them back included.
        hash: The last line's.
        whole: How many bytes the whole lines take.
        torn: What follows them: a line whose writing was cut off.
    """

    entries: tuple[Entry, ...]
    hash: str
    whole: int
    torn: bytes


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The notes and markers that were not taken back, in the order of writing."""
    entries = tuple(entries)
    gone = {it.data["entry"] for it in entries if it.name == TAKEN_BACK}
    return tuple(it for it in entries if it.name != TAKEN_BACK and it.seq not in gone)


def check_entry(entry: Entry, before: Iterable[Entry]) -> None:
    """Hold an entry against the vocabulary, and against those before it.

    Raises:
        UnknownEvent: Its name or a field is none of the vocabulary, or it takes back what is not
            there to be taken back.
    """
    fields = ENTRIES.get(entry.name)
    if fields is None:
        raise UnknownEvent(f"there is no entry {entry.name!r}")
    check_fields(entry.name, fields, entry.data)
    check_fields(entry.name, STAMP, _stamped(entry.stamp))
    if entry.name == TAKEN_BACK:
        seq = entry.data["entry"]
        if seq not in {it.seq for it in standing(before)}:
            raise UnknownEvent(f"{entry.name}: entry {seq} is not there to be taken back")


def entry_line(session: tuple[str, str, str], entry: Entry, before: str) -> tuple[bytes, str]:
    """An entry as a line, and the line's hash.

    Args:
        session: The study's id, the session's name, the participant's code.
        entry: The entry.
        before: The hash of the line before it.
    """
    study, sid, pid = session
    values = {
        "v": VERSION,
        "study": study,
        "sid": sid,
        "pid": pid,
        "seq": entry.seq,
        "written": entry.written,
        "name": entry.name,
        "data": dict(entry.data),
        **_stamped(entry.stamp),
    }
    return chained(values, before)


def read_entries(content: bytes, session: tuple[str, str, str]) -> Written:
    """Read a session's entries, and hold each line against the one before it.

    Raises:
        RecordDamaged: A whole line was changed, is missing, or is another session's.
    """
    lines, whole = whole_lines(content)
    entries: list[Entry] = []
    before = GENESIS
    for number, line in enumerate(lines, start=1):
        try:
            entry = _entry(json.loads(line), session)
            check_entry(entry, entries)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RecordDamaged(f"line {number}: {error}") from error
        if entry.seq != number:
            raise RecordDamaged(f"line {number} is entry {entry.seq}")
        if entries and entry.written < entries[-1].written:
            raise RecordDamaged(f"line {number}: time goes backwards")
        again, hash_ = entry_line(session, entry, before)
        if again != line + b"\n":
            raise RecordDamaged(f"line {number} does not follow the line before it")
        before = hash_
        entries.append(entry)
    return Written(tuple(entries), before, whole, content[whole:])


def _entry(values: Any, session: tuple[str, str, str]) -> Entry:
    if not isinstance(values, dict) or values.get("v") != VERSION:
        raise ValueError("it is no line of this version")
    if unknown := values.keys() - _ENVELOPE:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if (values["study"], values["sid"], values["pid"]) != session:
        raise ValueError("it is another session's")
    stamp = Stamp(values["t"], values["t_act"], values["linked_seq"], values.get("phase"))
    check_fields("the entry", {"written": SECONDS}, {"written": values["written"]})
    return Entry(values["seq"], stamp, values["written"], values["name"], values["data"])


def _stamped(stamp: Stamp) -> dict[str, Any]:
    values: dict[str, Any] = {
        "t": stamp.t,
        "t_act": stamp.t_act,
        "linked_seq": stamp.linked_seq,
    }
    return values if stamp.phase is None else {**values, "phase": stamp.phase}


def entries_codebook() -> dict[str, Any]:
    """The observer's vocabulary in plain values, to go along with a data set."""
    return {
        "scope": "observed",
        "entries": {name: described(fields) for name, fields in ENTRIES.items()},
        "context": described({**STAMP, "written": SECONDS}),
    }
