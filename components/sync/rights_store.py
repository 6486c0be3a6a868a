"""The person's requests on the device: kept before anything is sent, and never lost.

A file of its own beside the record. A damaged record must not take a request with it, nor the
other way round; and a request has a life of its own, from "not yet sent" to "done".
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ..consent.clock import SystemClock
from ..consent.durability import make_durable
from ..consent.ledger_errors import LedgerDamaged, LedgerError, told_apart
from ..consent.opening import set_aside
from .answers import FailureKind
from .rights import RequestState, RightsRequest

_LOGGER = logging.getLogger("mingshi.sync")
_BUSY_SECONDS = 2.0
_SCHEMA = 1
_TABLE = """
CREATE TABLE requests (
    request_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    pack TEXT NOT NULL,
    locale TEXT NOT NULL,
    clause TEXT,
    message TEXT,
    made_at TEXT NOT NULL,
    delivery TEXT NOT NULL,
    tried INTEGER NOT NULL DEFAULT 0,
    taking_back INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    state TEXT,
    known_at TEXT
) STRICT
"""
_NEWEST_FIRST = """
SELECT request_id, kind, pack, locale, clause, message, made_at, delivery, taking_back, failure,
    state, known_at
FROM requests ORDER BY made_at DESC, request_id DESC
"""
_BEGIN_SENDING = "UPDATE requests SET tried = 1 WHERE request_id = ? AND delivery = 'waiting'"
_CONFIRM = """
UPDATE requests SET delivery = 'confirmed', state = :state, known_at = :at,
    failure = CASE WHEN :cancelled THEN NULL ELSE failure END,
    taking_back = CASE WHEN :cancelled THEN 0 ELSE taking_back END
WHERE request_id = :id
"""
_NOT_TAKEN = "UPDATE requests SET delivery = 'not-taken', failure = ? WHERE request_id = ?"
_STAYS = "UPDATE requests SET taking_back = 0, failure = ? WHERE request_id = ?"


class RequestDelivery(StrEnum):
    """How far a request has come.

    ``WAITING``: on this device; whether the endpoint has it is not known. ``CONFIRMED``: the
    endpoint has it durably. ``NOT_TAKEN``: it never will. ``TAKEN_BACK``: before it was ever sent.
    """

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    NOT_TAKEN = "not-taken"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class KeptRequest:
    """A request as this device knows it.

    Attributes:
        request: What was asked for.
        made_at: When, by the device's clock; of one that was fetched, when it was received.
        delivery: How far it has come.
        taking_back: The person wants it back, and the endpoint has not confirmed that yet.
        failure: Why it was not taken, or could not be taken back; None if neither.
        state: What the endpoint last said; None if it has said nothing.
        known_at: When it said so, by the device's clock.
    """

    request: RightsRequest
    made_at: datetime
    delivery: RequestDelivery
    taking_back: bool = False
    failure: FailureKind | None = None
    state: RequestState | None = None
    known_at: datetime | None = None


class RequestStore:
    """Requests in a SQLite file, which is made for the first one.

    Every write is durable when it returns (write-ahead log, synchronous FULL). Every method raises
    LedgerError where the file cannot be used now. One that is damaged when it is opened is set
    aside under another name and a new one begun, so that requests can be made; one that another
    window is using by then is not moved under it.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept_as: Path | None = None
        """Where the damaged file went, if one was found since this store was made."""
        self._connection: sqlite3.Connection | None = None

    def add(self, request: RightsRequest, made_at: datetime) -> None:
        """Keep a new request. The same one again changes nothing."""
        self._insert(request, made_at, RequestDelivery.WAITING)

    def all(self) -> tuple[KeptRequest, ...]:
        """Every request, the newest first."""
        with told_apart(self.path):
            if self._connection is None and not self.path.exists():
                return ()
            return self._read(self._connection or self._open())

    def begin_sending(self, request_id: str) -> bool:
        """Note that a request is about to be sent: from now on the endpoint may have it.

        Returns:
            Whether it is still to be sent: another window may have sent it or taken it back.
        """
        with self._writing() as connection:
            return connection.execute(_BEGIN_SENDING, (request_id,)).rowcount == 1

    def confirm(self, state: RequestState, at: datetime) -> None:
        """Note what the endpoint says about a request, also one that is not known here."""
        self._insert(
            RightsRequest(state.request_id, state.kind, state.pack, state.locale, state.clause),
            state.received_at,
            RequestDelivery.CONFIRMED,
        )
        with self._writing() as connection:
            connection.execute(
                _CONFIRM,
                {
                    "id": state.request_id,
                    "state": json.dumps(state.to_json(), ensure_ascii=False),
                    "at": at.isoformat(),
                    "cancelled": state.status == "cancelled",
                },
            )

    def not_taken(self, request_id: str, reason: FailureKind) -> None:
        """Note that the endpoint will never take a request."""
        with self._writing() as connection:
            connection.execute(_NOT_TAKEN, (reason.value, request_id))

    def take_back(self, request_id: str) -> None:
        """The person wants a request back: at once if it was never sent, else it is asked for."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE requests SET delivery = 'taken-back'"
                " WHERE request_id = ? AND delivery = 'waiting' AND tried = 0",
                (request_id,),
            )
            connection.execute(
                "UPDATE requests SET taking_back = 1, failure = NULL"
                " WHERE request_id = ? AND delivery IN ('waiting', 'confirmed')",
                (request_id,),
            )

    def stays(self, request_id: str) -> None:
        """Note that a request could be taken back no more."""
        with self._writing() as connection:
            connection.execute(_STAYS, (FailureKind.CONTRADICTED.value, request_id))

    def close(self) -> None:
        """Close the file. It is opened again when it is needed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _insert(self, request: RightsRequest, made_at: datetime, delivery: RequestDelivery) -> None:
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO requests"
                " (request_id, kind, pack, locale, clause, message, made_at, delivery)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request_id) DO NOTHING",
                (
                    request.request_id,
                    request.kind,
                    request.pack,
                    request.locale,
                    request.clause,
                    request.message,
                    made_at.isoformat(),
                    delivery.value,
                ),
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with told_apart(self.path):
            connection = self._connection or self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _read(self, connection: sqlite3.Connection) -> tuple[KeptRequest, ...]:
        with told_apart(self.path):
            rows = connection.execute(_NEWEST_FIRST).fetchall()
        try:
            return tuple(_kept(row) for row in rows)
        except (KeyError, TypeError, ValueError) as error:
            raise LedgerDamaged(f"{self.path}: {error}") from error

    def _open(self) -> sqlite3.Connection:
        try:
            with told_apart(self.path):
                self._connection = self._connect()
        except LedgerDamaged as damage:
            self.kept_as = set_aside(self.path, SystemClock())
            _LOGGER.error("damaged requests set aside as %s: %s", self.kept_as, damage)
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
        )
        try:
            make_durable(connection, _BUSY_SECONDS)
            connection.execute("BEGIN IMMEDIATE")
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version = {_SCHEMA}")
            connection.execute("COMMIT")
            if version > _SCHEMA:
                # No damage: it stays as it is until a kit comes that can read it.
                raise LedgerError(f"{self.path}: written by a newer version (schema {version})")
            # Read once, whole: they are few, and damage has to be known before more is added.
            self._read(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _kept(row: tuple[object, ...]) -> KeptRequest:
    id_, kind, pack, locale, clause, message, made_at, delivery, back, failure, state, known = (
        None if value is None else str(value) for value in row
    )
    return KeptRequest(
        RightsRequest(str(id_), str(kind), str(pack), str(locale), clause, message),
        datetime.fromisoformat(str(made_at)),
        RequestDelivery(str(delivery)),
        taking_back=back == "1",
        failure=None if failure is None else FailureKind(failure),
        state=None if state is None else RequestState.from_json(json.loads(state)),
        known_at=None if known is None else datetime.fromisoformat(known),
    )
