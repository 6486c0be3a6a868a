"""What lets a long record open fast: the last word on every target, kept beside the events.

The checkpoint of an installation names its newest event by number and hash, and for every target
the number and hash of the last event about it, under a digest over all of that. It is written in
the transaction that adds the event. It is believed only if the digest fits, the newest event
stored is the one it names, and each event it names is, byte for byte, the one with that hash. If
not, the whole chain is read and checked, and the checkpoint made again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from .chain import Gap, Link, check_beginning, links, read_event, read_link
from .event import BASE_NOTICE, Event
from .ledger_errors import LedgerDamaged
from .status import ConsentStatus

TAIL = 32
"""How many of the newest events are held against their chain whenever a record is opened."""

_BASE = str(BASE_NOTICE)
_PERMITTING = frozenset(status.value for status in ConsentStatus if status.permits)


@dataclass(frozen=True)
class Source:
    """Where the events of an installation lie: statements that take ``:subject`` and ``:sequence``.

    Each gives number and body. ``newest`` and ``tail`` (with ``:limit``) begin with the newest.
    """

    newest: str
    at: str
    since: str
    tail: str


OWN = Source(
    newest="SELECT sequence, body FROM events ORDER BY sequence DESC LIMIT 1",
    at="SELECT sequence, body FROM events WHERE sequence = :sequence",
    since="SELECT sequence, body FROM events WHERE sequence >= :sequence ORDER BY sequence",
    tail="SELECT sequence, body FROM events ORDER BY sequence DESC LIMIT :limit",
)
OTHERS = Source(
    newest="SELECT sequence, body FROM others WHERE subject = :subject"
    " ORDER BY sequence DESC LIMIT 1",
    at="SELECT sequence, body FROM others WHERE subject = :subject AND sequence = :sequence",
    since="SELECT sequence, body FROM others WHERE subject = :subject AND sequence >= :sequence"
    " ORDER BY sequence",
    tail="SELECT sequence, body FROM others WHERE subject = :subject"
    " ORDER BY sequence DESC LIMIT :limit",
)


@dataclass
class Checkpoint:
    """The last word on each target, up to an event of one installation.

    Attributes:
        subject: Whose.
        sequence: The newest event's number; 0 for none.
        hash: Its hash.
        base_given: Whether the base notice was ever agreed to.
        words: For each target, as it stands in the JSON, the number and hash of the last event.
    """

    subject: str
    sequence: int = 0
    hash: str = ""
    base_given: bool = False
    words: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, link: Link) -> None:
        """Go on to an event; one that is older than what is known changes no word."""
        if link.sequence >= self.sequence:
            self.sequence, self.hash = link.sequence, link.hash
        if link.sequence >= self.words.get(link.target, (0, ""))[0]:
            self.words[link.target] = (link.sequence, link.hash)
        self.base_given = self.base_given or (link.target == _BASE and link.status in _PERMITTING)

    def write(self, connection: sqlite3.Connection) -> None:
        """Store it; called in the transaction that adds the event."""
        folded = json.dumps(
            {"base_given": self.base_given, "words": self.words}, separators=(",", ":")
        )
        connection.execute(
            "INSERT INTO checkpoint (subject, sequence, hash, folded, digest)"
            " VALUES (:subject, :sequence, :hash, :folded, :digest) ON CONFLICT (subject)"
            " DO UPDATE SET sequence = :sequence, hash = :hash, folded = :folded, digest = :digest",
            {
                "subject": self.subject,
                "sequence": self.sequence,
                "hash": self.hash,
                "folded": folded,
                "digest": _digest(self.subject, self.sequence, self.hash, folded),
            },
        )


@dataclass(frozen=True)
class Standing:
    """Where the record of an installation stands.

    Attributes:
        sequence: The newest event's number; 0 for none.
        words: The last event on each target.
        base_was_ever_given: Whether the base notice was ever agreed to there.
    """

    sequence: int
    words: Sequence[Event]
    base_was_ever_given: bool


NOWHERE = Standing(0, (), base_was_ever_given=False)
"""Of a record that was not begun."""


def rebuild(
    connection: sqlite3.Connection, source: Source, subject: str, gaps: Collection[Gap] | None
) -> Checkpoint:
    """Read a whole chain, check it, and fold it.

    Raises:
        LedgerDamaged: It is no sound chain.
    """
    rows = connection.execute(source.since, {"subject": subject, "sequence": 0})
    return _folded(subject, links(rows, gaps), gaps)


def _folded(subject: str, chain: Iterable[Link], gaps: Collection[Gap] | None) -> Checkpoint:
    made = Checkpoint(subject)
    for link in chain:
        if made.sequence == 0:
            check_beginning(link, gaps)
        if link.subject != subject:
            raise LedgerDamaged(f"event {link.sequence} is another installation's")
        made.add(link)
    return made


def stored(connection: sqlite3.Connection, source: Source, subject: str) -> Checkpoint | None:
    """The checkpoint as stored, if it fits the newest event; None if it has to be made again.

    Raises:
        LedgerDamaged: The newest event is no event, or newer ones were stored that are gone.
    """
    newest = connection.execute(source.newest, {"subject": subject}).fetchone()
    row = connection.execute(
        "SELECT sequence, hash, folded, digest FROM checkpoint WHERE subject = ?", (subject,)
    ).fetchone()
    head = None if newest is None else read_link(*newest)
    if row is None or row[3] != _digest(subject, *row[:3]):
        return Checkpoint(subject) if row is None and head is None else None
    if row[0] > (0 if head is None else head.sequence):
        raise LedgerDamaged(f"event {row[0]} was the newest, and is missing")
    if head is None or (subject, row[0], row[1]) != (head.subject, head.sequence, head.hash):
        return Checkpoint(subject) if head is None else None
    folded = json.loads(row[2])
    return Checkpoint(
        subject,
        row[0],
        row[1],
        folded["base_given"],
        {target: (number, hash_) for target, (number, hash_) in folded["words"].items()},
    )


def standing(
    connection: sqlite3.Connection, source: Source, subject: str, gaps: Collection[Gap] | None
) -> Standing | None:
    """Where a record stands by its checkpoint; None if that has to be made again.

    Raises:
        LedgerDamaged: What is stored is no sound record.
    """
    checkpoint = stored(connection, source, subject)
    if checkpoint is None:
        return None
    try:
        return standing_of(connection, source, checkpoint, gaps)
    except _DoesNotFit:
        return None


def standing_of(
    connection: sqlite3.Connection,
    source: Source,
    checkpoint: Checkpoint,
    gaps: Collection[Gap] | None,
) -> Standing:
    """Where a record stands: the events that a checkpoint names, and the tail held to its chain.

    Raises:
        LedgerDamaged: The tail is no sound chain, or an event is not the one that is named.
    """
    place = {"subject": checkpoint.subject, "limit": TAIL}
    tail = connection.execute(source.tail, place).fetchall()[::-1]
    chain = list(links(tail, gaps))
    if chain and len(chain) < TAIL:
        check_beginning(chain[0], gaps)
    bodies = dict(tail)
    words = []
    for target, (number, hash_) in checkpoint.words.items():
        if number not in bodies:
            bodies.update(connection.execute(source.at, {**place, "sequence": number}).fetchall())
        event = None if number not in bodies else read_event(number, bodies[number])
        if event is None or (str(event.target), event.hash) != (target, hash_):
            raise _DoesNotFit(f"event {number} is not the last one about {target}")
        words.append(event)
    return Standing(checkpoint.sequence, words, checkpoint.base_given)


class _DoesNotFit(LedgerDamaged):
    """The checkpoint names what is not there."""


def _digest(subject: str, sequence: int, hash_: str, folded: str) -> str:
    return hashlib.sha256(f"{subject}\n{sequence}\n{hash_}\n{folded}".encode()).hexdigest()
