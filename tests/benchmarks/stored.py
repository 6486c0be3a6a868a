"""A database that already holds a lot, without the time it takes to send it all.

The rows are as long as real ones and have keys of the same form; nobody's hash is right in them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from components.endpoint.database import Database
from tests.endpoint.devices import Device

EVENTS_A_SUBJECT = 10


def fill_endpoint(file: Path, events: int) -> None:
    """Make an endpoint's database on SQLite that holds so many events."""
    with closing(Database(f"sqlite:///{file}")):
        pass
    made = Device().choose()
    filled = "x" * (len(made.notice.digest) * 9 if made.notice else 600)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # Only while it is filled: the endpoint sets up its own connections.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            """
            WITH RECURSIVE numbers (number) AS (
                SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < :events
            )
            INSERT INTO events
            SELECT printf('%043d', number / :each), number % :each + 1,
                   printf('%036d', number), :hash, :hash, 'purpose:nearby-cinema', 'given',
                   :body, printf('2021-11-01T08:%02d:%02d.000Z', number / 60 % 60, number % 60),
                   0, NULL
            FROM numbers
            """,
            {"events": events, "each": EVENTS_A_SUBJECT, "hash": "ab" * 32, "body": filled},
        )
