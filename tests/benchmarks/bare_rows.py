"""Rows put straight into the endpoint's table, by nobody who looks at them: what a disk takes."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import psycopg

from components.consent.durability import make_durable
from components.endpoint.schema import EVENTS
from tests.endpoint.devices import Device

NAMES = tuple(column.name for column in EVENTS.c)
_Row = tuple[object, ...]


def _rows(number: int) -> list[_Row]:
    """Rows as long as those of real events, of one new subject."""
    made = Device().choose()
    body = msgspec.json.encode(made.to_json(), order="sorted").decode()
    subject = secrets.token_urlsafe(32)
    return [
        (
            *(subject, sequence, f"{secrets.token_hex(18)}", made.hash, made.previous_hash),
            *(str(made.target), made.status.value, body, "2021-11-01T08:00:00.000Z"),
            *(False, None),
        )
        for sequence in range(1, number + 1)
    ]


def on_sqlite(file: Path, commits: int, rows: int) -> float:
    """Rows a second, so many a commit, with synchronous FULL."""
    insert = f"INSERT INTO events VALUES ({', '.join('?' * len(NAMES))})"  # noqa: S608 - marks alone
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        make_durable(connection, 5)

        def commit(batch: Sequence[_Row]) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(insert, batch)
            connection.execute("COMMIT")

        return _rate(commit, commits, rows)


def on_postgresql(connection: psycopg.Connection, commits: int, rows: int) -> float:
    """Rows a second, so many a commit, with synchronous_commit on."""
    values = f"({', '.join(['%s'] * len(NAMES))})"
    insert = f"INSERT INTO events VALUES {', '.join([values] * rows)}"  # noqa: S608 - marks alone

    def commit(batch: Sequence[_Row]) -> None:
        connection.execute(insert.encode(), [value for row in batch for value in row])
        connection.commit()

    return _rate(commit, commits, rows)


def _rate(commit: Callable[[Sequence[_Row]], None], commits: int, rows: int) -> float:
    batches = [_rows(rows) for _ in range(commits)]
    start = time.perf_counter()
    for batch in batches:
        commit(batch)
    return commits * rows / (time.perf_counter() - start)
