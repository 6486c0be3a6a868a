"""The record in memory: every write goes to the disk first, every read is a dictionary look-up."""

from __future__ import annotations

import logging
from collections.abc import Callable

from .event import Event, Target
from .fold import State, fold, status_of
from .ledger import Ask, Draft, Ledger
from .status import ConsentStatus

logger = logging.getLogger(__name__)


class Record:
    """The events of one ledger and the state they fold to.

    A new record knows nothing, so permits nothing, until :meth:`refresh` has read the ledger.

    Args:
        ledger: The durable store.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._events: list[Event] = []
        self._state: dict[Target, Event] = {}
        self._listeners: list[Callable[[], None]] = []

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, oldest first."""
        return tuple(self._events)

    @property
    def state(self) -> State:
        """For each target, the event that holds now."""
        return self._state

    def status(self, target: Target) -> ConsentStatus:
        """The status of a target now; unknown if nothing was ever decided about it."""
        return status_of(self._state, target)

    def holding(self, target: Target) -> Event | None:
        """The event that holds for a target, None if there is none."""
        return self._state.get(target)

    def asks(self, target: Target) -> list[Ask]:
        """Every time the question of that target was put."""
        return self.ledger.asks(target)

    def append(self, draft: Draft) -> Event:
        """Record a choice. When this returns, it is on the disk.

        Raises:
            LedgerError: Nothing was recorded and the state is as it was.
            MalformedEvent: The draft contradicts itself.
        """
        # First, so that a store that cannot be read fails before anything is written to it.
        self.refresh()
        event = self.ledger.append(draft)
        self.refresh()
        return event

    def refresh(self) -> None:
        """Take in what was written since, here or through another connection to the same file.

        Raises:
            LedgerError: The store cannot be read; the state is as it was.
        """
        fresh = self.ledger.events(after=self._events[-1].sequence if self._events else 0)
        if not fresh:
            return
        self._events.extend(fresh)
        self._state = fold([*self._state.values(), *fresh])
        for listener in tuple(self._listeners):
            try:
                listener()
            except Exception:
                # The choice is on the disk: no screen that fails may make it look otherwise.
                logger.exception("a listener of the consent record failed")

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
