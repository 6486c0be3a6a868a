"""Whether people could do what they were asked to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..record import Event
from .intervals import Interval
from .proportions import wilson
from .times import Watched


class Outcome(StrEnum):
    """How a task went; assisted is no success of the interface's own."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    FAIL = "fail"
    GAVE_UP = "gave_up"
    SKIPPED = "skipped"
    ASSISTED = "assisted"


@dataclass(frozen=True)
class Attempt:
    """One person at one task.

    Attributes:
        task: Its id.
        outcome: How it went.
        seconds: Active seconds at it.
        confidence: From 1 to 5, that it was done; None if not said.
        help: How much somebody helped: ``hint`` or ``shown``; None if nobody did.
    """

    task: str
    outcome: Outcome
    seconds: float
    confidence: int | None
    help: str | None = None


def helps_of(events: Iterable[Event]) -> dict[str, list[Event]]:
    """By task, every help that was noted and not taken back again."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.name == "study.task.assisted":
            found.setdefault(event.data["task"], []).append(event)
        elif event.name == "study.task.unassisted" and found.get(event.data["task"]):
            found[event.data["task"]].pop()
    return {task: helps for task, helps in found.items() if helps}


def attempts_of(events: Sequence[Event]) -> tuple[Attempt, ...]:
    """The tasks of one session that came to an end, in order."""
    found = []
    started: dict[str, float] = {}
    helps = helps_of(events)
    said_done: dict[str, float] = {}
    for event in events:
        if event.name == "study.item.shown" and event.data["instrument"] == "confidence":
            # Asked how sure they are, participants have stopped working at the task.
            said_done.setdefault(event.data["item"], event.t_act)
            continue
        family, _, what = event.name.rpartition(".")
        if family != "study.task":
            continue
        task: str = event.data["task"]
        if what in ("shown", "started"):
            started[task] = event.t_act
        elif what not in ("assisted", "unassisted") and task in started:
            outcome = Outcome(event.data["outcome"]) if what == "completed" else Outcome(what)
            if task in helps and outcome in (Outcome.DIRECT, Outcome.INDIRECT):
                outcome = Outcome.ASSISTED
            seconds = said_done.pop(task, event.t_act) - started.pop(task)
            by = {it.data["help"] for it in helps.get(task, ())}
            help_ = max(by, default=None)  # "shown" is more than "hint"
            found.append(Attempt(task, outcome, seconds, event.data.get("confidence"), help_))
    return tuple(found)


@dataclass(frozen=True)
class Success:
    """How many could do a task.

    Attributes:
        strict: Alone, by whatever way.
        lenient: With help too.
        direct: Alone and straight away.
    """

    strict: Interval
    lenient: Interval
    direct: Interval


def success(attempts: Sequence[Attempt]) -> Success:
    """Of the attempts at one task, those that led there; a skipped one was no attempt.

    Raises:
        ValueError: There is none.
    """
    outcomes = [it.outcome for it in attempts if it.outcome is not Outcome.SKIPPED]
    n = len(outcomes)
    direct = outcomes.count(Outcome.DIRECT)
    alone = direct + outcomes.count(Outcome.INDIRECT)
    helped = alone + outcomes.count(Outcome.ASSISTED)
    return Success(wilson(alone, n), wilson(helped, n), wilson(direct, n))


def watched(attempts: Iterable[Attempt]) -> tuple[Watched, ...]:
    """The attempts as times, for :func:`~.times.still_at_it`; who failed was not done by then."""
    done = (Outcome.DIRECT, Outcome.INDIRECT)
    return tuple(
        Watched(it.seconds, it.outcome in done)
        for it in attempts
        if it.outcome is not Outcome.SKIPPED
    )
