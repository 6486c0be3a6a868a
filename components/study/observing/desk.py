"""What somebody beside a participant sees and can write down; without a screen.

It only reads the session: nothing of what it does reaches the interface under test. That somebody
helped is told to the session itself, for it decides how the task went; everything else that an
observer writes goes into a file of its own, if the participant agreed to be observed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..folder import StudyFolder
from ..log import RecordGone
from ..measures.tasks import helps_of
from ..model import Step, Study, Task
from ..record import Event
from ..recorder import OutOfScope, SessionEnded
from ..running.moments import Part
from ..running.sitting import Sitting
from ..words import Scope
from .entry import NOTE, TAKEN_BACK, Entry, Stamp, standing
from .notebook import Notebook

_TASK_PARTS = (Part.CARD, Part.TASK, Part.SURENESS)


class Help(StrEnum):
    """How much somebody helped."""

    HINT = "hint"
    SHOWN = "shown"


class Mark(StrEnum):
    """What is marked by one key."""

    THINK_ALOUD = "think_aloud"
    QUOTE_START = "quote_start"
    QUOTE_END = "quote_end"
    INTERRUPTION = "interruption"
    CLAP = "clap"
    """A sound that can be found in a recording made elsewhere."""


@dataclass(frozen=True)
class Kept:
    """Something that was written down and holds.

    Attributes:
        what: ``note``, a :class:`Mark` or a :class:`Help`, as a word.
        t: When, in seconds since the session started.
        code: Of a note: what it is about.
        severity: Of a note.
        text: Of a note; empty if none was written.
    """

    what: str
    t: float
    code: str = ""
    severity: int = 0
    text: str = ""


@dataclass(frozen=True)
class Seen:
    """What is to be seen of a session.

    Attributes:
        code: The participant's code.
        agreed: Whether the participant agreed to be observed.
        step: What is going on; None when the session is over.
        part: What is before the participant.
        t: Seconds since it started.
        t_act: The same without the time in which the app was hidden.
        task: The task that is before the participant; None if none is.
        task_seconds: How long the participant has been at it.
        events: What was recorded so far; nothing of somebody who did not agree.
        kept: What was written down and holds, in its order.
        quoting: Whether a quote was begun, and not ended.
    """

    code: str
    agreed: bool
    step: Step | None
    part: Part
    t: float
    t_act: float
    task: Task | None
    task_seconds: float
    events: tuple[Event, ...]
    kept: tuple[Kept, ...]
    quoting: bool


@dataclass(frozen=True)
class _Held:
    """The session that is looked at, or the last that was."""

    sitting: Sitting
    notebook: Notebook


@dataclass(frozen=True)
class Draft:
    """A note that is being written: its time is that of the key that began it."""

    stamp: Stamp
    code: str
    held: _Held


class Desk:
    """Where an observer sits. A session that has ended stays before them until the next begins.

    Args:
        study: The study.
        folder: Its folder.
        sitting: Gives the session that is going on; None if none is.
    """

    def __init__(
        self, study: Study, folder: StudyFolder, sitting: Callable[[], Sitting | None]
    ) -> None:
        self.study = study
        self._folder = folder
        self._sitting = sitting
        self._held: _Held | None = None
        self.withdrawn = False
        """Whether whoever was looked at last has withdrawn."""

    def look(self) -> Seen | None:
        """What is to be seen now; None before a session, and when its participant has withdrawn.

        Raises:
            RecordDamaged: What an observer wrote before is not what was written.
            OSError: It could not be read.
        """
        held = self._now()
        if held is None:
            return None
        sitting, now = held.sitting, held.sitting.recorder.now()
        moment = sitting.moment
        agreed = Scope.OBSERVED in sitting.scopes
        entries = standing(held.notebook.entries)
        marks = [it.data["kind"] for it in entries if it.name != NOTE]
        quotes = [it for it in marks if it in (Mark.QUOTE_START, Mark.QUOTE_END)]
        return Seen(
            code=sitting.code,
            agreed=agreed,
            step=moment.step,
            part=moment.part,
            t=now.t,
            t_act=now.t_act,
            task=sitting.task if moment.part in _TASK_PARTS else None,
            task_seconds=sitting.seconds_at_task(),
            events=sitting.events if agreed else (),
            kept=tuple(kept for _, kept, _ in sorted(_written(held), key=lambda it: it[0])),
            quoting=quotes[-1:] == [Mark.QUOTE_START],
        )

    def begin_note(self, code: str) -> Draft:
        """A note's key was pressed.

        Raises:
            OutOfScope: The participant has not agreed to be observed.
            RecordGone: There is no session, or its participant has withdrawn.
        """
        held = self._allowed()
        return Draft(_stamp(held), code, held)

    def keep_note(self, draft: Draft, severity: int, text: str) -> None:
        """Write a note down; once this returns it is kept.

        Raises:
            RecordGone: The participant has withdrawn meanwhile.
            UnknownEvent: The severity is none.
            OSError: It could not be written.
        """
        fields = {"text": text.strip()} if text.strip() else {}
        written = draft.held.sitting.recorder.now().t
        draft.held.notebook.write(
            NOTE, draft.stamp, written, code=draft.code, severity=severity, **fields
        )

    def mark(self, kind: Mark) -> None:
        """Mark this moment.

        Raises:
            OutOfScope: The participant has not agreed to be observed.
            RecordGone: There is no session, or its participant has withdrawn.
            OSError: It could not be written.
        """
        held = self._allowed()
        stamp = _stamp(held)
        held.notebook.write("study.marker", stamp, stamp.t, kind=kind.value)

    def helped(self, by: Help) -> None:
        """Somebody helps with the task that is before the participant.

        Raises:
            LookupError: No task is.
            RecordGone: There is no session, or its participant has withdrawn.
            OSError: It could not be written.
        """
        held = self._there()
        if held.sitting.moment.part not in _TASK_PARTS:
            raise LookupError("no task is before the participant")
        held.sitting.assisted(by.value)

    def take_back(self) -> Kept | None:
        """Take back what was written down last, by an entry that says so; None if nothing was.

        Raises:
            RecordGone: There is no session, or its participant has withdrawn.
            SessionEnded: It is a help, and the session's record is closed.
            OSError: It could not be written.
        """
        held = self._there()
        written = sorted(_written(held), key=lambda it: it[0])
        if not written:
            return None
        _, kept, source = written[-1]
        if isinstance(source, Entry):
            stamp = _stamp(held)
            held.notebook.write(TAKEN_BACK, stamp, stamp.t, entry=source.seq)
        elif held.sitting.moment.part is Part.FINISHED:
            raise SessionEnded("the session has ended")
        else:
            held.sitting.unassisted(source.data["task"])
        return kept

    def _now(self) -> _Held | None:
        sitting = self._sitting()
        if sitting is not None and (self._held is None or sitting is not self._held.sitting):
            self._held = _Held(sitting, self._folder.notebook(sitting.recorder.session))
            self.withdrawn = False
        if self._held is not None and self._held.notebook.gone:
            self._held, self.withdrawn = None, True
        return self._held

    def _there(self) -> _Held:
        held = self._now()
        if held is None:
            raise RecordGone("there is no session")
        return held

    def _allowed(self) -> _Held:
        held = self._there()
        if Scope.OBSERVED not in held.sitting.scopes:
            raise OutOfScope("the participant has not agreed to be observed")
        return held


def _stamp(held: _Held) -> Stamp:
    now, step = held.sitting.recorder.now(), held.sitting.moment.step
    return Stamp(now.t, now.t_act, now.seq, None if step is None else str(step))


def _written(held: _Held) -> list[tuple[float, Kept, Entry | Event]]:
    """What holds, with the time at which it was written and where it stands."""
    found: list[tuple[float, Kept, Entry | Event]] = []
    for entry in standing(held.notebook.entries):
        data = entry.data
        if entry.name == NOTE:
            text = data.get("text", "")
            kept = Kept("note", entry.stamp.t, data["code"], data["severity"], text)
        else:
            kept = Kept(data["kind"], entry.stamp.t)
        found.append((entry.written, kept, entry))
    for helps in helps_of(held.sitting.events).values():
        found += [(it.t, Kept(it.data["help"], it.t), it) for it in helps]
    return found
