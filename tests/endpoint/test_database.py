"""Transactions that are overtaken, cut off, or never answered."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from components.endpoint.database import (
    Database,
    OutcomeUnknown,
    UnsuitableDatabase,
    lock_subjects,
)
from components.endpoint.schema import ERASURES
from tests.databases.postgres import PostgresCluster, wait_until

from .tampering import alter


def erased(subject: str) -> dict[str, str]:
    return {"subject": subject, "erased_at": "2021-11-01T08:00:00.000Z", "erased_by": "subject"}


def subjects(connection: Connection) -> list[str]:
    wanted = select(ERASURES.c.subject).order_by(ERASURES.c.subject)
    return list(connection.execute(wanted).scalars())


@pytest.fixture
def opened(postgresql_url: str) -> Iterator[Database]:
    database = Database(postgresql_url)
    yield database
    database.close()


def both(database: Database, *works: Callable[[Connection], object]) -> list[object]:
    """Write several things at the same time; what each gave or raised."""
    outcomes: list[object] = [None] * len(works)

    def run(number: int) -> None:
        try:
            outcomes[number] = database.write(works[number])
        except Exception as error:
            outcomes[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class Meeting:
    """Makes two transactions meet in the middle of their first attempts, and counts attempts."""

    def __init__(self) -> None:
        self.attempts = 0
        self._barrier = threading.Barrier(2)
        self._met = threading.Event()

    def begin(self) -> None:
        self.attempts += 1

    def meet(self) -> None:
        if not self._met.is_set():
            self._barrier.wait(30)
            self._met.set()


def test_a_key_that_another_wrote_meanwhile_is_looked_at_again(opened: Database) -> None:
    meeting = Meeting()

    def work(connection: Connection) -> str:
        meeting.begin()
        if subjects(connection):
            return "there already"
        meeting.meet()
        connection.execute(insert(ERASURES), erased("a"))
        return "written"

    assert sorted(map(str, both(opened, work, work))) == ["there already", "written"]
    assert meeting.attempts == 3


def test_what_could_not_be_serialized_is_run_again(opened: Database) -> None:
    meeting = Meeting()

    def work(name: str) -> Callable[[Connection], int]:
        def count_and_add(connection: Connection) -> int:
            meeting.begin()
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
            count = len(subjects(connection))
            meeting.meet()
            connection.execute(insert(ERASURES), erased(name))
            return count

        return count_and_add

    assert sorted(map(str, both(opened, work("a"), work("b")))) == ["0", "1"]
    # More than once, if the database sees fit.
    assert meeting.attempts >= 3


def test_a_deadlock_is_run_again(opened: Database) -> None:
    rows = [erased("a"), erased("b")]
    opened.write(lambda connection: connection.execute(insert(ERASURES), rows))
    meeting = Meeting()

    def work(names: str) -> Callable[[Connection], None]:
        def lock(connection: Connection) -> None:
            meeting.begin()
            for name in names:
                row = select(ERASURES).where(ERASURES.c.subject == name).with_for_update()
                connection.execute(row)
                if name == names[0]:
                    meeting.meet()

        return lock

    assert both(opened, work("ab"), work("ba")) == [None, None]
    # More than once, if the one that was called off takes its first row again before the other,
    # which waits for that row, has been woken.
    assert meeting.attempts >= 3


def test_a_database_that_can_never_order_it_is_given_up(opened: Database) -> None:
    attempts: list[int] = []

    def work(connection: Connection) -> None:
        attempts.append(1)
        connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(OperationalError):
        opened.write(work)
    assert 5 < len(attempts) < 20


def test_what_is_wrong_itself_is_not_tried_again(opened: Database) -> None:
    attempts: list[int] = []

    def work(connection: Connection) -> None:
        attempts.append(1)
        connection.execute(insert(ERASURES), {"subject": "a"})

    with pytest.raises(IntegrityError):
        opened.write(work)
    assert len(attempts) == 1


def test_writers_of_one_subject_stand_in_line(opened: Database) -> None:
    order: list[str] = []
    first_has_it = threading.Event()

    def first(connection: Connection) -> None:
        lock_subjects(connection, ["a", "b"])
        first_has_it.set()
        wait_until(lambda: _waiting(opened) == 1)
        order.append("first")
        connection.execute(insert(ERASURES), erased("a"))

    def second(connection: Connection) -> None:
        assert first_has_it.wait(30)
        lock_subjects(connection, ["c", "b"])
        # What the first one did is seen, now that it is done.
        order.append(f"second sees {subjects(connection)}")

    assert both(opened, first, second) == [None, None]
    assert order == ["first", "second sees ['a']"]


def _waiting(database: Database) -> int:
    question = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with database.engine.connect() as connection:
        return int(connection.execute(text(question)).scalar_one())


def _cut(cluster: PostgresCluster, connection: Connection) -> None:
    pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with cluster.connect() as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


def test_a_connection_lost_before_the_commit_is_made_again(
    opened: Database, postgresql: PostgresCluster
) -> None:
    attempts: list[int] = []

    def work(connection: Connection) -> list[str]:
        attempts.append(1)
        connection.execute(insert(ERASURES), erased("a"))
        if len(attempts) == 1:
            _cut(postgresql, connection)
        return subjects(connection)

    assert opened.write(work) == ["a"]
    assert len(attempts) == 2
    attempts.clear()

    def look(connection: Connection) -> list[str]:
        attempts.append(1)
        if len(attempts) == 1:
            _cut(postgresql, connection)
        return subjects(connection)

    assert opened.read(look) == ["a"]
    assert len(attempts) == 2


def test_a_primary_that_takes_no_more_writes_is_left(opened: Database) -> None:
    pids: list[int] = []

    def work(connection: Connection) -> None:
        if not pids:
            connection.execute(text("SET TRANSACTION READ ONLY"))
        pids.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        connection.execute(insert(ERASURES), erased("a"))

    opened.write(work)
    assert len(set(pids)) == len(pids) == 2


def test_a_reader_sees_one_moment_and_cannot_write(opened: Database) -> None:
    def look(connection: Connection) -> int:
        before = len(subjects(connection))
        opened.write(lambda other: other.execute(insert(ERASURES), erased("a")))
        return before + len(subjects(connection))

    assert opened.read(look) == 0
    with pytest.raises(DBAPIError, match="read-only"):
        opened.read(lambda connection: connection.execute(insert(ERASURES), erased("b")))
    assert opened.read(subjects) == ["a"]


def test_a_reader_of_sqlite_sees_one_moment(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    def look(connection: Connection) -> int:
        before = len(subjects(connection))
        database.write(lambda other: other.execute(insert(ERASURES), erased("a")))
        return before + len(subjects(connection))

    assert database.read(look) == 0
    assert database.read(subjects) == ["a"]
    database.close()


def test_a_busy_file_is_waited_for(sqlite_url: str, database: Path) -> None:
    opened = Database(f"{sqlite_url}?timeout=0")
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    refused: list[object] = []

    def release(context: object) -> None:
        refused.append(context)
        if len(refused) == 3:
            other.execute("ROLLBACK")

    event.listen(opened.engine, "handle_error", release)
    opened.write(lambda connection: connection.execute(insert(ERASURES), erased("a")))
    assert len(refused) == 3
    other.close()
    opened.close()


def test_a_writing_transaction_of_sqlite_holds_the_lock_from_its_start(
    sqlite_url: str, database: Path
) -> None:
    opened = Database(sqlite_url)
    other = sqlite3.connect(database, timeout=0, isolation_level=None, check_same_thread=False)

    def lock(_connection: Connection) -> None:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")

    opened.read(lock)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        opened.write(lock)
    other.close()
    opened.close()


def test_a_commit_to_a_file_is_on_the_disk_before_it_returns(sqlite_url: str) -> None:
    opened = Database(sqlite_url)
    with opened.engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        full = 2
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == full
    opened.close()


def _setting(url: str, name: str) -> str:
    database = Database(url)
    value: str = database.write(
        lambda connection: connection.execute(text(f"SHOW {name}")).scalar_one()
    )
    database.close()
    return value


@pytest.mark.parametrize(
    ("configured", "used"),
    [("off", "on"), ("local", "on"), ("remote_write", "on"), ("remote_apply", "remote_apply")],
)
def test_a_commit_waits_for_the_disk_whatever_the_server_is_set_to(
    postgresql_url: str, configured: str, used: str
) -> None:
    name = postgresql_url.rpartition("/")[2]
    alter(postgresql_url, f"ALTER DATABASE {name} SET synchronous_commit = {configured}")
    assert _setting(postgresql_url, "synchronous_commit") == used


def test_the_level_of_isolation_is_not_the_servers_to_choose(postgresql_url: str) -> None:
    name = postgresql_url.rpartition("/")[2]
    alter(postgresql_url, f"ALTER DATABASE {name} SET default_transaction_isolation = serializable")
    assert _setting(postgresql_url, "transaction_isolation") == "read committed"


def test_a_plain_postgresql_url_is_one(postgresql_url: str) -> None:
    database = Database(postgresql_url.replace("postgresql+psycopg:", "postgresql:"))
    assert database.read(lambda connection: connection.execute(select(func.now())).scalar_one())
    database.close()


def test_the_urls_own_settings_come_first(postgresql_url: str) -> None:
    assert _setting(postgresql_url, "application_name") == "mingshi-endpoint"
    assert _setting(f"{postgresql_url}?application_name=mine", "application_name") == "mine"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+psycopg://user:secret@host",
        "postgresql+psycopg2://user:secret@host/database",
        "postgresql://user:secret@a:1,b:2/database",
        "mysql://user:secret@host/database",
        "sqlite+aiosqlite:///file",
        "secret words",
    ],
)
def test_what_is_no_place_for_a_record(url: str) -> None:
    with pytest.raises(UnsuitableDatabase) as refused:
        Database(url)
    assert "secret" not in str(refused.value)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnsuitableDatabase, match=r"mingshi\[postgresql\]"):
        Database("postgresql://host/database")


def test_an_unknown_outcome_is_an_error_of_the_database() -> None:
    error = OutcomeUnknown("COMMIT", None, RuntimeError("cut off"))
    assert isinstance(error, OperationalError)
    assert "cut off" in str(error)
