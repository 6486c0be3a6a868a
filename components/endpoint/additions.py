"""Adding events: the rows of many batches in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from .schema import EVENTS

_NAMES = tuple(column.name for column in EVENTS.c)
_INTO = f"INSERT INTO events ({', '.join(_NAMES)})"
_ON_SQLITE = f"{_INTO} VALUES ({', '.join(f':{name}' for name in _NAMES)})"

# One statement with a list for each column: a row each would be a journey each.
_NOT_TEXT = {"sequence": "bigint", "late": "boolean", "clock_skew_ms": "bigint"}
_LISTS = ", ".join(f"CAST(:{name} AS {_NOT_TEXT.get(name, 'text')}[])" for name in _NAMES)
_ON_POSTGRESQL = text(f"{_INTO} SELECT * FROM unnest({_LISTS})")  # noqa: S608 - our own columns


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add events, each with every column of the table.

    Raises:
        OverflowError, sqlalchemy.exc.DBAPIError: They cannot be stored; none of them is.
    """
    # In one order, so that no two transactions wait for each other's keys.
    ordered = sorted(rows, key=lambda row: (row["subject"], row["sequence"]))
    if connection.dialect.name == "postgresql":
        lists = {name: [row[name] for row in ordered] for name in _NAMES}
        connection.execute(_ON_POSTGRESQL, lists)
    else:
        # To the driver itself: what SQLAlchemy does for each value takes longer than the insert.
        connection.exec_driver_sql(_ON_SQLITE, [dict(row) for row in ordered])
