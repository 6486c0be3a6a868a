"""The append-only record on the device, in SQLite.

An event and its outbox row are one transaction, durable (WAL, synchronous FULL) before
:meth:`Ledger.append` returns; what the person sees confirmed is therefore on the disk. Triggers
refuse to change or remove an event. Several connections, in one process or in two, may use one
file.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from . import kept_here, others, own_record
from .chain import ANY_GAP, Gap, link_of
from .checkpoint import (
    NOWHERE,
    OTHERS,
    OWN,
    Checkpoint,
    Source,
    Standing,
    rebuild,
    standing,
    standing_of,
    stored,
)
from .clock import Clock, SystemClock
from .drafts import Ask, Draft
from .event import GENESIS, Event, Target
from .fold import Witness, Witnesses
from .identity import Identities, RandomIdentities, subject_of
from .ledger_errors import LedgerDamaged, LedgerError, NotInChain
from .others import OthersMark
from .outbox import Delivery, Outbox
from .store_file import Mark, StoreFile
from .verification import NOTHING, ChainReport, verify

logger = logging.getLogger(__name__)

PAGE = 50
"""How many events a page of the history has unless told otherwise."""

__all__ = [
    "Ask",
    "ChainReport",
    "Draft",
    "Ledger",
    "LedgerDamaged",
    "LedgerError",
    "NotInChain",
    "Standing",
]


class Ledger:
    """One installation's record and outbox, and copies of its person's other installations' events.

    Neither the file nor the identity exists before the first write: someone who only looks
    leaves nothing behind.

    Every method raises LedgerDamaged where the file is no sound record (it is left as it is), and
    LedgerError where it cannot be opened, read or written now.

    Args:
        path: The SQLite file.
        clock: Where event times come from.
        identities: Where the secret and the ids of events come from.
    """

    def __init__(
        self, path: Path, *, clock: Clock | None = None, identities: Identities | None = None
    ) -> None:
        self.path = path
        self._clock = clock or SystemClock()
        self._identities = identities or RandomIdentities()
        self._file = StoreFile(path)
        self._last_append: tuple[Mark | None, Checkpoint] | None = None
        self.outbox = Outbox(self._file)

    @property
    def secret(self) -> str:
        """The device's secret. Raises LedgerError as long as nothing was ever recorded."""
        return self._identity()[0]

    @property
    def subject(self) -> str:
        """The subject id. Raises LedgerError as long as nothing was ever recorded."""
        return self._identity()[1]

    # --- the own record

    def append(self, draft: Draft) -> Event:
        """Record a choice durably, and queue it to be sent.

        Raises:
            LedgerError: Nothing was recorded (disk full, read-only, damaged).
            MalformedEvent: The draft contradicts itself; nothing was recorded.
        """
        with self._file.writing() as connection:
            before = self._file.mark()
            checkpoint = self._checkpoint(connection, before)
            event = Event.create(
                event_id=self._identities.event_id(),
                subject=checkpoint.subject,
                sequence=checkpoint.sequence + 1,
                target=draft.target,
                status=draft.status,
                cause=draft.cause,
                gesture=draft.gesture,
                notice=draft.notice,
                label=draft.label,
                occurred_at=self._clock.now(),
                monotonic_ms=self._clock.monotonic_ms(),
                previous_hash=checkpoint.hash or GENESIS,
                indicated_by=draft.indicated_by,
            )
            own_record.insert(connection, event, Delivery.PENDING)
            checkpoint.add(link_of(event))
            checkpoint.write(connection)
        if before is not None:
            self._last_append = ((before[0], self._file.rows_written), checkpoint)
        return event

    def events(self, after: int = 0) -> list[Event]:
        """The events with a sequence number above ``after``, in order.

        Raises:
            LedgerDamaged: An event does not read back as one, or does not follow the one before.
        """
        with self._file.snapshot() as connection:
            return [] if connection is None else own_record.since(connection, after)

    def history(
        self, before: int | None = None, limit: int = PAGE, about: Target | None = None
    ) -> list[Event]:
        """A page of the record, the newest event first.

        Args:
            before: The lowest sequence number of the page above; None for the first page.
            limit: How many events at most.
            about: Only events on this target; None for all.
        """
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            if about is not None:
                return own_record.page_about(connection, about, before, limit)
            return own_record.page(connection, before, limit)

    def event(self, event_id: str) -> Event | None:
        """One event of this installation by its id; None if there is none."""
        with self._file.snapshot() as connection:
            return None if connection is None else own_record.event_by_id(connection, event_id)

    def standing(self) -> Standing:
        """What the record comes to, without reading all of it.

        Held against their hashes are the newest events (:data:`~.checkpoint.TAIL`) and the last
        one on each target; :meth:`verify` takes all.

        Raises:
            LedgerDamaged: One of these is not what was written.
        """
        with self._file.snapshot() as connection:
            if connection is None or not _has_identity(connection):
                return NOWHERE
            subject, gaps = self._identity()[1], own_record.gaps_of(connection)
        return self._standing(OWN, subject, gaps)

    def verify(self) -> ChainReport:
        """Check everything that is stored: each event, each chain, outbox and checkpoints.

        Takes time with the number of events.

        Raises:
            LedgerDamaged: Says what does not fit.
        """
        with self._file.snapshot() as connection:
            if connection is None:
                return NOTHING
            subject = self._identity()[1] if _has_identity(connection) else ""
            return verify(connection, subject)

    def restore(
        self, secret: str, events: Sequence[Event], witnesses: Witnesses | None = None
    ) -> None:
        """Begin this store as an installation that exists: its secret, and what was sent of it.

        The next choice goes on where these end. They count as acknowledged.

        Args:
            secret: The device's secret.
            events: All of its events that the endpoint has; numbers that it does not have stay
                missing.
            witnesses: What the endpoint knows about their times, by event id.

        Raises:
            LedgerError: Something was recorded here before; nothing changed.
            NotInChain: The events are not that secret's, or contradict one another.
            ValueError: That is no device secret.
        """
        with self._file.writing() as connection:
            own_record.begin_as(connection, secret, events, witnesses or {})

    def mark(self) -> Mark | None:
        """Changes whenever anything is written to the store; None while there is no file."""
        return self._file.mark()

    @property
    def rows_written(self) -> int:
        """How far the mark went on by this ledger's own writing; see ``StoreFile``."""
        return self._file.rows_written

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """What is read inside sees one moment of the store, whatever others write meanwhile."""
        with self._file.snapshot():
            yield

    # --- the same person's other installations

    def take_in(self, events: Sequence[Event], witnesses: Witnesses | None = None) -> int:
        """Keep copies of events of the same person's other installations.

        They count for the state here, and are never sent. What is kept already stays as it is.

        Args:
            events: Of any number of installations. Numbers may be missing: not everything is sent.
            witnesses: What the endpoint knows about their times, by event id.

        Returns:
            How many were new.

        Raises:
            NotInChain: One contradicts what is kept of its installation; nothing was kept.
            ValueError: One is this installation's own; nothing was kept.
        """
        if not events:
            return 0
        with self._file.writing() as connection:
            own = self._identity()[1] if _has_identity(connection) else None
            if any(event.subject == own for event in events):
                raise ValueError("an installation's own events are not taken in as another's")
            return others.keep(connection, events, witnesses or {})

    def others(self) -> list[Event]:
        """Every copy of another installation's event, installation by installation, in order."""
        with self._file.snapshot() as connection:
            return [] if connection is None else others.everything(connection)

    def highest_of(self, subject: str) -> int:
        """The highest sequence number that is kept of another installation; 0 for none."""
        with self._file.snapshot() as connection:
            return 0 if connection is None else others.highest(connection, subject)

    def forget_others(self, installations: Collection[str] | None = None) -> None:
        """Remove the copies of other installations' events: they are linked no more.

        Args:
            installations: Whose, by subject id; None for all, when the account itself was left.
        """
        if self._file.reading() is not None:
            with self._file.writing() as connection:
                gone = others.subjects(connection) if installations is None else installations
                others.forget(connection, gone)

    def others_mark(self) -> OthersMark:
        """Changes whenever copies are added or removed; cheap to ask."""
        with self._file.snapshot() as connection:
            return () if connection is None else others.mark(connection)

    def other_words(self) -> list[Event]:
        """The last event of each other installation on each target, as :meth:`standing`."""
        with self._file.snapshot() as connection:
            subjects = [] if connection is None else others.subjects(connection)
        return [
            event
            for subject in subjects
            for event in self._standing(OTHERS, subject, ANY_GAP).words
        ]

    def witnesses(self, events: Collection[Event]) -> dict[str, Witness]:
        """What the endpoint said about the times of some events, by event id; own or others'."""
        with self._file.snapshot() as connection:
            return {} if connection is None else others.witnesses(connection, events)

    # --- what stays on this device

    @property
    def birth_date(self) -> date | None:
        """The person's birth date as declared here, None if it never was. Never sent."""
        with self._file.snapshot() as connection:
            return None if connection is None else kept_here.read_birth_date(connection)

    def declare_birth_date(self, birth_date: date) -> None:
        """Remember a birth date, durably, in place of one that was declared before."""
        with self._file.writing() as connection:
            kept_here.write_birth_date(connection, birth_date)

    def record_ask(self, target: Target, initiative: str) -> None:
        """Remember, durably, that a question is about to be put before the person.

        Asks are counted for the cool-down and the cap; they are no choices and are never sent.

        Raises:
            LedgerError: It could not be written; the question must then not be asked.
        """
        ask = Ask(target, initiative, self._clock.now())
        with self._file.writing() as connection:
            kept_here.write_ask(connection, ask)

    def asks(self, target: Target) -> list[Ask]:
        """Every time the question of that target was put, oldest first."""
        with self._file.snapshot() as connection:
            return [] if connection is None else kept_here.read_asks(connection, target)

    def close(self) -> None:
        """Close the file. The ledger cannot be used afterwards."""
        self._file.close()

    # --- how

    def _checkpoint(self, connection: sqlite3.Connection, mark: Mark | None) -> Checkpoint:
        """The own checkpoint, to be added to; called in the transaction that does, at ``mark``."""
        known, self._last_append = self._last_append, None
        if known is not None and known[0] == mark:
            # Nobody has written since the last choice: what was read and checked then stands.
            return known[1]
        subject = self._identity_or_new(connection)[1]
        # The newest event is held against its hash and the checkpoint; older ones were before.
        return stored(connection, OWN, subject) or rebuild(
            connection, OWN, subject, own_record.gaps_of(connection)
        )

    def _standing(self, source: Source, subject: str, gaps: Collection[Gap] | None) -> Standing:
        with self._file.snapshot() as connection:
            found = connection and standing(connection, source, subject, gaps)
        if found:
            return found
        logger.info("%s: the checkpoint of %s does not fit; all is read", self.path, subject)
        try:
            with self._file.writing() as connection:
                made = rebuild(connection, source, subject, gaps)
                made.write(connection)
                return standing_of(connection, source, made, gaps)
        except LedgerDamaged:
            raise
        except LedgerError as error:
            # What was found stands all the same; it is written down another time.
            logger.warning("the checkpoint could not be written: %s", error)
        with self._file.snapshot() as connection:
            if connection is None:
                return NOWHERE
            return standing_of(connection, source, rebuild(connection, source, subject, gaps), gaps)

    def _identity(self) -> tuple[str, str]:
        with self._file.snapshot() as connection:
            row = None
            if connection is not None:
                row = connection.execute("SELECT secret, subject FROM identity").fetchone()
        if row is None:
            raise LedgerError(f"{self.path}: no choice was ever recorded here")
        secret, subject = row
        try:
            belongs = subject_of(secret) == subject
        except (TypeError, ValueError):
            belongs = False
        if not belongs:
            raise LedgerDamaged(f"{self.path}: subject id and secret do not belong together")
        return secret, subject

    def _identity_or_new(self, connection: sqlite3.Connection) -> tuple[str, str]:
        if not _has_identity(connection):
            secret = self._identities.secret()
            connection.execute(
                "INSERT INTO identity (only, secret, subject) VALUES (1, ?, ?)",
                (secret, subject_of(secret)),
            )
        return self._identity()


def _has_identity(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM identity").fetchone() is not None
