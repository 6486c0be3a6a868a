"""Where a session is: read from its events alone, so that it is the same after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..model import Step
from ..progress import PROBE, progress_of
from ..record import CONDITION_BEGUN, Event
from ..words import StepKind
from .questions import CALIBRATION, CONFIDENCE, PASSAGE, STATEMENT


class Part(StrEnum):
    """What is before the participant."""

    WELCOME = "welcome"
    CONSENT = "consent"
    PASSAGE = "passage"
    QUESTION = "question"
    CHANGE = "change"
    """Before a task: the app is to be another one from here on."""
    CARD = "card"
    """The task, before it is begun."""
    TASK = "task"
    """The prototype, with the task above it."""
    SURENESS = "sureness"
    """After a task: how sure they are that it is done."""
    PROBE = "probe"
    DEBRIEF = "debrief"
    FINISHED = "finished"


@dataclass(frozen=True)
class Moment:
    """A point of a session.

    Attributes:
        part: What is before the participant.
        step: In which step; None at the end.
        at: Which of the step's questions, from 0; for what is no question, 0.
    """

    part: Part
    step: Step | None
    at: int = 0


_PARTS = {
    StepKind.WELCOME: Part.WELCOME,
    StepKind.RESEARCH_CONSENT: Part.CONSENT,
    StepKind.PROBE: Part.PROBE,
    StepKind.DEBRIEF: Part.DEBRIEF,
}


def moment_of(
    steps: tuple[Step, ...], asked: Callable[[Step], int], events: Sequence[Event]
) -> Moment:
    """Where a session is.

    Args:
        steps: The steps in the participant's own order.
        asked: Tells how many questions a step asks; a step that would ask none is passed over.
        events: Everything recorded so far.
    """
    so_far = progress_of(events)
    if so_far.ended is not None:
        return Moment(Part.FINISHED, None)
    current = _since_last_step(events)
    for step in steps:
        if str(step) in so_far.finished:
            continue
        if _is_over(step, current):
            # The process was gone before it could be written down that the step was done.
            current = ()
            continue
        if step.kind in _PARTS:
            return Moment(_PARTS[step.kind], step)
        if step.kind is StepKind.TASK:
            if step.turn > turn_of(events):
                return Moment(Part.CHANGE, step)
            return Moment(_task_part(step, current), step)
        if step.kind is StepKind.CALIBRATE_READING:
            return Moment(_calibration_part(current), step)
        if (at := _next_question(current)) < asked(step):
            return Moment(Part.QUESTION, step, at)
        current = ()
    return Moment(Part.FINISHED, None)


def turn_of(events: Sequence[Event]) -> int:
    """In which condition of their own order somebody is, counted from 1."""
    return max((it.data["turn"] for it in events if it.name == CONDITION_BEGUN), default=1)


def _is_over(step: Step, current: Sequence[Event]) -> bool:
    """Whether what ends a step has happened in it; a form ends with its last question."""
    match step.kind:
        case StepKind.TASK:
            ends = ("study.task.completed", "study.task.gave_up", "study.task.skipped")
            return any(it.name in ends and it.data["task"] == step.subject for it in current)
        case StepKind.PROBE:
            return any(it.name == "stim.decision.made" and it.target == PROBE for it in current)
        case StepKind.CALIBRATE_READING:
            answered = [it for it in current if it.name == "study.item.answered"]
            return any(it.data["instrument"] == CALIBRATION for it in answered)
        case _:
            return False


def _since_last_step(events: Sequence[Event]) -> tuple[Event, ...]:
    for at in range(len(events) - 1, -1, -1):
        if events[at].name == "study.step.finished":
            return tuple(events[at + 1 :])
    return tuple(events)


def _task_part(step: Step, current: Sequence[Event]) -> Part:
    part = Part.CARD
    for event in current:
        data = event.data
        if event.name == "study.task.started" and data["task"] == step.subject:
            part = Part.TASK
        elif event.name == "study.item.shown" and data["instrument"] == CONFIDENCE:
            part = Part.SURENESS
    return part


def _calibration_part(current: Sequence[Event]) -> Part:
    shown = [
        it.data["item"]
        for it in current
        if it.name == "study.item.shown" and it.data["instrument"] == CALIBRATION
    ]
    return Part.QUESTION if shown[-1:] == [STATEMENT] else Part.PASSAGE


def _next_question(current: Sequence[Event]) -> int:
    """The question that was shown last, if it is open; else the one behind it.

    A question that was passed over is followed by one that was shown.
    """
    at = 0
    for event in current:
        if event.name == "study.item.shown":
            at = event.data["position"] - 1
        elif event.name == "study.item.answered":
            at = event.data["position"]
    return at


def passage_seconds(events: Sequence[Event]) -> float:
    """How long the passage was before the participant, the last time it was."""
    shown = {
        it.data["item"]: it.t_act
        for it in events
        if it.name == "study.item.shown" and it.data["instrument"] == CALIBRATION
    }
    if PASSAGE not in shown or STATEMENT not in shown:
        return 0.0
    return max(0.0, shown[STATEMENT] - shown[PASSAGE])
