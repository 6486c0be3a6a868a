"""The append-only record on the device, in SQLite.

An event and its outbox row are one transaction, durable (WAL, synchronous FULL) before
:meth:`Ledger.append` returns; what the person sees confirmed is therefore on the disk. Triggers
refuse to change or remove an event. Several connections, in one process or in two, may use one
file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uuid6

from .chain import read_chain, read_event
from .clock import Clock, SystemClock
from .durability import make_durable
from .event import GENESIS, Cause, Event, NoticeReference, Target, canonical
from .identity import new_secret, subject_of
from .ledger_errors import LedgerDamaged, LedgerError, told_apart
from .outbox import OUTBOX_SCHEMA, Outbox, enqueue
from .status import ConsentStatus

_SCHEMA_VERSION = 1
_BUSY_SECONDS = 2.0
"""How long a write waits for another process that is writing to the same file."""
_SCHEMA = (
    """
    CREATE TABLE identity (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        secret TEXT NOT NULL,
        subject TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        event_id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the consent record is append-only'); END
    """,
    """
    CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the consent record is append-only'); END
    """,
    """
    CREATE TABLE asks (
        number INTEGER PRIMARY KEY,
        target TEXT NOT NULL,
        initiative TEXT NOT NULL,
        asked_at TEXT NOT NULL
    ) STRICT
    """,
    *OUTBOX_SCHEMA,
)


@dataclass(frozen=True)
class Draft:
    """A choice about to be recorded: an event without what the ledger adds to it.

    The fields mean what they mean in :class:`~.event.Event`.
    """

    target: Target
    status: ConsentStatus
    cause: Cause
    gesture: str | None = None
    notice: NoticeReference | None = None
    label: str | None = None


@dataclass(frozen=True)
class Ask:
    """One time a question was put before the person.

    ``initiative`` is ``person`` when a tap of theirs called for it, ``app`` otherwise.
    """

    target: Target
    initiative: str
    asked_at: datetime


__all__ = ["Ask", "Draft", "Ledger", "LedgerDamaged", "LedgerError"]


class Ledger:
    """One installation's record and outbox.

    Neither the file nor the identity exists before the first write: someone who only looks
    leaves nothing behind.

    Every method raises LedgerDamaged where the file is no sound record (it is left as it is), and
    LedgerError where it cannot be opened, read or written now.

    Args:
        path: The SQLite file.
        clock: Where event times come from.
    """

    def __init__(self, path: Path, *, clock: Clock | None = None) -> None:
        self.path = path
        self._clock = clock or SystemClock()
        self._opened: sqlite3.Connection | None = None
        self.outbox = Outbox(path, self._reading)

    @property
    def secret(self) -> str:
        """The device's secret. Raises LedgerError as long as nothing was ever recorded."""
        return self._identity()[0]

    @property
    def subject(self) -> str:
        """The subject id. Raises LedgerError as long as nothing was ever recorded."""
        return self._identity()[1]

    def append(self, draft: Draft) -> Event:
        """Record a choice durably, and queue it to be sent.

        Raises:
            LedgerError: Nothing was recorded (disk full, read-only, damaged).
            MalformedEvent: The draft contradicts itself; nothing was recorded.
        """
        with self._writing() as connection:
            subject = self._identity_or_new(connection)[1]
            row = connection.execute(
                "SELECT sequence, body FROM events ORDER BY sequence DESC LIMIT 1"
            ).fetchone()
            previous = None if row is None else read_event(*row)
            event = Event.create(
                event_id=str(uuid6.uuid7()),
                subject=subject,
                sequence=1 if previous is None else previous.sequence + 1,
                target=draft.target,
                status=draft.status,
                cause=draft.cause,
                gesture=draft.gesture,
                notice=draft.notice,
                label=draft.label,
                occurred_at=self._clock.now(),
                monotonic_ms=self._clock.monotonic_ms(),
                previous_hash=GENESIS if previous is None else previous.hash,
            )
            connection.execute(
                "INSERT INTO events (sequence, event_id, body) VALUES (?, ?, ?)",
                (event.sequence, event.event_id, canonical(event.to_json()).decode()),
            )
            enqueue(connection, event)
        return event

    def events(self, after: int = 0) -> list[Event]:
        """The events with a sequence number above ``after``, in order.

        Raises:
            LedgerDamaged: An event does not read back as one, or does not follow the one before.
        """
        connection = self._reading()
        if connection is None:
            return []
        with told_apart(self.path):
            # The one at ``after`` is read too: the next has to follow it.
            rows = connection.execute(
                "SELECT sequence, body FROM events WHERE sequence >= ? ORDER BY sequence", (after,)
            ).fetchall()
        events = read_chain(rows)
        if events and events[0].sequence != max(after, 1):
            raise LedgerDamaged(f"{self.path}: event {max(after, 1)} is missing")
        return [event for event in events if event.sequence > after]

    def record_ask(self, target: Target, initiative: str) -> None:
        """Remember, durably, that a question is about to be put before the person.

        Asks are counted for the cool-down and the cap; they are no choices and are never sent.

        Raises:
            LedgerError: It could not be written; the question must then not be asked.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO asks (target, initiative, asked_at) VALUES (?, ?, ?)",
                (str(target), initiative, self._clock.now().isoformat(timespec="milliseconds")),
            )

    def asks(self, target: Target) -> list[Ask]:
        """Every time the question of that target was put, oldest first."""
        connection = self._reading()
        if connection is None:
            return []
        with told_apart(self.path):
            rows = connection.execute(
                "SELECT initiative, asked_at FROM asks WHERE target = ? ORDER BY number",
                (str(target),),
            ).fetchall()
        try:
            return [Ask(target, who, datetime.fromisoformat(when)) for who, when in rows]
        except (TypeError, ValueError) as error:
            raise LedgerDamaged(f"{self.path}: {error}") from error

    def close(self) -> None:
        """Close the file. The ledger cannot be used afterwards."""
        if self._opened is not None:
            self._opened.close()

    def _reading(self) -> sqlite3.Connection | None:
        """The connection, or None while there is no file; another process may have made one."""
        with told_apart(self.path):
            if self._opened is None and self.path.exists():
                self._open()
        return self._opened

    def _open(self) -> sqlite3.Connection:
        with told_apart(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The caller may be any one thread at a time; SQLite itself is built serialised.
            connection = sqlite3.connect(
                self.path, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
            )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._opened = connection
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        with self._transaction(connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA_VERSION:
                # No damage: it stays in its place until a kit comes that can read it.
                raise LedgerError(f"{self.path}: written by a newer version (schema {version})")
            if version == 0:
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        with told_apart(self.path):
            make_durable(connection, _BUSY_SECONDS)

    def _identity(self) -> tuple[str, str]:
        connection = self._reading()
        row = None
        if connection is not None:
            with told_apart(self.path):
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
        secret = new_secret()
        connection.execute(
            "INSERT INTO identity (only, secret, subject) VALUES (1, ?, ?)"
            " ON CONFLICT (only) DO NOTHING",
            (secret, subject_of(secret)),
        )
        return self._identity()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._opened or self._open()
        with self._transaction(connection):
            yield connection

    @contextmanager
    def _transaction(self, connection: sqlite3.Connection) -> Iterator[None]:
        """A transaction that holds the write lock from its start, so sequences have no gaps."""
        with told_apart(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
