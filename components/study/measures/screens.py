"""Which of the app's screens was before somebody, read from what the record tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..record import Event

_LAYERS = {"full": "policy", "summary": "summary", "centre": "centre"}
_TABS = ("home", "city", "me")
_CHANGES_TAB = ("navigationbar", "navigationrail")
_DECIDED = ("stim.decision.made", "stim.decision.changed")
_NEW = ("study.app.renewed", "study.condition.begun")


@dataclass(frozen=True)
class Before:
    """What was before somebody.

    Attributes:
        screen: Which screen; of the policy, with the clause that came into view last.
        control: The control that was pressed last, if that was there; None if nothing was.
    """

    screen: str
    control: str | None


def before_at(events: Iterable[Event], seq: int) -> Before | None:
    """What was before somebody at an event; None where it is not known, or it was not the app.

    Args:
        events: One session's.
        seq: The number of the event.
    """
    state = _State()
    for event in events:
        if event.seq > seq:
            break
        state.take(event)
    return state.before()


class _State:
    def __init__(self) -> None:
        self._tab: str | None = "home"
        self._open: list[str] = []
        self._clause: str | None = None
        self._control: str | None = None
        self._at_task = False

    def take(self, event: Event) -> None:
        name = event.name
        if name in _NEW:
            self._tab, self._open, self._clause, self._control = "home", [], None, None
        elif name.startswith("study.task."):
            self._task(name)
        elif name == "stim.layer.opened":
            self._open.append(_LAYERS.get(event.data["opened"], event.data["opened"]))
            self._clause = self._control = None
        elif name == "stim.layer.closed":
            self._close(_LAYERS.get(event.data["closed"], event.data["closed"]))
        elif name == "stim.notice.shown":
            self._open.append(_question(event.notice))
            self._control = None
        elif name == "stim.notice.dismissed":
            self._close(_question(event.notice))
        elif name in _DECIDED and self._open and _asks(self._open[-1]):
            self._close(self._open[-1])
        elif name == "stim.os_prompt.requested":
            self._open.append("system")
            self._control = None
        elif name == "stim.os_prompt.returned":
            self._close("system")
        elif name == "stim.section.entered":
            self._clause = event.data["section"]
        elif name == "stim.tap":
            self._tap(event.data["control"])

    def before(self) -> Before | None:
        if not self._at_task:
            return None
        if self._open:
            screen = self._open[-1]
            if screen == "policy" and self._clause is not None:
                screen = f"policy:{self._clause}"
            return Before(screen, self._control)
        return None if self._tab is None else Before(self._tab, self._control)

    def _task(self, name: str) -> None:
        if name == "study.task.started":
            self._at_task = True
            # The next task begins at the app's own screens.
            self._open = [it for it in self._open if it == "first-notice"]
            self._control = None
        elif name == "study.task.shown":
            self._at_task = False

    def _close(self, screen: str) -> None:
        if screen in self._open:
            self._open.remove(screen)
            self._control = None

    def _tap(self, control: str) -> None:
        family = control.partition(".")[0]
        self._control = control
        if family in _TABS:
            self._tab = family
        elif control in _CHANGES_TAB:
            # The record does not say which of them was chosen.
            self._tab = self._control = None


def _asks(screen: str) -> bool:
    return screen == "first-notice" or screen.startswith("question:")


def _question(notice: str | None) -> str:
    """A question's screen, by the name of its notice."""
    name = (notice or "").partition("@")[0]
    return name if name == "first-notice" else f"question:{name}"
