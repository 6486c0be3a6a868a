"""Events in the database: taken whole batches at a time, read in order.

Everything here blocks and belongs on a worker thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, bindparam, select, text

from ..consent.event import Event, Target
from ..consent.fold import Witness, fold
from .additions import add
from .database import Database, lock_subjects
from .erasure import erased_at, refuse_erased
from .judgement import Arrival, Contradicted, Known, RecordErased, Search, Taken, Verdict
from .schema import EVENTS, LINKS

__all__ = [
    "Arrival",
    "Contradicted",
    "Extent",
    "RecordErased",
    "Store",
    "StoredRow",
    "Taken",
    "Verdict",
]

_PAGE = 500


class Extent(Enum):
    """Whose events make up a state: one installation's, or those of all of its account."""

    INSTALLATION = "installation"
    ACCOUNT = "account"


@dataclass(frozen=True)
class StoredRow:
    """An event as it is stored.

    ``body`` is its canonical JSON; the other fields are those of :class:`Arrival`, and ``late``
    tells whether an event with a higher sequence number had arrived in an earlier request.
    """

    body: str
    received_at: str
    late: bool
    clock_skew_ms: int | None


class Store:
    """The events of all subjects.

    Args:
        database: Where they are. It stays the caller's to close.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """Store several batches in one transaction; each of them whole or not at all.

        When this returns, what was taken survives a crash of the process or of the machine.

        Raises:
            OutcomeUnknown: The batches may be stored, and are recognised when they come again.
            sqlalchemy.exc.DBAPIError: The database failed; nothing of any batch was stored.
        """
        search = Search.UNCLEAR

        def work(connection: Connection) -> list[Verdict]:
            nonlocal search
            lock_subjects(connection, {arrival.subject for arrival in arrivals})
            known = Known(connection, arrivals, search)
            # Another attempt, as after an id that came before, takes nothing for granted.
            search = Search.ALL
            verdicts = [known.judge(arrival) for arrival in arrivals]
            if known.rows:
                add(connection, known.rows)
            else:
                _wait_for_what_was_answered(connection, verdicts, arrivals)
            return verdicts

        return self._database.write(work)

    def events(self, subject: str, after: int, limit: int) -> list[StoredRow]:
        """Up to ``limit`` events with a sequence number above ``after``, in order.

        Raises:
            Problem: 410 if the record was erased.
        """

        def work(connection: Connection) -> list[StoredRow]:
            refuse_erased(connection, subject)
            return _stretch(connection, subject, after, limit)

        return self._database.read(work)

    def state(self, subject: str, extent: Extent) -> dict[Target, Event]:
        """What the events leave behind, by the same code as on the device.

        Raises:
            Problem: 410 if the subject's own record was erased.
        """

        def work(connection: Connection) -> dict[Target, Event]:
            refuse_erased(connection, subject)
            subjects = [subject]
            if extent is Extent.ACCOUNT:
                others = connection.execute(_SAME_ACCOUNT, {"subject": subject}).scalars()
                subjects += [other for other in others if erased_at(connection, other) is None]
            known = [pair for one in subjects for pair in _record(connection, one)]
            return fold(
                (event for event, _ in known),
                {event.event_id: witness for event, witness in known},
            )

        return self._database.read(work)

    def record(self, subject: str) -> list[Event]:
        """All events of a subject in order.

        Raises:
            Problem: 410 if the record was erased.
        """

        def work(connection: Connection) -> list[Event]:
            refuse_erased(connection, subject)
            return [event for event, _ in _record(connection, subject)]

        return self._database.read(work)

    def check(self) -> None:
        """Ask the database for nothing.

        Raises:
            sqlalchemy.exc.DBAPIError: It cannot be reached.
        """
        self._database.read(
            lambda connection: connection.execute(
                text("SELECT count(*) FROM events WHERE subject = ''")
            )
        )


# Built once: building a statement takes longer than SQLite needs to run it.
_STRETCH = (
    select(EVENTS.c.body, EVENTS.c.received_at, EVENTS.c.late, EVENTS.c.clock_skew_ms)
    .where(EVENTS.c.subject == bindparam("subject"), EVENTS.c.sequence > bindparam("after"))
    .order_by(EVENTS.c.sequence)
    .limit(bindparam("most"))
)
_OWN = LINKS.alias()
_SAME_ACCOUNT = (
    select(LINKS.c.subject)
    .distinct()
    .join(_OWN, LINKS.c.account == _OWN.c.account)
    .where(
        _OWN.c.subject == bindparam("subject"),
        _OWN.c.unlinked_at.is_(None),
        LINKS.c.unlinked_at.is_(None),
        LINKS.c.subject != bindparam("subject"),
    )
    .order_by(LINKS.c.subject)
)
_TOUCH = (
    select(EVENTS.c.sequence)
    .where(
        EVENTS.c.subject == bindparam("subject"),
        EVENTS.c.event_id == bindparam("event_id"),
    )
    .with_for_update(read=True, key_share=True)
)


def _stretch(connection: Connection, subject: str, after: int, limit: int) -> list[StoredRow]:
    found = connection.execute(_STRETCH, {"subject": subject, "after": after, "most": limit})
    return [StoredRow(**row) for row in found.mappings()]


def _record(connection: Connection, subject: str) -> Iterator[tuple[Event, Witness]]:
    """A subject's events, each with what was seen of its time."""
    after = 0
    while rows := _stretch(connection, subject, after, _PAGE):
        for row in rows:
            event = Event.from_json(json.loads(row.body))
            yield event, Witness(datetime.fromisoformat(row.received_at), row.clock_skew_ms)
            after = event.sequence


def _wait_for_what_was_answered(
    connection: Connection, verdicts: Sequence[Verdict], arrivals: Sequence[Arrival]
) -> None:
    """Make the commit wait for the standby although nothing new is stored.

    What is replayed may have been stored by a commit that lost its connection while it waited
    for the standby: it is on the primary's disk alone, and visible. A lock on a row is a write,
    so that the commit waits until the standby has all that was written before.
    """
    if connection.dialect.name != "postgresql":
        return
    for verdict, arrival in zip(verdicts, arrivals, strict=True):
        if isinstance(verdict, Taken):
            connection.execute(
                _TOUCH,
                {"subject": arrival.subject, "event_id": verdict.acknowledgements[0].event_id},
            )
            return
