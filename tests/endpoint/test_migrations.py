"""Tables of earlier code are brought to today's, once, with all that is in them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, delete, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from components.consent.event import GENESIS, Event
from components.endpoint.database import Database, UnsuitableDatabase
from components.endpoint.migrations import LATEST, LOCK, configuration
from components.endpoint.schema import AUDIT, EVENTS, METADATA
from components.endpoint.store import Arrival, Contradicted, Store
from tests.databases.postgres import OWNER, PostgresCluster, wait_until

from .devices import Device, entries
from .processes import ROOT

GOLDEN = Path(__file__).with_name("golden") / "version_1.sql"
FIRST = "QyKnMBzKOmApONj7edY2JJAPSdYx-mcwLm1Tv__elHw"
SECOND = "DUb_hUpRW7AJcAS2hhyPbLYpBCm07nL7cLscWmp9Dbk"


def golden_rows() -> list[dict[str, Any]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(GOLDEN.read_text("utf-8"))
        connection.row_factory = sqlite3.Row
        return [
            {**row, "late": bool(row["late"])} for row in connection.execute("SELECT * FROM events")
        ]


@pytest.fixture
def empty_url(
    request: pytest.FixtureRequest, database: Path, postgresql: PostgresCluster
) -> Iterator[str]:
    """A database without any table, of the kind that the test is run for."""
    if request.param == "sqlite":
        database.parent.mkdir()
        yield f"sqlite:///{database}"
    else:
        yield postgresql.create_database("empty")
        postgresql.drop_database("empty")


on_both = pytest.mark.parametrize("empty_url", ["sqlite", "postgresql"], indirect=True)


def write_version_1(url: str, database: Path) -> None:
    """The golden database. PostgreSQL was not to be had then: the first step and the same rows."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(GOLDEN.read_text("utf-8"))
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "1")
        rows = golden_rows()
        columns = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        connection.execute(text(f"INSERT INTO events ({columns}) VALUES ({values})"), rows)  # noqa: S608
    engine.dispose()


@on_both
def test_a_database_of_the_first_version_is_brought_up_whole(
    empty_url: str, database: Path
) -> None:
    write_version_1(empty_url, database)
    opened = Database(empty_url)
    store = Store(opened)
    first, second = store.record(FIRST), store.record(SECOND)
    # Reading them has taken their hashes again.
    assert [event.sequence for event in first] == [1, 2, 3, 4]
    assert [event.sequence for event in second] == [1, 3]
    before = {(row["subject"], row["sequence"]): row for row in golden_rows()}
    rows = opened.read(
        lambda connection: (
            connection.execute(select(EVENTS).order_by(EVENTS.c.subject, EVENTS.c.sequence))
            .mappings()
            .all()
        )
    )
    assert len(rows) == len(before)
    for row in rows:
        old = before[row["subject"], row["sequence"]]
        assert {name: row[name] for name in old} == old
        event = Event.from_json(json.loads(row["body"]))
        assert (row["previous_hash"], row["target"], row["status"]) == (
            event.previous_hash,
            str(event.target),
            event.status.value,
        )
    assert rows[0]["previous_hash"] == GENESIS
    # What was missing may still come, and is held against the new column.
    stray = Device()
    stray.subject = SECOND
    [verdict] = store.take([Arrival(SECOND, entries(stray.choose_many(2)[1:]), "2021-11-02", None)])
    assert isinstance(verdict, Contradicted)
    assert [fault.code for fault in verdict.faults] == ["broken-chain"]
    opened.close()


@on_both
def test_it_is_written_on_and_opened_again(empty_url: str, database: Path, device: Device) -> None:
    write_version_1(empty_url, database)
    for _ in range(2):
        opened = Database(empty_url)
        Store(opened).take(
            [Arrival(device.subject, entries([device.choose()]), "2021-11-01T08:00:00.000Z", None)]
        )
        opened.close()
    opened = Database(empty_url)
    assert Store(opened).record(device.subject) == device.made
    opened.close()


def test_older_code_leaves_the_new_tables_alone(sqlite_url: str, database: Path) -> None:
    Database(sqlite_url).close()
    with closing(sqlite3.connect(database)) as connection:
        # What the first version asks, and refuses above 1.
        assert connection.execute("PRAGMA user_version").fetchone() == (LATEST,)


@on_both
def test_a_step_that_fails_changes_nothing(empty_url: str, database: Path) -> None:
    write_version_1(empty_url, database)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE events SET body = 'no JSON' WHERE sequence = 4"))
    with pytest.raises(DBAPIError):
        Database(empty_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == 6
        assert "previous_hash" not in {
            column["name"] for column in inspect(connection).get_columns("events")
        }
        connection.execute(text("DELETE FROM events WHERE sequence = 4"))
    engine.dispose()
    opened = Database(empty_url)
    assert len(Store(opened).record(FIRST)) == 3
    opened.close()


def test_the_steps_make_the_tables_that_the_code_uses(database_url: str) -> None:
    opened = Database(database_url)

    def differences(connection: Connection) -> list[Any]:
        partitions: set[str] = set()
        if connection.dialect.name == "postgresql":
            found = "SELECT inhrelid::regclass::text FROM pg_inherits"
            partitions = set(connection.execute(text(found)).scalars())
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: (
                    not (kind == "table" and name in partitions)
                ),
            },
        )
        return list(compare_metadata(context, METADATA))

    assert opened.read(differences) == []
    opened.close()


def test_the_steps_are_numbered_one_after_another() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        steps = [step.revision for step in script.walk_revisions()]
    engine.dispose()
    assert steps == [str(number) for number in range(LATEST, 0, -1)]


def test_events_are_spread_over_partitions(postgresql_url: str) -> None:
    opened = Database(postgresql_url)
    devices = [Device() for _ in range(64)]
    Store(opened).take(
        [
            Arrival(device.subject, entries([device.choose()]), "2021-11-01T08:00:00.000Z", None)
            for device in devices
        ]
    )
    with opened.engine.connect() as connection:
        partitions = connection.execute(
            text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass")
        ).scalar_one()
        used = connection.execute(text("SELECT count(DISTINCT tableoid) FROM events")).scalar_one()
    opened.close()
    assert partitions == 16
    assert used > 8


@pytest.mark.parametrize("number", [LATEST + 1, 99])
def test_a_file_of_newer_code_is_left_alone(sqlite_url: str, database: Path, number: int) -> None:
    Database(sqlite_url).close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(UnsuitableDatabase, match=str(number)):
        Database(sqlite_url)


@pytest.mark.parametrize("name", ["99", "a1b2c3"])
def test_a_database_of_newer_code_is_left_alone(postgresql_url: str, name: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})
    engine.dispose()
    with pytest.raises(UnsuitableDatabase, match=name):
        Database(postgresql_url)


OPEN = "import sys; from components.endpoint.database import Database; Database(sys.argv[1])"


@on_both
def test_processes_that_start_together_make_the_tables_once(empty_url: str) -> None:
    starting = [
        subprocess.Popen([sys.executable, "-c", OPEN, empty_url], cwd=ROOT) for _ in range(4)
    ]
    assert [process.wait(120) for process in starting] == [0] * 4
    opened = Database(empty_url)
    Store(opened).check()
    opened.close()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_process_waits_while_another_makes_the_tables(
    empty_url: str, postgresql: PostgresCluster
) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    name = empty_url.rpartition("/")[2]
    with postgresql.connect(name) as first:
        first.execute(sql.SQL("SELECT pg_advisory_lock({})").format(sql.Literal(LOCK)))
        second = subprocess.Popen([sys.executable, "-c", OPEN, empty_url], cwd=ROOT)
        wait_until(lambda: first.execute(waiting).fetchone() == (1,))
        assert first.execute("SELECT to_regclass('events')").fetchone() == (None,)
    assert second.wait(120) == 0


def test_a_role_that_may_not_change_tables_can_run_it(
    postgresql_url: str, postgresql: PostgresCluster, device: Device
) -> None:
    name = postgresql_url.rpartition("/")[2]
    role = sql.Identifier(f"clerk_{name}")
    postgresql.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    granted = "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {}"
    postgresql.execute(sql.SQL(granted).format(role), name)
    opened = Database(postgresql_url.replace(f"{OWNER}@", f"clerk_{name}@"))
    Store(opened).take(
        [Arrival(device.subject, entries([device.choose()]), "2021-11-01T08:00:00.000Z", None)]
    )
    assert Store(opened).record(device.subject) == device.made
    opened.close()


@pytest.fixture
def recorded(database_url: str, device: Device) -> Iterator[Engine]:
    """A database that holds two events and an entry of the audit."""
    opened = Database(database_url)
    Store(opened).take(
        [Arrival(device.subject, entries(device.choose_many(2)), "2021-11-01T08:00:00.000Z", None)]
    )
    entry = {"subject": "", "entry_id": "1", "at": "now", "officer": "li-na", "action": "export"}
    opened.write(lambda connection: connection.execute(insert(AUDIT), {**entry, "detail": "{}"}))
    yield opened.engine
    opened.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET hash = previous_hash",
        "UPDATE events SET previous_hash = hash",
        "UPDATE events SET body = '{}'",
        "UPDATE events SET status = 'given', target = 'purpose:other'",
        "UPDATE events SET received_at = '2020-01-01T00:00:00.000Z'",
        "UPDATE events SET clock_skew_ms = 5",
        "UPDATE events SET body = NULL, late = NOT late",
        "DELETE FROM events",
        "DELETE FROM audit",
        "UPDATE audit SET officer = 'nobody'",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(recorded: Engine, change: str) -> None:
    with pytest.raises(IntegrityError, match="only added"), recorded.begin() as connection:
        connection.execute(text(change))


def test_postgresql_refuses_to_empty_the_tables(postgresql_url: str) -> None:
    opened = Database(postgresql_url)
    for table in ("events", "audit"):
        with (
            pytest.raises(IntegrityError, match="only added"),
            opened.engine.begin() as connection,
        ):
            connection.execute(text(f"TRUNCATE {table}"))
    opened.close()


def test_erasure_may_take_bodies_out(recorded: Engine) -> None:
    with recorded.begin() as connection:
        connection.execute(text("UPDATE events SET body = NULL, target = NULL, status = NULL"))
    with recorded.begin() as connection:
        assert connection.execute(select(EVENTS.c.body)).scalars().all() == [None, None]
        with pytest.raises(IntegrityError):
            connection.execute(delete(EVENTS))
