"""A session's events as lines: each bound to the one before it by a hash, none missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .chain import GENESIS, chained, whole_lines
from .vocabulary import UI, UnknownEvent, check_event, check_fields, is_word

VERSION = 1
"""The version of the line's form."""

_ENVELOPE = {"v", "study", "sid", "pid", "cond", "seq", "t", "t_act", "name", "data", "ui", "h"}
CONDITION_BEGUN = "study.condition.begun"
"""The one event from which on the condition may be another."""

_CONTEXT = ("notice", "layer", "phase", "target")


class RecordDamaged(Exception):
    """A session's record is not what was written; the message says from which line on."""


class NoRecord(RecordDamaged):
    """There is not one whole line."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        seq: Counted from 1, without a gap.
        t: Seconds since the session started, to a thousandth.
        t_act: The same without the time in which the app was hidden.
        name: What happened, a word of the vocabulary.
        data: Its fields.
        notice: Which notice, as ``location@2021-11-01``; None where there is none.
        layer: In which layer of it.
        phase: In which step of the study.
        target: Of what, as ``purpose:nearby-cinema``.
        condition: The condition, where it is another than the session's first.
    """

    seq: int
    t: float
    t_act: float
    name: str
    data: dict[str, Any]
    notice: str | None = None
    layer: str | None = None
    phase: str | None = None
    target: str | None = None
    condition: dict[str, str] | None = None


@dataclass(frozen=True)
class Session:
    """What is the same in every line of a session.

    Attributes:
        study: The study's id.
        sid: The session's own name, from chance.
        pid: The participant's code.
        condition: The condition; of someone who sees several, the first.
        ui: What is known of the screen.
    """

    study: str
    sid: str
    pid: str
    condition: dict[str, str] = field(default_factory=dict)
    ui: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = (self.study, self.sid, self.pid, *self.condition, *self.condition.values())
        if not all(map(is_word, names)):
            raise UnknownEvent("the names of a session are ids")
        check_fields("ui", UI, self.ui)


def line_of(session: Session, event: Event, before: str) -> tuple[bytes, str]:
    """An event as a line, and the line's hash.

    Args:
        session: The session.
        event: The event.
        before: The hash of the line before it.
    """
    return chained(_values(session, event), before)


def _values(session: Session, event: Event) -> dict[str, Any]:
    context = {key: getattr(event, key) for key in _CONTEXT if getattr(event, key) is not None}
    return {
        "v": VERSION,
        "study": session.study,
        "sid": session.sid,
        "pid": session.pid,
        "cond": session.condition if event.condition is None else event.condition,
        "seq": event.seq,
        "t": event.t,
        "t_act": event.t_act,
        "name": event.name,
        "data": event.data,
        "ui": session.ui,
        **context,
    }


@dataclass(frozen=True)
class Read:
    """A record that was read.

    Attributes:
        session: What all lines have in common.
        events: The events.
        hash: The last line's.
        whole: How many bytes the whole lines take.
        torn: What follows them: a line whose writing was cut off; empty if there is none.
    """

    session: Session
    events: tuple[Event, ...]
    hash: str
    whole: int
    torn: bytes


def read_record(content: bytes) -> Read:
    """Read a session's lines, and hold each against the one before it.

    A last line without an end was being written when the process or the power went; it is handed
    back apart. Lines cut off the end as a whole leave no trace in a chain of hashes.

    Raises:
        NoRecord: There is no whole line.
        RecordDamaged: A whole line was changed, is missing, or is no line of a session.
    """
    lines, whole = whole_lines(content)
    session: Session | None = None
    events: list[Event] = []
    before = GENESIS
    for number, line in enumerate(lines, start=1):
        try:
            values = _parsed(line)
            own = Session(
                values["study"], values["sid"], values["pid"], values["cond"], values["ui"]
            )
            event = _event(values)
            if session is not None and own.condition != session.condition:
                event = replace(event, condition=own.condition)
                own = replace(own, condition=session.condition)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RecordDamaged(f"line {number}: {error}") from error
        if session not in (None, own):
            raise RecordDamaged(f"line {number} is another session's")
        if event.seq != number:
            raise RecordDamaged(f"line {number} is event {event.seq}")
        if events and not _follows(events[-1], event):
            raise RecordDamaged(f"line {number}: time goes backwards")
        if events and event.condition != events[-1].condition and event.name != CONDITION_BEGUN:
            raise RecordDamaged(f"line {number} is in another condition, which was not begun")
        written, hash_ = line_of(own, event, before)
        if written != line + b"\n":
            raise RecordDamaged(f"line {number} does not follow the line before it")
        session, before = own, hash_
        events.append(event)
    if session is None:
        raise NoRecord("there is no whole line in it")
    return Read(session, tuple(events), before, whole, content[whole:])


def _follows(before: Event, event: Event) -> bool:
    return before.t <= event.t and before.t_act <= event.t_act


def _parsed(line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict) or values.get("v") != VERSION:
        raise ValueError("it is no line of this version")
    if unknown := values.keys() - _ENVELOPE - set(_CONTEXT):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return values


def _event(values: dict[str, Any]) -> Event:
    context = {key: values[key] for key in _CONTEXT if key in values}
    check_event(values["name"], context, values["data"])
    numbers = (values["seq"], values["t"], values["t_act"])
    if any(type(it) not in (int, float) or it < 0 for it in numbers):
        raise ValueError("its number and its times are no numbers")
    return Event(
        values["seq"], values["t"], values["t_act"], values["name"], values["data"], **context
    )


def lines_of(session: Session, events: Iterable[Event]) -> bytes:
    """Events as the lines of one session."""
    lines: list[bytes] = []
    before = GENESIS
    for event in events:
        line, before = line_of(session, event, before)
        lines.append(line)
    return b"".join(lines)


def by_condition(
    session: Session, events: Sequence[Event]
) -> tuple[tuple[dict[str, str], tuple[Event, ...]], ...]:
    """A session's events by the condition in which they happened, in the participant's order.

    Of somebody who sees one condition, all of them together.
    """
    begun = [at for at, it in enumerate(events) if it.name == CONDITION_BEGUN]
    found = []
    for start, end in zip((0, *begun), (*begun, len(events)), strict=True):
        condition = events[start].condition if start < len(events) else None
        own = session.condition if condition is None else condition
        found.append((own, tuple(events[start:end])))
    return tuple(found)
