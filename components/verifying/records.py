"""A whole record as a file: a device's store, or events as an endpoint exports them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..consent.event import Event, MalformedEvent
from .chains import check_chains
from .checks import Check, Outcome, Report, failed, passed, unchecked
from .entries import Entries, Entry
from .strict import NotStrict, json_object

__all__ = ["Entries", "Entry", "read_record", "verify_record"]

STORE_BEGINS = b"SQLite format 3\0"
_LINK = ("subject", "sequence", "event_id", "previous_hash", "hash")


@dataclass(frozen=True)
class _Read:
    """What a file held, and what its reading itself showed."""

    kind: str
    entries: Entries
    form: Check


def verify_record(path: Path) -> Report:
    """Check a device's store or an export: every event, and that they follow one another.

    Args:
        path: An SQLite store of the kit, or NDJSON: an officer's export, or bare events.

    Raises:
        OSError: It cannot be read.
    """
    read = _read(path)
    if not read.entries.all and read.form.outcome is Outcome.FAILED:
        return Report(read.kind, (read.form,))
    return Report(read.kind, (read.form, *check_chains(read.entries)))


def read_record(path: Path) -> Entries:
    """The entries of a device's store or an export, whatever is wrong with them.

    Raises:
        OSError: It cannot be read.
    """
    return _read(path).entries


def _read(path: Path) -> _Read:
    with path.open("rb") as file:
        beginning = file.read(len(STORE_BEGINS))
    return _read_store(path) if beginning == STORE_BEGINS else _read_export(path)


def _read_store(path: Path) -> _Read:
    kind = "device store"
    try:
        rows, gaps = _rows(path)
    except sqlite3.Error as error:
        return _Read(kind, Entries([], []), failed("form", f"It is no store of ours: {error}."))
    entries = [_entry_of_body(*row) for row in rows]
    return _Read(
        kind,
        Entries(entries, gaps, whole=True),
        passed("form", f"It is a device’s store with {len(entries)} events of its own."),
    )


def _rows(path: Path) -> tuple[list[tuple[int, str, str]], list[tuple[int, int]]]:
    # As it is, and never written to.
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT sequence, event_id, body FROM events ORDER BY sequence")
        events = rows.fetchall()
        known = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'gaps'"
        if not store.execute(known).fetchone()[0]:
            return events, []
        return events, store.execute("SELECT first, last FROM gaps").fetchall()


def _entry_of_body(sequence: int, event_id: str, body: str) -> Entry:
    try:
        event = Event.from_json(json_object(str(body).encode()))
        if (event.sequence, event.event_id) != (sequence, event_id):
            raise MalformedEvent("it is stored under another number or id")
    except ValueError as error:
        return Entry("", sequence, event_id, "", "", None, str(error))
    return Entry.of(event)


def _read_export(path: Path) -> _Read:
    kind = "export"
    checksum = hashlib.sha256()
    entries: list[Entry] = []
    end: Mapping[str, Any] | None = None
    exported = False
    for number, line in enumerate(_lines(path), start=1):
        try:
            value = json_object(line)
            if end is not None:
                raise NotStrict("it stands behind the end of the export")
            if "end" in value:
                end = _end(value)
                continue
            exported = exported or "event" in value
            entries.append(_entry_of_line(value))
        except ValueError as error:
            form = failed("form", f"Line {number} is no event: {error}.")
            return _Read(kind, Entries(entries, []), form)
        checksum.update(line)
    return _Read(
        kind, Entries(entries, []), _whole(len(entries), checksum.hexdigest(), end, exported)
    )


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _end(value: Mapping[str, Any]) -> Mapping[str, Any]:
    end = value["end"]
    if set(value) != {"end"} or not isinstance(end, dict) or set(end) != {"events", "sha256"}:
        raise NotStrict("the end of the export is not of its form")
    return end


def _whole(events: int, checksum: str, end: Mapping[str, Any] | None, exported: bool) -> Check:
    name = "form"
    if not exported and end is None:
        if not events:
            return failed(name, "There is no event in it.")
        return unchecked(
            name, f"It is {events} events without an end: whether some were cut off does not show."
        )
    if end is None:
        return failed(name, "The last line of the export is missing: it was cut off.")
    if end != {"events": events, "sha256": checksum}:
        return failed(name, "What its last line says of the lines before is not so.")
    return passed(name, f"It is a whole export of {events} events.")


def _entry_of_line(value: Mapping[str, Any]) -> Entry:
    """An event as it is, or in what the endpoint tells about it."""
    if "event" not in value:
        return Entry.of(Event.from_json(value))
    body = value["event"]
    if isinstance(body, dict):
        event = Event.from_json(body)
        if any(value.get(key, getattr(event, key)) != getattr(event, key) for key in _LINK):
            raise MalformedEvent("what is told about the event is not what stands in it")
        return Entry.of(event)
    sequence, texts = value.get("sequence"), [value.get(key) for key in _LINK if key != "sequence"]
    subject, event_id, previous_hash, hash_ = map(str, texts)
    if type(sequence) is not int or not all(isinstance(text, str) for text in texts):
        raise MalformedEvent("it says neither the event nor its place")
    damaged = value.get("body") == "damaged"
    fault = "the endpoint cannot read it any more" if damaged else None
    return Entry(subject, sequence, event_id, previous_hash, hash_, None, fault)
