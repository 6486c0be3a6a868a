"""How a task went, by what happened on the screens and not by what anybody says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Success, Task
from ..progress import progress_of
from ..record import Event

_LEFT_AGAIN = ("stim.layer.closed", "stim.notice.dismissed")
_DECIDING = ("stim.decision.made", "stim.decision.changed", "stim.decision.withdrawn")


def outcome(task: Task, events: Sequence[Event]) -> str:
    """``direct``, ``indirect`` or ``fail``.

    Direct means that nothing was opened and left again on the way to what the task asks for. A
    purpose counts by the state that it is in when the participant says that they are done, also if
    it was brought there before the task.

    Args:
        task: The task.
        events: All of the session so far.
    """
    during = _during(task.id, events)
    if task.success.purpose:
        if not _in_state(task.success, events):
            return "fail"
        target = f"purpose:{task.success.purpose}"
        reached = [it for it in during if it.name in _DECIDING and it.target == target]
    else:
        reached = [it for it in during if _is_there(task.success, it)]
        if not reached:
            return "fail"
    until = reached[0].seq if reached else 0
    detour = any(it.name in _LEFT_AGAIN for it in during if it.seq < until)
    return "indirect" if detour else "direct"


def reached(task: Task, events: Sequence[Event]) -> int | None:
    """By which event a task that was begun had what it asks for; None if it never had.

    Where it was so before, that is the event by which the task began.

    Args:
        task: The task.
        events: All of the session so far.
    """
    during = _during(task.id, events)
    if not during:
        return None
    if not task.success.purpose:
        return next((it.seq for it in during if _is_there(task.success, it)), None)
    before = [it for it in events if it.seq < during[0].seq]
    for at in range(len(during)):
        if _in_state(task.success, (*before, *during[: at + 1])):
            return during[at].seq
    return None


def _during(task: str, events: Sequence[Event]) -> tuple[Event, ...]:
    started = [
        at
        for at, it in enumerate(events)
        if it.name == "study.task.started" and it.data["task"] == task
    ]
    return tuple(events[started[-1] :]) if started else ()


def _in_state(success: Success, events: Iterable[Event]) -> bool:
    held = progress_of(events).decisions.get(f"purpose:{success.purpose}")
    if success.choice == "either":
        return held in ("grant", "decline")
    return held == success.choice


def _is_there(success: Success, event: Event) -> bool:
    if success.clause:
        return (
            event.name == "stim.section.entered"
            and event.layer == success.layer
            and event.data["section"] == success.clause
        )
    return event.name == "stim.layer.opened" and event.data["opened"] == success.layer
