"""The database: opened, read, and written in transactions that are tried again when overtaken."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from typing import TypeVar

import anyio
import anyio.to_thread
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError
from tenacity import (
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from .engines import READERS, open_engines, warnings_of
from .migrations import bring_up_to_date
from .unsuitable import UnsuitableDatabase

__all__ = [
    "READERS",
    "Database",
    "OutcomeUnknown",
    "UnsuitableDatabase",
    "Work",
    "lock_subjects",
]

_MOST_ATTEMPTS = 12
_LONGEST_SECONDS = 10.0
_FIRST_PAUSE_SECONDS = 0.005
_LONGEST_PAUSE_SECONDS = 0.5

# Serialization failure, deadlock, the same key by another transaction, a lock not had in time.
_OVERTAKEN = frozenset({"40001", "40P01", "23505", "55P03"})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SAME_KEY = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})

T = TypeVar("T")
Work = Callable[[Connection], T]


class OutcomeUnknown(OperationalError):
    """The commit was sent, and nobody said whether it holds.

    It may be stored. What is sent again is then recognised.
    """


class Database:
    """One database, for as long as the endpoint runs.

    Args:
        url: SQLAlchemy URL: of a SQLite file, for example ``sqlite:///endpoint.sqlite3``, whose
            folder is made if need be; or of PostgreSQL, ``postgresql+psycopg://user@host/name``.
            For a primary and its standbys name each as ``host`` in the query, with
            ``target_session_attrs=read-write``. Tables that are missing or older are made.

    Raises:
        UnsuitableDatabase: Neither of them, or written by newer code, or not durable.
        sqlalchemy.exc.DBAPIError: The database cannot be opened or written.
    """

    def __init__(self, url: str) -> None:
        engines = open_engines(url)
        self.engine = engines.engine
        self._for_reading = engines.reading
        self._for_writing = engines.writing
        self._readers = anyio.CapacityLimiter(READERS)
        # Its own, so that writing never waits behind reads for a thread.
        self._writers = anyio.CapacityLimiter(engines.writers)
        self._retrying = Retrying(
            retry=retry_if_exception(_may_be_run_again),
            stop=stop_after_attempt(_MOST_ATTEMPTS) | stop_after_delay(_LONGEST_SECONDS),
            wait=wait_random_exponential(_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS),
            reraise=True,
        )
        try:
            self._retrying(bring_up_to_date, self._for_reading, self._for_writing)
        except BaseException:
            self.engine.dispose()
            raise

    def read(self, work: Work[T]) -> T:
        """Do some reading in one transaction, which sees one moment. Blocks; see :meth:`reading`.

        ``work`` is run again from its start when its connection was lost.
        """
        return self._until_it_goes(self._read_once, work)

    def write(self, work: Work[T]) -> T:
        """Do some writing in one transaction, durable when this returns. Blocks.

        ``work`` is run again from its start when the database could not order this transaction
        among others (SQLSTATE 40001 and its like), refused a row whose key is there already, or
        lost the connection before the commit; it must do nothing but use the connection.

        Raises:
            OutcomeUnknown: The connection was lost during the commit, or a standby that should
                have it did not confirm it.
            sqlalchemy.exc.DBAPIError: The database failed; nothing was stored.
        """
        # PostgreSQL runs this at READ COMMITTED, whatever the server's default. Whatever reads
        # before it writes takes the subject's lock first (lock_subjects), so that writers of one
        # subject stand in line and each sees what the one before it did; should something not do
        # so, the keys refuse the second of two equal rows and it is run again. SERIALIZABLE would
        # come to the same and cost more: a commit that many batches share reads many pages of
        # the index, and two replicas would call each other off over subjects that neither shares.
        return self._until_it_goes(self._write_once, work)

    async def reading(self, work: Work[T]) -> T:
        """:meth:`read` on a worker thread."""
        return await anyio.to_thread.run_sync(self.read, work, limiter=self._readers)

    async def writing(self, work: Work[T]) -> T:
        """:meth:`write` on one of the writers' threads."""
        return await anyio.to_thread.run_sync(self.write, work, limiter=self._writers)

    def close(self) -> None:
        """Close every connection. A later call opens new ones."""
        self.engine.dispose()

    def _until_it_goes(self, once: Callable[[Work[T]], T], work: Work[T]) -> T:
        # The first attempt without the machinery of all others: it nearly always goes.
        try:
            return once(work)
        except DBAPIError as error:
            if not _may_be_run_again(error):
                raise
        done: T = self._retrying(once, work)
        return done

    def _read_once(self, work: Work[T]) -> T:
        with self._for_reading.begin() as connection:
            return work(connection)

    def _write_once(self, work: Work[T]) -> T:
        with self._for_writing.connect() as connection, connection.begin() as transaction:
            done = work(connection)
            warnings = warnings_of(connection)
            warnings.clear()
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise OutcomeUnknown("COMMIT", None, error.orig or error) from error
                raise
            if warnings:
                # PostgreSQL commits on its own disk and only warns when it was told to wait no
                # longer for a standby; that is less than was promised.
                raise OutcomeUnknown("COMMIT", None, RuntimeError("not confirmed by a standby"))
            return done


_LOCK = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def lock_subjects(connection: Connection, subjects: Iterable[str]) -> None:
    """Make every other writer of these subjects wait until this transaction ends.

    For work that decides by what is stored whether and what it stores: to be called before it
    reads. Each replica calls it for all its subjects at once. On SQLite there is nothing to do: a
    transaction that writes is alone from its start.
    """
    if connection.dialect.name == "postgresql":
        # In one order, so that no two transactions wait for each other.
        keys = sorted({_lock_key(subject) for subject in subjects})
        connection.execute(_LOCK, {"keys": keys})


def _lock_key(subject: str) -> int:
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big", signed=True)


def _may_be_run_again(error: BaseException) -> bool:
    """Whether nothing was stored, and another attempt may go better."""
    if not isinstance(error, DBAPIError) or isinstance(error, OutcomeUnknown):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in _BUSY or code in _SAME_KEY
    return getattr(error.orig, "sqlstate", None) in _OVERTAKEN
