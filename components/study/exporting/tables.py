"""Sessions as tables: what each column means, and the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..log import EVENTS_FILE, TEXTS_FILE
from ..measures.comprehension import Answered, attentive, score
from ..measures.decisions import decisions_of
from ..measures.reading import dwell_kept
from ..measures.sus import ITEMS, sus_score
from ..measures.tasks import Outcome, attempts_of
from ..model import Study
from ..observing.entry import NOTE, Entry, standing
from ..observing.notebook import entries_in
from ..progress import Answer, Progress, progress_of
from ..record import Event, Session, by_condition, read_record
from ..words import Form, Reply, StepKind

Cell = str | float | None
Row = dict[str, Cell]

DEMOGRAPHICS = ("age_band", "reads_policies", "ticket_apps")
"""What is asked about the participant."""

_WHO = {"pid": "participant", "sid": "session"}
_CONDITION = "the condition in which it was, as factor=level"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "sessions": {
        **_WHO,
        "condition": "level of each factor, as factor=level; of who saw several, the first",
        "device": "kind of device",
        "locale": "language",
        "day": "day of the session",
        "ended": "why it ended; empty if it did not",
        "seconds": "active seconds from start to the last event",
        "steps_finished": "steps done",
        "tasks_alone": "tasks done without help",
        "tasks_tried": "tasks not skipped",
        "sus": "SUS score, 0 to 100; empty unless all ten were answered",
        "comprehension_A": "share right of form A; empty if it was not given",
        "comprehension_B": "share right of form B; empty if it was not given",
        "attentive": "yes if each attention check was answered as it asks; empty without one",
        "age_band": "answer to the question of that name",
        "reads_policies": "answer to the question of that name",
        "ticket_apps": "answer to the question of that name",
    },
    "decisions": {
        **_WHO,
        "condition": _CONDITION,
        "position": "counted within the session from 1",
        "target": "what was decided on",
        "choice": "grant, decline, partial or undecided",
        "seconds": "active seconds from notice to decision, the system's question left out",
        "first_action": "active seconds to the first action; empty if the decision was it",
        "taps": "taps up to and with the decision",
        "exposure": "how often this notice had been shown",
    },
    "sections": {
        **_WHO,
        "condition": _CONDITION,
        "section": "section of the text",
        "seconds": "in view",
        "seconds_split": "in view, divided among the sections then in view",
    },
    "tasks": {
        **_WHO,
        "condition": _CONDITION,
        "task": "the task",
        "outcome": "direct, indirect, assisted, fail, gave_up or skipped",
        "seconds": "active seconds at it",
        "confidence": "1 to 5",
        "help": "hint or shown, if somebody helped; then it is not done alone",
    },
    "notes": {
        **_WHO,
        "entry": "counted within the session from 1, those taken back included",
        "kind": "note, or what was marked: think_aloud, quote_start, quote_end, interruption, clap",
        "step": "step in which the key was pressed; empty at the end",
        "seconds": "since the session started, when the key was pressed",
        "seconds_active": "the same without the time in which the app was hidden",
        "after_event": "the last event of the session's record by then",
        "code": "of a note: what it is about",
        "severity": "of a note: 0, no problem, to 4, must be mended",
        "text": "of a note: what was written; not in what is shared",
    },
    "answers": {
        **_WHO,
        "instrument": "instrument",
        "item": "item",
        "position": "place in the instrument",
        "value": "the answer",
        "confidence": "1 to 5",
        "seconds": "response time",
        "changes": "how often the answer was changed",
    },
}
"""The tables, their columns, and what each means."""


@dataclass(frozen=True)
class Recorded:
    """One session as it was read from its folder.

    Attributes:
        session: Whose.
        events: Its events.
        texts: What was written freely, by reference.
        entries: What an observer wrote, corrections included.
    """

    session: Session
    events: tuple[Event, ...]
    texts: Mapping[str, str]
    entries: tuple[Entry, ...] = ()


def read_sessions(folders: Iterable[Path]) -> tuple[Recorded, ...]:
    """Read sessions from their folders.

    Raises:
        RecordDamaged: A record is not what was written.
        OSError: One could not be read.
    """
    found = []
    for folder in folders:
        read = read_record((folder / EVENTS_FILE).read_bytes())
        texts, entries = _texts(folder / TEXTS_FILE), entries_in(folder, read.session)
        found.append(Recorded(read.session, read.events, texts, entries))
    return tuple(found)


def _texts(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    texts = {}
    # What follows the last whole line was being written when the power went.
    for line in path.read_bytes().split(b"\n")[:-1]:
        entry = json.loads(line)
        texts[entry["ref"]] = entry["text"]
    return texts


def tables_of(study: Study, sessions: Sequence[Recorded]) -> dict[str, list[Row]]:
    """Every table, with the columns of :data:`COLUMNS` in each row."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for recorded in sessions:
        who: Row = {"pid": recorded.session.pid, "sid": recorded.session.sid}
        tables["sessions"].append({**who, **_session(study, recorded)})
        decided = 0
        for condition, events in by_condition(recorded.session, recorded.events):
            own = {**who, "condition": _told(condition)}
            for decision in decisions_of(events):
                decided += 1
                tables["decisions"].append({**own, "position": decided, **vars(decision)})
            for section, seen in dwell_kept(events).items():
                row: Row = {
                    "section": section,
                    "seconds": seen.seconds,
                    "seconds_split": seen.split,
                }
                tables["sections"].append({**own, **row})
            for attempt in attempts_of(events):
                tables["tasks"].append({**own, **vars(attempt), "outcome": attempt.outcome.value})
        tables["notes"] += [{**who, **_noted(it)} for it in standing(recorded.entries)]
        tables["answers"] += [{**who, **it} for it in _answers(recorded.events)]
    return tables


def _told(condition: Mapping[str, str]) -> str:
    return " ".join(f"{name}={level}" for name, level in condition.items())


def _noted(entry: Entry) -> Row:
    stamp, data = entry.stamp, entry.data
    return {
        "entry": entry.seq,
        "kind": "note" if entry.name == NOTE else data["kind"],
        "step": stamp.phase,
        "seconds": stamp.t,
        "seconds_active": stamp.t_act,
        "after_event": stamp.linked_seq,
        "code": data.get("code"),
        "severity": data.get("severity"),
        "text": data.get("text"),
    }


def _session(study: Study, recorded: Recorded) -> Row:
    session, events = recorded.session, recorded.events
    progress = progress_of(events)
    attempts = [it for it in attempts_of(events) if it.outcome is not Outcome.SKIPPED]
    alone = sum(it.outcome in (Outcome.DIRECT, Outcome.INDIRECT) for it in attempts)
    given = _comprehension(events)
    row: Row = {
        "condition": _told(session.condition),
        "device": session.ui["dev"],
        "locale": session.ui["locale"],
        "day": events[0].data["day"],
        "ended": progress.ended,
        "seconds": events[-1].t_act,
        "steps_finished": len(progress.finished),
        "tasks_alone": alone,
        "tasks_tried": len(attempts),
        "sus": _sus(progress),
        "attentive": _attentive(study, given),
    }
    for form in Form:
        done = f"{StepKind.COMPREHENSION}:{form}" in progress.finished
        row[f"comprehension_{form}"] = score(study.bank.form(form), given).correct if done else None
    for (instrument, item), value in progress.answers.items():
        if instrument.startswith("demographics") and item in DEMOGRAPHICS:
            row[item] = value
    return {column: row.get(column) for column in COLUMNS["sessions"] if column not in _WHO}


def _attentive(study: Study, given: Mapping[str, Answered]) -> str | None:
    if not any(check.id in given for check in study.bank.attention):
        return None
    return "yes" if attentive(study.bank.attention, given) else "no"


def _sus(progress: Progress) -> float | None:
    answers = [progress.answers.get(("sus", f"sus-{at}")) for at in range(1, ITEMS + 1)]
    whole = [int(it) for it in answers if it is not None]
    return sus_score(whole) if len(whole) == ITEMS else None


def _comprehension(events: Iterable[Event]) -> dict[str, Answered]:
    return {
        it.data["item"]: Answered(Reply(it.data["value"]), it.data.get("confidence"))
        for it in events
        if it.name == "study.item.answered" and it.data["instrument"] == "comprehension"
    }


def _answers(events: Iterable[Event]) -> list[Row]:
    return [
        {
            "instrument": it.data["instrument"],
            "item": it.data["item"],
            "position": it.data["position"],
            "value": it.data["value"],
            "confidence": it.data.get("confidence"),
            "seconds": it.data["rt"],
            "changes": it.data["changed_n"],
        }
        for it in events
        if it.name == "study.item.answered"
    ]


def wide(sessions: Sequence[Row], answers: Sequence[Row]) -> list[Row]:
    """One row a session, with a column for each item that anybody answered; the last answer."""
    names = sorted({_name(it) for it in answers})
    last: dict[Cell, dict[str, Answer | None]] = {}
    for answer in answers:
        last.setdefault(answer["sid"], {})[_name(answer)] = answer["value"]
    return [
        {**row, **{name: last.get(row["sid"], {}).get(name) for name in names}} for row in sessions
    ]


def _name(answer: Row) -> str:
    return f"{answer['instrument']}.{answer['item']}"
