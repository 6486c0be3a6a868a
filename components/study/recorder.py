"""The recorder: nothing before the participant agreed, nothing confirmed before it is on the disk.

There is no recorder without a consent: beginning one takes the consent and writes it. The interface
under test gets a :class:`StimulusRecorder`, which knows only what happens on its screens; whatever
is agreed to there cannot become an agreement to be studied.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .chain import GENESIS
from .log import Log
from .record import CONDITION_BEGUN, Event, NoRecord, Session
from .vocabulary import EVENTS, check_event
from .words import Scope

_OF_THE_STIMULUS = ("stim.", "sys.")


class OutOfScope(Exception):
    """The participant has not agreed that this is kept."""


class SessionEnded(Exception):
    """Nothing follows the end of a session."""


class NotBegun(Exception):
    """The process was gone before the first two events were whole: there is no session."""


class Clock(Protocol):
    """Where the time comes from."""

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that is never set back while the process runs."""


class SystemClock:
    """The device's own monotonic clock."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some moment before the process started."""
        return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True)
class GivenConsent:
    """What a participant agreed to, on the study's own page.

    Attributes:
        text_version: Of the words shown.
        scopes: Each agreed to on its own; not empty.
    """

    text_version: int
    scopes: frozenset[Scope]


@dataclass(frozen=True)
class Start:
    """What the first line says of a session.

    Attributes:
        day: As ``2026-03-01``; the time of day is not kept.
        digest: The study's.
        policy: The pack and its version, as ``epiao@2021-11-01``.
        transport: How far events travel before they get their time.
    """

    day: str
    digest: str
    policy: str
    transport: str = "in_process"


@dataclass(frozen=True)
class Now:
    """A moment of a session.

    Attributes:
        t: Seconds since the session started.
        t_act: The same without the time in which the app was hidden.
        seq: The number of the last event before it.
    """

    t: float
    t_act: float
    seq: int


class Recorder:
    """Writes one session. Made by :meth:`begin` or :meth:`resume`.

    Attributes:
        session: What is the same in every line.
        scopes: What the participant agreed to.
    """

    def __init__(self, session: Session, log: Log, clock: Clock, scopes: frozenset[Scope]) -> None:
        self.session = session
        self.scopes = scopes
        self._log = log
        self._clock = clock
        self._seq = 0
        self._hash = GENESIS
        self._t_ms = 0
        self._active_ms = 0
        self._hidden = False
        self._ended = False
        self._condition: dict[str, str] | None = None
        self._seen_ms = clock.monotonic_ms()

    @classmethod
    def begin(
        cls, session: Session, consent: GivenConsent, start: Start, log: Log, clock: Clock
    ) -> Recorder:
        """Begin a session: its first two events are that it started and what was agreed to.

        Raises:
            OutOfScope: Nothing was agreed to.
            OSError: They could not be written; nothing has begun.
        """
        if not consent.scopes:
            raise OutOfScope("the participant has agreed to nothing")
        recorder = cls(session, log, clock, consent.scopes)
        recorder._write(
            (
                recorder._next(
                    "study.session.started",
                    {
                        "day": start.day,
                        "digest": start.digest,
                        "policy": start.policy,
                        "transport": start.transport,
                    },
                    {},
                ),
                recorder._next(
                    "study.consent.given",
                    {
                        "text_version": consent.text_version,
                        "scopes": sorted(it.value for it in consent.scopes),
                    },
                    {},
                ),
            )
        )
        return recorder

    @classmethod
    def resume(cls, log: Log, clock: Clock) -> Recorder:
        """Go on with a session after the process was gone.

        How long it was gone is not known, and counts as no time. If the app was hidden last, it is
        until the event that shows it. A line that was cut off has been
        set aside by the log; how many bytes it had stands in the event that tells of resuming.

        Raises:
            SessionEnded: It had ended.
            NotBegun: It never began, and what there is may be deleted.
            RecordDamaged: The record is not what was written.
            OSError: It could not be read or written.
        """
        try:
            read = log.recover()
        except NoRecord as error:
            raise NotBegun("there is no whole line") from error
        events = read.events
        if events[-1].name == "study.session.ended":
            raise SessionEnded("the session had ended")
        given = next((it for it in events if it.name == "study.consent.given"), None)
        if given is None:
            raise NotBegun("there is no whole consent")
        scopes = frozenset(Scope(it) for it in given.data["scopes"])
        recorder = cls(read.session, log, clock, scopes)
        recorder._seq = events[-1].seq
        recorder._hash = read.hash
        recorder._t_ms = round(events[-1].t * 1000)
        recorder._active_ms = round(events[-1].t_act * 1000)
        recorder._condition = events[-1].condition
        told = [it.data["state"] for it in events if it.name == "sys.lifecycle"]
        recorder._hidden = told[-1:] == ["hidden"]
        recorder.record("study.session.resumed", torn_bytes=len(read.torn))
        return recorder

    def allows(self, name: str) -> bool:
        """Whether the participant has agreed that such an event is kept."""
        kind = EVENTS.get(name)
        return kind is not None and (kind.scope is None or kind.scope in self.scopes)

    def record(
        self,
        name: str,
        *,
        notice: str | None = None,
        layer: str | None = None,
        phase: str | None = None,
        target: str | None = None,
        **data: Any,
    ) -> Event:
        """Write one event; once this returns, it survives the loss of power.

        Raises:
            UnknownEvent: It is none of the vocabulary.
            OutOfScope: The participant has not agreed to it.
            SessionEnded: The session has ended.
            RecordGone: The participant has withdrawn meanwhile.
            OSError: It could not be written, and is not counted.
        """
        context = {"notice": notice, "layer": layer, "phase": phase, "target": target}
        event = self._next(name, data, {k: v for k, v in context.items() if v is not None})
        self._write((event,))
        return event

    def begin_condition(
        self, turn: int, condition: Mapping[str, str], phase: str | None = None
    ) -> Event:
        """From here on the participant sees another condition; each line says which.

        Args:
            turn: Which one of the participant's own order, counted from 1.
            condition: The condition.
            phase: The step that it is begun for.

        Raises:
            As :meth:`record`.
        """
        before, own = self._condition, dict(condition)
        self._condition = None if own == self.session.condition else own
        try:
            return self.record(CONDITION_BEGUN, phase=phase, turn=turn)
        except BaseException:
            self._condition = before
            raise

    def active_seconds(self) -> float:
        """Seconds since the session started, now, without those in which the app was hidden."""
        return self.now().t_act

    def now(self) -> Now:
        """This moment, on the session's clock; nothing is written for it."""
        passed = max(0, self._clock.monotonic_ms() - self._seen_ms)
        active = self._active_ms + (0 if self._hidden else passed)
        return Now((self._t_ms + passed) / 1000, active / 1000, self._seq)

    def keep_text(self, text: str) -> str:
        """Keep what a participant wrote, apart from the events; the name to refer to it by.

        Raises:
            OutOfScope: The participant has not agreed to that.
            OSError: It could not be written.
        """
        if Scope.FREE_TEXT not in self.scopes:
            raise OutOfScope("the participant has not agreed to free text")
        return self._log.append_text(text)

    def stimulus(self) -> StimulusRecorder:
        """What the interface under test may hold of this recorder."""
        return StimulusRecorder(self)

    def _next(self, name: str, data: dict[str, Any], context: Mapping[str, str]) -> Event:
        if self._ended:
            raise SessionEnded("the session has ended")
        kind = check_event(name, context, data)
        if kind.scope is not None and kind.scope not in self.scopes:
            raise OutOfScope(f"the participant has not agreed to {kind.scope}")
        now = self._clock.monotonic_ms()
        passed = max(0, now - self._seen_ms)
        self._seen_ms = max(now, self._seen_ms)
        self._t_ms += passed
        if not self._hidden:
            self._active_ms += passed
        self._seq += 1
        return Event(
            self._seq,
            self._t_ms / 1000,
            self._active_ms / 1000,
            name,
            data,
            condition=self._condition,
            **context,
        )

    def _write(self, events: tuple[Event, ...]) -> None:
        before = self._hash
        try:
            self._hash = self._log.append(self.session, events, before)
        except BaseException:
            self._seq -= len(events)
            raise
        last = events[-1]
        if last.name == "sys.lifecycle":
            self._hidden = last.data["state"] == "hidden"
        self._ended = last.name == "study.session.ended"


class StimulusRecorder:
    """Records what happens on the screens under test, and nothing of the study."""

    def __init__(self, recorder: Recorder) -> None:
        self.__recorder = recorder

    def record(self, name: str, **fields: Any) -> None:
        """Write an event of the stimulus, if the participant agreed to that.

        The interface under test behaves the same whether or not anybody keeps what happens in it.

        Raises:
            OutOfScope: It is an event of the study, which is not the stimulus's to tell.
            UnknownEvent: It is none of the vocabulary.
        """
        if not name.startswith(_OF_THE_STIMULUS):
            raise OutOfScope(f"{name!r} is not the stimulus's to record")
        if name not in EVENTS or self.__recorder.allows(name):
            self.__recorder.record(name, **fields)
