"""The tables of the store, step by step: each version of the schema is made from the one before.

A store of any age is brought up to date in the transaction that raises its ``user_version``; a
process that is killed meanwhile leaves the old version behind, whole. A step is never edited once
it was released: tests/consent/golden holds a store of every version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence


def _begin(connection: sqlite3.Connection) -> None:
    """Schema 1: an installation's own record and what is still to be sent of it."""
    for statement in (
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
        """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
            state TEXT NOT NULL,
            reason TEXT
        ) STRICT
        """,
        "CREATE INDEX outbox_unsettled ON outbox (sequence) WHERE state IN ('pending', 'sent')",
    ):
        connection.execute(statement)


def _add_other_installations(connection: sqlite3.Connection) -> None:
    """Schema 2: copies of other installations' events, and what lets a long record open fast.

    ``others``: events of the same person's other installations; never sent. ``checkpoint``: for
    each installation the last word on every target, and up to which event that was found.
    ``gaps``: numbers that a restored record never had. ``person``: what is told to this device
    alone. The outbox learns why an event was rejected, in a word that a program can go by, and
    when the endpoint received it.
    """
    for statement in (
        """
        CREATE TABLE others (
            subject TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            event_id TEXT NOT NULL,
            body TEXT NOT NULL,
            received_at TEXT,
            clock_skew_ms INTEGER,
            PRIMARY KEY (subject, sequence),
            UNIQUE (subject, event_id)
        ) STRICT
        """,
        """
        CREATE TRIGGER others_are_not_changed BEFORE UPDATE ON others
        BEGIN SELECT RAISE(ABORT, 'the consent record is append-only'); END
        """,
        """
        CREATE TABLE checkpoint (
            subject TEXT PRIMARY KEY,
            sequence INTEGER NOT NULL,
            hash TEXT NOT NULL,
            folded TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE gaps (
            first INTEGER PRIMARY KEY,
            last INTEGER NOT NULL CHECK (last >= first)
        ) STRICT
        """,
        """
        CREATE TABLE person (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            birth_date TEXT NOT NULL
        ) STRICT
        """,
        "ALTER TABLE outbox ADD COLUMN code TEXT",
        "ALTER TABLE outbox ADD COLUMN received_at TEXT",
        "ALTER TABLE outbox ADD COLUMN clock_skew_ms INTEGER",
        # Each holds the state as well, so that counting reads nothing else; and what is
        # acknowledged, nearly everything in the end, is in none of them.
        "DROP INDEX outbox_unsettled",
        "CREATE INDEX outbox_unsettled ON outbox (sequence, state)"
        " WHERE state IN ('pending', 'sent')",
        "CREATE INDEX outbox_sent ON outbox (state) WHERE state = 'sent'",
        "CREATE INDEX outbox_rejected ON outbox (state) WHERE state = 'rejected'",
        "CREATE INDEX outbox_superseded ON outbox (state) WHERE state = 'superseded'",
    ):
        connection.execute(statement)


Step = Callable[[sqlite3.Connection], None]
STEPS: Sequence[Step] = (_begin, _add_other_installations)
"""The step that makes schema 1, the one that makes schema 2 of it, and so on."""


def migrate(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Bring a store up to date.

    To be called inside a transaction that holds the write lock. A store that is newer than this
    code is left alone; see :func:`version_of`.

    Raises:
        sqlite3.Error: A step failed; the caller rolls all of them back.
    """
    for number, step in enumerate(steps, start=1):
        if number > version_of(connection):
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a store's schema; 0 for an empty file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
