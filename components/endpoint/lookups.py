"""Finding what is stored of some batches, by the keys and nothing but the keys.

One question for all subjects of a group: each costs a journey to a server, and on SQLite the
building of the statement and two changes of thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, TextClause, text

from ..consent.event import Event

_FOUND = (
    "subject",
    "event_id",
    "sequence",
    "hash",
    "previous_hash",
    "received_at",
    "late",
    "clock_skew_ms",
)
_COLUMNS = ", ".join(f"found.{name}" for name in _FOUND)

# CROSS JOIN keeps SQLite to this order: first what is asked for, then events by their keys. Left
# to choose, or given an "or", it reads the whole table or the whole record.
_ON_SQLITE = text(f"""
SELECT {_COLUMNS}
FROM json_each(:ids) AS asked CROSS JOIN events AS found
WHERE found.subject = json_extract(asked.value, '$[0]')
  AND found.event_id = json_extract(asked.value, '$[1]')
UNION ALL
SELECT {_COLUMNS}
FROM json_each(:numbers) AS asked CROSS JOIN events AS found
WHERE found.subject = json_extract(asked.value, '$[0]')
  AND found.sequence = json_extract(asked.value, '$[1]')
UNION ALL
SELECT {_COLUMNS}
FROM json_each(:subjects) AS asked CROSS JOIN events AS found
WHERE found.subject = asked.value
  AND found.sequence = (SELECT max(sequence) FROM events WHERE subject = asked.value)
""")  # noqa: S608 - names of columns only
_ERASED_ON_SQLITE = text("""
SELECT found.subject, found.erased_at
FROM json_each(:subjects) AS asked CROSS JOIN erasures AS found
WHERE found.subject = asked.value
""")

# Each part is lateral, so that it goes by the keys and by one partition a row, whatever the
# planner thinks of the number of rows; OFFSET 0 keeps it from thinking of anything else.
_ON_POSTGRESQL = text(f"""
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
_ERASED_ON_POSTGRESQL = text(
    "SELECT subject, erased_at FROM erasures WHERE subject = ANY(CAST(:subjects AS text[]))"
)


def look_up(connection: Connection, events: Iterable[Event]) -> Sequence[Row[Any]]:
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
        return connection.execute(
            _ON_POSTGRESQL,
            {
                "id_subjects": [subject for subject, _ in ids],
                "ids": [id_ for _, id_ in ids],
                "number_subjects": [subject for subject, _ in numbers],
                "numbers": [number for _, number in numbers],
                "subjects": subjects,
            },
        ).all()
    return _ask(connection, _ON_SQLITE, ids=ids, numbers=numbers, subjects=subjects)


def erasures(connection: Connection, subjects: Iterable[str]) -> Mapping[str, str]:
    """Those of some subjects whose record was erased, each with the moment."""
    asked = sorted(set(subjects))
    if connection.dialect.name == "postgresql":
        found: Sequence[Row[Any]] = connection.execute(
            _ERASED_ON_POSTGRESQL, {"subjects": asked}
        ).all()
    else:
        found = _ask(connection, _ERASED_ON_SQLITE, subjects=asked)
    return {row.subject: row.erased_at for row in found}


def _ask(
    connection: Connection, question: TextClause, **asked: Sequence[object]
) -> Sequence[Row[Any]]:
    values = {name: msgspec.json.encode(it).decode() for name, it in asked.items()}
    return connection.execute(question, values).all()
