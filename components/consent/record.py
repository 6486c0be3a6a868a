"""The record in memory: every write goes to the disk first, every read is a dictionary look-up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import date

from ..listeners import Listeners
from .event import BASE_NOTICE, Event, Target, TargetKind
from .fold import State, Witness, Witnesses, Words, holding, last_words, status_of
from .ledger import Ask, Draft, Ledger
from .others import OthersMark
from .status import ConsentStatus
from .store_file import Mark

logger = logging.getLogger(__name__)


class Record:
    """The state that one ledger's events fold to, with those of the person's other installations.

    A new record knows nothing, so permits nothing, until :meth:`refresh` has read the ledger.

    Args:
        ledger: The durable store.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._sequence = 0
        self._first_fresh = 0
        self._fresh: list[Event] = []
        self._older: tuple[Event, ...] = ()
        self._own: Words = {}
        self._others: Words = {}
        self._mark: Mark | None = None
        self._others_mark: OthersMark | None = None
        self._witnesses: dict[str, Witness] = {}
        self._base_was_ever_given = False
        self._birth_date: date | None = None
        self._state: dict[Target, Event] = {}
        self._listeners = Listeners[[]](failed=_listener_failed)

    @property
    def state(self) -> State:
        """For each target, the event that holds now.

        A choice counts wherever it was made; a permission only where its system granted it.
        """
        return self._state

    def status(self, target: Target) -> ConsentStatus:
        """The status of a target now; unknown if nothing was ever decided about it."""
        return status_of(self._state, target)

    def holding(self, target: Target) -> Event | None:
        """The event that holds for a target, None if there is none."""
        return self._state.get(target)

    @property
    def base_was_ever_given(self) -> bool:
        """Whether the base notice was ever agreed to on this installation."""
        return self._base_was_ever_given

    @property
    def birth_date(self) -> date | None:
        """The person's birth date as declared on this device, None if it never was."""
        return self._birth_date

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event of this installation, oldest first.

        What was there when the record was opened is read from the disk at the first use, all of
        it; :meth:`history` reads a page at a time.

        Raises:
            LedgerError: It cannot be read.
        """
        if self._first_fresh and not self._older:
            everything = self.ledger.events()
            self._older = tuple(it for it in everything if it.sequence <= self._first_fresh)
        return (*self._older, *self._fresh)

    def history(
        self, before: int | None = None, limit: int = 50, about: Target | None = None
    ) -> list[Event]:
        """A page of this installation's record, the newest event first; see Ledger.history."""
        return self.ledger.history(before, limit, about)

    def event(self, event_id: str) -> Event | None:
        """One event by its id, this installation's or another's; None if there is none.

        Raises:
            LedgerError: It cannot be read.
        """
        own = self.ledger.event(event_id)
        return own or next((it for it in self.ledger.others() if it.event_id == event_id), None)

    @property
    def others(self) -> tuple[Event, ...]:
        """Copies of the events of the person's other installations, read from the disk.

        Raises:
            LedgerError: They cannot be read.
        """
        return tuple(self.ledger.others())

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
        if event.sequence == self._sequence + 1:
            if self._mark is not None:
                # Of what others wrote meanwhile nothing was read yet.
                self._mark = (self._mark[0], self.ledger.rows_written)
            self._go_on([event], last_words([event], self._own))
        else:
            self.refresh()
        return event

    def declare_birth_date(self, birth_date: date) -> None:
        """Remember a birth date on this device, durably. It is in no event and is never sent.

        Raises:
            LedgerError: It could not be written; the one that was known stands.
        """
        self.ledger.declare_birth_date(birth_date)
        self._birth_date = birth_date
        self._listeners.tell()

    def take_in(self, events: Sequence[Event], witnesses: Witnesses | None = None) -> int:
        """Keep copies of other installations' events, and let them count; see Ledger.take_in."""
        new = self.ledger.take_in(events, witnesses)
        self.refresh()
        return new

    def forget_others(self, installations: Collection[str] | None = None) -> None:
        """Remove the copies of other installations' events; see Ledger.forget_others.

        Raises:
            LedgerError: They could not be removed, and still count.
        """
        self.ledger.forget_others(installations)
        self.refresh()

    def refresh(self) -> None:
        """Take in what was written since, here or through another connection to the same file.

        Raises:
            LedgerError: The store cannot be read; the state is as it was.
        """
        mark = self.ledger.mark()
        if mark is not None and mark == self._mark:
            return
        # All is read before anything is believed.
        standing = self.ledger.standing() if self._sequence == 0 else None
        with self.ledger.at_one_moment():
            fresh = [] if standing else self.ledger.events(after=self._sequence)
            own = last_words(standing.words if standing else fresh, self._own)
            others_mark = self.ledger.others_mark()
            birth_date = self.ledger.birth_date
        others = self._others
        if others_mark != self._others_mark:
            others = last_words(self.ledger.other_words())
        witnesses = self.ledger.witnesses([*own.values(), *others.values()]) if others else {}

        if standing is not None:
            self._sequence = self._first_fresh = standing.sequence
            self._base_was_ever_given = standing.base_was_ever_given
        self._mark, self._others_mark = mark, others_mark
        unchanged = (own, others, witnesses, birth_date) == (
            self._own,
            self._others,
            self._witnesses,
            self._birth_date,
        )
        self._others, self._witnesses, self._birth_date = others, witnesses, birth_date
        if fresh or not unchanged:
            self._go_on(fresh, own)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    def _go_on(self, fresh: Sequence[Event], own: Words) -> None:
        """Go on to events that follow what is known, and to the own words with them."""
        self._fresh.extend(fresh)
        if fresh:
            self._sequence = fresh[-1].sequence
        self._base_was_ever_given = self._base_was_ever_given or any(
            event.target == BASE_NOTICE and event.status.permits for event in fresh
        )
        self._own = own
        # What the system of another device answered holds on that device.
        others = {
            key: word
            for key, word in self._others.items()
            if word.target.kind is not TargetKind.PERMISSION
        }
        self._state = holding({**own, **others}, self._witnesses)
        self._listeners.tell()


def _listener_failed() -> None:
    # The choice is on the disk: no screen that fails may make it look otherwise.
    logger.exception("a listener of the consent record failed")
