"""Finding what is stored of some batches, by the keys and nothing but the keys.

Nearly every batch goes on where its subject's record ends, so the ends are asked for first; what
lies around an event only where it does not follow the end.

One question for all subjects of a group, answered by one row of JSON. Each question costs a journey
to a server; and on SQLite each row that Python fetches gives the interpreter's lock away, which a
busy event loop gives back only after a while.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, text

from .entries import Entry


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """What the record knows of an event beside its body; the fields are those of the table."""

    subject: str
    event_id: str
    sequence: int
    hash: str
    previous_hash: str
    received_at: str
    late: bool
    clock_skew_ms: int | None


class Ends(NamedTuple):
    """Where the records of some subjects end.

    Attributes:
        last: The event with the highest number of each of them that has events.
        erased: Those of them whose record was erased, each with the moment.
    """

    last: Mapping[str, Stored]
    erased: Mapping[str, str]


class _Stretch(msgspec.Struct):
    """Numbers of a subject, from the first to the last."""

    subject: str
    first: int
    last: int


_NAMES = Stored.__struct_fields__

# SQLite has no truth values, but 0 and 1.
_VALUES_ON_SQLITE = ", ".join(
    "json(iif(late, 'true', 'false'))" if name == "late" else name for name in _NAMES
)
_COLUMNS = ", ".join(f"found.{name}" for name in _NAMES)

# CROSS JOIN keeps SQLite to this order: first what is asked for, then events by their keys. Left
# to choose, or given an "or", it reads the whole table or the whole record.
_ENDS_ON_SQLITE = text(f"""
SELECT (SELECT json_group_array(json_array({_VALUES_ON_SQLITE})) FROM (
    SELECT {_COLUMNS}
    FROM json_each(:subjects) AS asked CROSS JOIN events AS found
    WHERE found.subject = asked.value
      AND found.sequence = (SELECT max(sequence) FROM events WHERE subject = asked.value)
)), (SELECT json_group_object(found.subject, found.erased_at)
     FROM json_each(:subjects) AS asked CROSS JOIN erasures AS found
     WHERE found.subject = asked.value)
""")  # noqa: S608 - names of columns only
_AROUND_ON_SQLITE = text(f"""
SELECT json_group_array(json_array({_VALUES_ON_SQLITE})) FROM (
    SELECT {_COLUMNS}
    FROM json_each(:ids) AS asked CROSS JOIN events AS found
    WHERE found.subject = json_extract(asked.value, '$.subject')
      AND found.event_id = json_extract(asked.value, '$.event_id')
    UNION ALL
    SELECT {_COLUMNS}
    FROM json_each(:stretches) AS asked CROSS JOIN events AS found
    WHERE found.subject = json_extract(asked.value, '$.subject')
      AND found.sequence BETWEEN json_extract(asked.value, '$.first')
                             AND json_extract(asked.value, '$.last')
)
""")  # noqa: S608 - names of columns only

# Each part is lateral, so that it goes by the keys and by one partition a row, whatever the
# planner thinks of the number of rows; OFFSET 0 keeps it from thinking of anything else. An id is
# asked for as the last one up to it: as long as the planner knows nothing of the table it would
# take the equal id for a reason to read all of the subject's record by its numbers.
_ENDS_ON_POSTGRESQL = text(f"""
SELECT (SELECT CAST(coalesce(json_agg(json_build_array({_COLUMNS})), '[]') AS text)
    FROM json_array_elements_text(CAST(:subjects AS json)) AS asked CROSS JOIN LATERAL (
        SELECT * FROM events
        WHERE events.subject = asked.value ORDER BY events.sequence DESC LIMIT 1
    ) AS found
), (
    SELECT CAST(coalesce(json_object_agg(subject, erased_at), '{{}}') AS text)
    FROM json_array_elements_text(CAST(:subjects AS json)) AS asked CROSS JOIN LATERAL (
        SELECT * FROM erasures WHERE erasures.subject = asked.value OFFSET 0
    ) AS found
)
""")  # noqa: S608 - names of columns only
_AROUND_ON_POSTGRESQL = text(f"""
SELECT CAST(coalesce(json_agg(json_build_array({", ".join(_NAMES)})), '[]') AS text) FROM (
    SELECT {_COLUMNS}
    FROM json_to_recordset(CAST(:ids AS json)) AS asked (subject text, event_id text)
    CROSS JOIN LATERAL (
        SELECT * FROM events
        WHERE events.subject = asked.subject AND events.event_id <= asked.event_id
        ORDER BY events.event_id DESC LIMIT 1
    ) AS found
    WHERE found.event_id = asked.event_id
    UNION ALL
    SELECT {_COLUMNS}
    FROM json_to_recordset(CAST(:stretches AS json))
        AS asked (subject text, first bigint, last bigint)
    CROSS JOIN LATERAL (
        SELECT * FROM events
        WHERE events.subject = asked.subject
          AND events.sequence BETWEEN asked.first AND asked.last OFFSET 0
    ) AS found
) AS found
""")  # noqa: S608 - names of columns only

_EVENTS = msgspec.json.Decoder(list[Stored])
_ERASED = msgspec.json.Decoder(dict[str, str])


def look_at_ends(connection: Connection, subjects: Collection[str]) -> Ends:
    """Where the records of some subjects end."""
    question = _ENDS_ON_POSTGRESQL if _is_postgresql(connection) else _ENDS_ON_SQLITE
    last, erased = connection.execute(question, {"subjects": _json([*subjects])}).one()
    return Ends({it.subject: it for it in _EVENTS.decode(last)}, _ERASED.decode(erased))


def look_around(connection: Connection, entries: Sequence[Entry]) -> list[Stored]:
    """What is stored that has the id of one of some events, or its number, or one beside it.

    The same may come more than once.
    """
    question = _AROUND_ON_POSTGRESQL if _is_postgresql(connection) else _AROUND_ON_SQLITE
    ids = [{"subject": entry.subject, "event_id": entry.event_id} for entry in entries]
    asked = {"ids": _json(ids), "stretches": _json([*_stretches(entries)])}
    return _EVENTS.decode(connection.execute(question, asked).scalar_one())


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()


def _stretches(entries: Iterable[Entry]) -> list[_Stretch]:
    """What lies around events; neighbours are taken together."""
    stretches: list[_Stretch] = []
    for subject, number in sorted((entry.subject, entry.sequence) for entry in entries):
        # No gap: a stretch holds at most two events more than were asked about.
        if stretches and stretches[-1].subject == subject and number <= stretches[-1].last:
            stretches[-1].last = number + 1
        else:
            stretches.append(_Stretch(subject, number - 1, number + 1))
    return stretches
