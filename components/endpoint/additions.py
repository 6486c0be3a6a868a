"""Adding events: the rows of many batches in one go."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, text

from .entries import Entry


class Row(Entry, frozen=True):
    """A row of the table of events, all of its columns in its order: an event, and its answer."""

    received_at: str
    late: bool
    clock_skew_ms: int | None


_NAMES = Row.__struct_fields__
_INTO = f"INTO events ({', '.join(_NAMES)})"
_MARKS = f"({', '.join('?' * len(_NAMES))})"
# The driver keeps the last 128 statements prepared, so one for each number of rows up to this.
_ROWS_A_STATEMENT = 64

# All rows as one text of JSON. The driver writes lists in Python, sign by sign where there are
# quotation marks, and a body is full of them.
_NOT_TEXT = {"sequence": "bigint", "late": "boolean", "clock_skew_ms": "bigint"}
_COLUMNS = ", ".join(f"{name} {_NOT_TEXT.get(name, 'text')}" for name in _NAMES)
_ON_POSTGRESQL = text(
    f"INSERT {_INTO} SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS rows ({_COLUMNS})"  # noqa: S608 - our own columns
)


def add(connection: Connection, rows: Sequence[Row]) -> None:
    """Add events.

    Raises:
        OverflowError, sqlalchemy.exc.DBAPIError: They cannot be stored; none of them is.
    """
    # In one order, so that no two transactions wait for each other's keys.
    ordered = sorted(rows, key=lambda row: (row.subject, row.sequence))
    if connection.dialect.name == "postgresql":
        connection.execute(_ON_POSTGRESQL, {"rows": msgspec.json.encode(ordered).decode()})
    else:
        _add_on_sqlite(connection, ordered)


def _add_on_sqlite(connection: Connection, rows: Sequence[Row]) -> None:
    """Many rows a statement: each run of one gives the interpreter's lock away and waits for it.

    OR ROLLBACK: so that a statement can be taken back by itself, SQLite copies every page that it
    is about to change to a temporary file. Nothing of the transaction is to stay here.
    """
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        some = rows[start : start + _ROWS_A_STATEMENT]
        # To the driver itself: what SQLAlchemy does for each value takes longer than the insert.
        connection.exec_driver_sql(
            f"INSERT OR ROLLBACK {_INTO} VALUES {', '.join([_MARKS] * len(some))}",  # noqa: S608 - our own columns
            tuple(value for row in some for value in msgspec.structs.astuple(row)),
        )
