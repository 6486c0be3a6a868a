"""One participant's session: what is before them, and what becomes of what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...listeners import Listeners
from ..allocation import Place
from ..model import Condition, Step, Study, Task
from ..progress import Progress, progress_of, since_renewed
from ..record import Event, Session
from ..recorder import Recorder
from ..words import Scope, StepKind
from . import neutral
from .moments import Moment, Part, moment_of, passage_seconds, turn_of
from .outcome import outcome
from .questions import CALIBRATION, CONFIDENCE, PASSAGE, STATEMENT, Asked, questions
from .texts import About, Texts

_OVER_THE_APP = (Part.TASK, Part.QUESTION)
"""When the interface under test can be seen; at a question, only to look something up."""


class Sitting:
    """A session that is going on, from the consent to its end.

    Nothing is shown before it is on the disk that it is: whoever takes over after a crash finds
    the participant where they were.

    Args:
        study: The study.
        place: The participant's place in it.
        recorder: Writes.
        locale: The language of the session.
        names: What each purpose is called in that language.
        events: What was recorded before a crash; nothing at the beginning.
    """

    def __init__(
        self,
        study: Study,
        place: Place,
        recorder: Recorder,
        locale: str,
        names: Mapping[str, str],
        events: tuple[Event, ...] = (),
    ) -> None:
        self.study = study
        self.place = place
        self.locale = locale
        self._recorder = recorder
        self._names = names
        self._events = list(events)
        self._steps = study.steps_in_order(place.tasks)
        self._shown: Moment | None = None
        self._shown_at = 0.0
        self._listeners = Listeners[[]]()
        self._texts = Texts(self._record, recorder.active_seconds)
        self._moment = self._read()

    # --- where it is

    @property
    def session(self) -> Session:
        """What is the same in every line of the record."""
        return self._recorder.session

    @property
    def code(self) -> str:
        """The participant's code."""
        return self._recorder.session.pid

    @property
    def recorder(self) -> Recorder:
        """What writes it; whoever looks on takes the time from it."""
        return self._recorder

    @property
    def events(self) -> tuple[Event, ...]:
        """What was recorded so far."""
        return tuple(self._events)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in this participant's order."""
        return self._steps

    @property
    def of_this_app(self) -> tuple[Event, ...]:
        """What was recorded since the app under test was new."""
        return since_renewed(self._events)

    @property
    def scopes(self) -> frozenset[Scope]:
        """What the participant agreed to."""
        return self._recorder.scopes

    @property
    def turn(self) -> int:
        """In which condition of their own order the participant is, counted from 1."""
        return turn_of(self._events)

    @property
    def condition(self) -> Condition:
        """What the participant sees of the app."""
        return self.place.conditions[self.turn - 1]

    @property
    def moment(self) -> Moment:
        """What is before the participant."""
        return self._moment

    @property
    def done(self) -> float:
        """How far the session is, from 0 to 1, by the steps that are done."""
        finished = self._progress().finished
        return len([it for it in self._steps if str(it) in finished]) / len(self._steps)

    @property
    def asked(self) -> Asked:
        """The question that is before the participant.

        Raises:
            LookupError: None is.
        """
        moment = self._moment
        if moment.step is None or moment.part is not Part.QUESTION:
            raise LookupError("no question is before the participant")
        return self._questions(moment.step)[moment.at]

    @property
    def task(self) -> Task:
        """The task that is before the participant.

        Raises:
            LookupError: None is.
        """
        step = self._moment.step
        if step is None or step.subject not in self.study.tasks:
            raise LookupError("no task is before the participant")
        return self.study.tasks[step.subject]

    def seconds_at_task(self) -> float:
        """How long the participant has been at the task; 0 before it is begun."""
        started = [it.t_act for it in self._events if it.name == "study.task.started"]
        if self._moment.part is not Part.TASK or not started:
            return 0.0
        return self._recorder.active_seconds() - started[-1]

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    # --- what the participant does

    def begin(self) -> None:
        """Note the participant's place, and the steps that lie behind the consent.

        Call it again when a session is gone on with: what a crash left out is made good.
        """
        if not any(it.name == "study.assignment.made" for it in self._events):
            place = self.place
            self._record("study.assignment.made", position=place.position, block=place.block)
        finished = self._progress().finished
        for step in self._steps[: 1 + self._steps.index(self._consent_step())]:
            if str(step) not in finished:
                self._finished(step)
        self._move()

    def show(self) -> None:
        """Write down what is before the participant now; once, however often it is drawn."""
        moment = self._moment
        if self._shown == moment:
            return
        self._shown = moment
        match moment.part:
            case Part.PASSAGE:
                self._item_shown(CALIBRATION, PASSAGE, 1)
            case Part.QUESTION if moment.step is not None:
                asked = self.asked
                item = STATEMENT if asked.instrument == CALIBRATION else asked.item
                position = 2 if asked.instrument == CALIBRATION else asked.position
                self._item_shown(asked.instrument, item, position)
            case Part.CARD:
                self._record("study.task.shown", task=self.task.id)
            case Part.SURENESS:
                self._item_shown(CONFIDENCE, self.task.id, 1)
            case Part.PROBE:
                self._record("stim.notice.shown", **neutral.shown(self.study))
            case _:
                return
        self._shown_at = self._recorder.active_seconds()

    def passage_read(self) -> None:
        """The participant says that they have read the passage."""
        self._item_shown(CALIBRATION, STATEMENT, 2)
        self._move(shown=True)

    def answer(self, value: str, sure: int | None = None, changed: int = 0) -> None:
        """Take the answer to the question before the participant.

        Args:
            value: What was chosen.
            sure: From 1 to 5; None if it was not asked, or not said.
            changed: How often another answer was chosen before.
        """
        asked = self.asked
        fields: dict[str, Any] = {} if sure is None else {"confidence": sure}
        rt = self._recorder.active_seconds() - self._shown_at
        if asked.instrument == CALIBRATION:
            # Of the passage it is told how long it was read, not how long the question was.
            rt = passage_seconds(self._events)
        self._record(
            "study.item.answered",
            instrument=asked.instrument,
            item=asked.item,
            position=asked.position,
            value=asked.recorded(value),
            rt=round(rt, 3),
            changed_n=changed,
            **fields,
        )
        self._next_question(asked)

    def skip(self) -> None:
        """The participant would rather not answer."""
        self._next_question(self.asked)

    def start_task(self) -> None:
        """The participant goes to the prototype."""
        self._record("study.task.started", task=self.task.id)
        self._move()

    def task_done(self) -> None:
        """The participant says that the task is done."""
        self._texts.close()
        self._item_shown(CONFIDENCE, self.task.id, 1)
        self._move(shown=True)

    def task_rated(self, sure: int | None) -> None:
        """The participant says how sure they are that it is done; None if they do not."""
        task = self.task
        fields: dict[str, Any] = {} if sure is None else {"confidence": sure}
        self._record(
            "study.task.completed", task=task.id, outcome=outcome(task, self._events), **fields
        )
        self._finish_step()

    def give_up(self) -> None:
        """The participant leaves the task."""
        self._texts.close()
        self._record("study.task.gave_up", task=self.task.id)
        self._finish_step()

    def assisted(self, by: str) -> None:
        """Somebody helps with the task: by a ``hint``, or it was ``shown``."""
        self._record("study.task.assisted", task=self.task.id, help=by)

    def unassisted(self, task: str) -> None:
        """That somebody helped with a task was noted by mistake, the last time that it was."""
        self._record("study.task.unassisted", task=task)

    def answer_probe(self, choice: str) -> None:
        """Take the answer to the neutral banner, ``grant`` or ``decline``."""
        self._record("stim.decision.made", **neutral.decided(self.study, choice))
        self._finish_step()

    def begin_condition(self) -> None:
        """The app has been wiped and is another one now; whatever follows is of that."""
        if self._moment.part is Part.CHANGE:
            turn = self.turn + 1
            phase = str(self._moment.step)
            self._events.append(
                self._recorder.begin_condition(turn, self.place.conditions[turn - 1], phase)
            )
            self._move()

    def app_renewed(self) -> None:
        """What the app had kept of this participant is gone: it begins anew."""
        if any(it.name.startswith("stim.") for it in self.of_this_app):
            self._record("study.app.renewed")

    def end(self, reason: str = "finished", text: str = "") -> None:
        """The session ends: ``finished``, ``stopped``, ``idle`` or ``error``.

        Args:
            reason: Why.
            text: What the participant wrote at the end; kept apart, if they agreed to that.
        """
        if self._moment.part is Part.FINISHED and self._progress().ended is not None:
            return
        self._texts.close()
        if text.strip():
            self._recorder.keep_text(text.strip())
        if reason == "finished" and self._moment.step is not None:
            self._finished(self._moment.step)
        self._record("study.session.ended", reason=reason)
        self._move()

    def seen(self, *, hidden: bool) -> None:
        """The app was hidden, or is seen again."""
        self.happened("sys.lifecycle", state="hidden" if hidden else "shown")

    # --- what happens on the screens under test

    def happened(self, name: str, **fields: Any) -> None:
        """Write down an event of the interface under test, while that can be seen."""
        if self._moment.part not in _OVER_THE_APP and not name.startswith("sys."):
            return
        self._record(name, **fields)

    def text_at(
        self,
        layer: str,
        heights: Mapping[str, float],
        top: float,
        viewport: float,
        about: About,
    ) -> None:
        """A text of the interface lies so in its window; see :meth:`.texts.Texts.at`."""
        if self._moment.part in _OVER_THE_APP:
            self._texts.at(layer, heights, top, viewport, about)

    def text_closed(self, layer: str) -> None:
        """That text is not before the participant any more."""
        self._texts.closed(layer)

    # --- bookkeeping

    def _consent_step(self) -> Step:
        return next(it for it in self._steps if it.kind is StepKind.RESEARCH_CONSENT)

    def _progress(self) -> Progress:
        return progress_of(self._events)

    def _questions(self, step: Step) -> tuple[Asked, ...]:
        decided = self._progress().decisions
        return questions(self.study, step, self.locale, self._names, decided)

    def _read(self) -> Moment:
        return moment_of(self._steps, lambda it: len(self._questions(it)), self._events)

    def _item_shown(self, instrument: str, item: str, position: int) -> None:
        self._record("study.item.shown", instrument=instrument, item=item, position=position)

    def _next_question(self, asked: Asked) -> None:
        step = self._moment.step
        if step is None or asked.position == len(self._questions(step)):
            self._finish_step()
            return
        following = self._questions(step)[asked.position]
        # It is shown at once: this is what tells a question passed over from one not reached.
        self._item_shown(following.instrument, following.item, following.position)
        self._move(shown=True)

    def _finish_step(self) -> None:
        if self._moment.step is not None:
            self._finished(self._moment.step)
        self._move()

    def _finished(self, step: Step) -> None:
        """Write down that a step is done; in its own phase, also if a crash came between."""
        self._record("study.step.finished", in_step=step, step=str(step))

    def _move(self, *, shown: bool = False) -> None:
        """Go to where the events say; ``shown`` if it is written already that it is shown."""
        self._moment = self._read()
        if shown:
            # Before anybody hears of it: they draw it, and it would be written down once more.
            self._shown, self._shown_at = self._moment, self._recorder.active_seconds()
        so_far = self._progress()
        if so_far.ended is None:
            for step in self._steps:
                if step == self._moment.step:
                    break
                if str(step) not in so_far.finished:
                    # It had nothing to ask of this participant.
                    self._finished(step)
            if self._moment.part is Part.FINISHED:
                self._record("study.session.ended", in_step=self._steps[-1], reason="finished")
        self._listeners.tell()

    def _record(self, name: str, *, in_step: Step | None = None, **fields: Any) -> None:
        if not self._recorder.allows(name):
            return
        step = in_step or self._moment.step
        self._events.append(
            self._recorder.record(name, phase=None if step is None else str(step), **fields)
        )
