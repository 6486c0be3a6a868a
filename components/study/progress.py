"""How far a session is: read from its events alone, so that it is the same after a crash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .model import Step
from .record import CONDITION_BEGUN, Event

Answer = str | float
"""An id or a number."""

PROBE = "probe"
"""The target of the neutral banner's decision, which is none of the app's."""


class TaskState(StrEnum):
    """How a task stands, or how it ended."""

    SHOWN = "shown"
    STARTED = "started"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    GAVE_UP = "gave_up"


@dataclass
class Progress:
    """What a session has brought so far.

    Attributes:
        finished: The steps that are done, as the study file writes them.
        tasks: How each task stands that was shown.
        answers: The last answer to each item, by instrument and item.
        decisions: The last decision on each target.
        ended: Why the session ended; None while it goes on.
    """

    finished: list[str] = field(default_factory=list)
    tasks: dict[str, TaskState] = field(default_factory=dict)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    ended: str | None = None

    def next_step(self, steps: tuple[Step, ...]) -> Step | None:
        """The first step that is not done; None when all are, or the session has ended."""
        if self.ended is not None:
            return None
        return next((step for step in steps if str(step) not in self.finished), None)


def since_renewed(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events since the app under test was new."""
    for at in range(len(events) - 1, -1, -1):
        if events[at].name in ("study.app.renewed", CONDITION_BEGUN):
            return tuple(events[at + 1 :])
    return tuple(events)


def progress_of(events: Iterable[Event]) -> Progress:
    """Read the events of one session from the first on."""
    so_far = Progress()
    for event in events:
        _take(so_far, event)
    return so_far


def _take(so_far: Progress, event: Event) -> None:
    data = event.data
    family, _, what = event.name.rpartition(".")
    match family, what:
        case "study.step", "finished":
            so_far.finished.append(data["step"])
        case "study.task", "assisted" | "unassisted":
            pass  # see helps_of(): it is no state of the task
        case "study.task", state:
            so_far.tasks[data["task"]] = TaskState(state)
        case "study.item", "answered":
            so_far.answers[data["instrument"], data["item"]] = data["value"]
        case "stim.decision", "withdrawn" if event.target is not None:
            so_far.decisions[event.target] = "decline"
        case "stim.decision", "made" | "changed" if event.target is not None:
            so_far.decisions[event.target] = data["choice"]
        case ("study.app", "renewed") | ("study.condition", "begun"):
            # It has forgotten what was chosen in it.
            so_far.decisions = {
                target: choice for target, choice in so_far.decisions.items() if target == PROBE
            }
        case "study.session", "ended":
            so_far.ended = data["reason"]
        case _:
            pass
