"""Finding what is stored of some batches, by the keys and nothing but the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, select, text, union_all

from ..consent.event import Event
from .schema import EVENTS

_FOUND = (
    EVENTS.c.subject,
    EVENTS.c.event_id,
    EVENTS.c.sequence,
    EVENTS.c.hash,
    EVENTS.c.previous_hash,
    EVENTS.c.received_at,
    EVENTS.c.late,
    EVENTS.c.clock_skew_ms,
)

# Built once: building a statement takes longer than SQLite needs to run it.
_OF_SUBJECT = select(*_FOUND).where(EVENTS.c.subject == bindparam("subject"))
# Three look-ups, for one subject: given pairs of subject and id to look for, or an "or" between
# the three, SQLite reads the whole table or the whole record instead of going by the keys.
_EACH = union_all(
    _OF_SUBJECT.where(EVENTS.c.event_id.in_(bindparam("ids", expanding=True))),
    _OF_SUBJECT.where(EVENTS.c.sequence.in_(bindparam("sequences", expanding=True))),
    _OF_SUBJECT.order_by(EVENTS.c.sequence.desc()).limit(1).subquery().select(),
)

# The same for all subjects in one question: to a server, each question is a journey. Each part
# is lateral, so that it goes by the keys and by one partition a row, whatever the planner thinks
# of the number of rows; OFFSET 0 keeps it from thinking of anything else.
_COLUMNS = ", ".join(f"found.{column.name}" for column in _FOUND)
_ALL = text(f"""
SELECT {_COLUMNS}
FROM unnest(CAST(:id_subjects AS text[]), CAST(:ids AS text[])) AS asked (subject, event_id)
CROSS JOIN LATERAL (
    SELECT * FROM events
    WHERE events.subject = asked.subject AND events.event_id = asked.event_id OFFSET 0
) AS found
UNION ALL
SELECT {_COLUMNS}
FROM unnest(CAST(:number_subjects AS text[]), CAST(:numbers AS bigint[]))
    AS asked (subject, sequence)
CROSS JOIN LATERAL (
    SELECT * FROM events
    WHERE events.subject = asked.subject AND events.sequence = asked.sequence OFFSET 0
) AS found
UNION ALL
SELECT {_COLUMNS}
FROM unnest(CAST(:subjects AS text[])) AS asked (subject)
CROSS JOIN LATERAL (
    SELECT * FROM events
    WHERE events.subject = asked.subject ORDER BY events.sequence DESC LIMIT 1
) AS found
""")  # noqa: S608 - names of columns only


def look_up(connection: Connection, events: Iterable[Event]) -> Iterator[RowMapping]:
    """Stored events that have the id of one of some events, or its number, or a number beside
    it; and the last event of each of their subjects. The same one may come more than once.
    """
    asked = list(events)
    ids = sorted({(event.subject, event.event_id) for event in asked})
    numbers = sorted(
        {
            (event.subject, event.sequence + step)
            for event in asked
            for step in (-1, 0, 1)
            if event.sequence + step > 0
        }
    )
    subjects = sorted({event.subject for event in asked})
    if connection.dialect.name == "postgresql":
        yield from connection.execute(
            _ALL,
            {
                "id_subjects": [subject for subject, _ in ids],
                "ids": [id_ for _, id_ in ids],
                "number_subjects": [subject for subject, _ in numbers],
                "numbers": [number for _, number in numbers],
                "subjects": subjects,
            },
        ).mappings()
    else:
        yield from _one_by_one(connection, subjects, ids, numbers)


def _one_by_one(
    connection: Connection,
    subjects: Sequence[str],
    ids: Sequence[tuple[str, str]],
    numbers: Sequence[tuple[str, int]],
) -> Iterator[RowMapping]:
    ids_of: dict[str, list[str]] = {subject: [] for subject in subjects}
    numbers_of: dict[str, list[int]] = {subject: [] for subject in subjects}
    for subject, id_ in ids:
        ids_of[subject].append(id_)
    for subject, number in numbers:
        numbers_of[subject].append(number)
    for subject in subjects:
        yield from connection.execute(
            _EACH,
            {"subject": subject, "ids": ids_of[subject], "sequences": numbers_of[subject]},
        ).mappings()
