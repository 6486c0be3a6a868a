"""The whole store held against itself: every event of every installation, not only the newest."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from . import others
from .chain import ANY_GAP
from .checkpoint import OTHERS, OWN, rebuild, stored
from .event import GENESIS
from .ledger_errors import LedgerDamaged
from .own_record import gaps_of

_COUNT = "SELECT count(*) FROM events"
_COUNT_OTHERS = "SELECT count(*) FROM others WHERE subject = ?"
_UNQUEUED = "SELECT sequence FROM events EXCEPT SELECT sequence FROM outbox LIMIT 1"


@dataclass(frozen=True)
class ChainReport:
    """What was found sound.

    Attributes:
        events: How many events of this installation there are.
        head: The newest one's hash; :data:`~.event.GENESIS` for none.
        others: How many copies there are of each other installation's events, by its subject id.
    """

    events: int
    head: str
    others: Mapping[str, int]


NOTHING = ChainReport(0, GENESIS, {})
"""What a store that does not exist holds."""


def verify(connection: sqlite3.Connection, subject: str) -> ChainReport:
    """Check every event and every chain, the outbox and the checkpoints.

    Args:
        connection: In a transaction, so that all of it is of one moment.
        subject: Of this installation; empty if nothing was recorded yet.

    Raises:
        LedgerDamaged: Says what does not fit.
    """
    own = rebuild(connection, OWN, subject, gaps_of(connection))
    # One that is missing is made again when it is needed; one that contradicts the chain is wrong.
    if stored(connection, OWN, subject) not in (None, own):
        raise LedgerDamaged("the checkpoint is not what the events fold to")
    unqueued = connection.execute(_UNQUEUED).fetchone()
    if unqueued is not None:
        raise LedgerDamaged(f"event {unqueued[0]} has no place in the outbox")
    counts: dict[str, int] = {}
    for other in others.subjects(connection):
        found = rebuild(connection, OTHERS, other, ANY_GAP)
        if stored(connection, OTHERS, other) not in (None, found):
            raise LedgerDamaged(f"the checkpoint of {other} is not what its events fold to")
        counts[other] = connection.execute(_COUNT_OTHERS, (other,)).fetchone()[0]
    return ChainReport(connection.execute(_COUNT).fetchone()[0], own.hash or GENESIS, counts)
