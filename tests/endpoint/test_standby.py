"""A primary that dies, a standby that takes over, and what was promised in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from psycopg import sql

from components.endpoint.database import Database, OutcomeUnknown, UnsuitableDatabase
from components.endpoint.judgement import Arrival, Taken, Verdict
from components.endpoint.store import Store
from tests.databases.postgres import PostgresCluster, wait_until

from .devices import Device, entries

NAME = "consent"
NOBODY = "nobody"


@pytest.fixture
def primary() -> Iterator[PostgresCluster]:
    """A server of the test's own, to be changed and killed."""
    with PostgresCluster.create() as cluster:
        cluster.create_database(NAME)
        yield cluster


def arrival(device: Device) -> Arrival:
    return Arrival(device.subject, entries(device.made), "2021-11-01T08:00:00.000Z", None)


class Taking(threading.Thread):
    """A batch on its way into the store."""

    def __init__(self, database: Database, device: Device) -> None:
        super().__init__()
        self._store = Store(database)
        self._device = device
        self.verdict: Verdict | None = None
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            [self.verdict] = self._store.take([arrival(self._device)])
        except Exception as error:
            self.error = error


def waiting_for_standby(cluster: PostgresCluster) -> list[int]:
    """The processes whose commit waits for a standby."""
    found = cluster.execute(
        sql.SQL("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    )
    return [pid for (pid,) in found if isinstance(pid, int)]


def act_on(cluster: PostgresCluster, act: str) -> None:
    """Do something to the one process whose commit waits."""
    wait_until(lambda: len(waiting_for_standby(cluster)) == 1)
    [pid] = waiting_for_standby(cluster)
    cluster.execute(sql.SQL("SELECT {}({})").format(sql.Identifier(act), sql.Literal(pid)))


@pytest.mark.parametrize("act", ["pg_terminate_backend", "pg_cancel_backend"])
def test_what_no_standby_confirmed_is_not_acknowledged(
    primary: PostgresCluster, device: Device, act: str
) -> None:
    database = Database(primary.url(NAME))
    device.choose_many(2)
    # No such standby is there, so every commit waits.
    primary.set("synchronous_standby_names", NOBODY)
    taking = Taking(database, device)
    act_on(primary, act)
    taking.join()
    assert isinstance(taking.error, OutcomeUnknown)
    # It is on the primary's disk by now, so it is known; that is no reason to acknowledge it.
    again = Taking(database, device)
    wait_until(lambda: len(waiting_for_standby(primary)) == 1)
    assert again.is_alive()
    primary.set("synchronous_standby_names", "")
    again.join()
    assert isinstance(again.verdict, Taken)
    assert [one.outcome for one in again.verdict.acknowledgements] == ["replayed"] * 2
    database.close()


def test_the_endpoint_follows_the_standby_that_took_over(
    primary: PostgresCluster, device: Device
) -> None:
    Database(primary.url(NAME)).close()
    with primary.make_standby() as standby:
        database = Database(primary.url_with(standby, NAME))
        store = Store(database)
        device.choose_many(3)
        [verdict] = store.take([arrival(device)])
        assert isinstance(verdict, Taken)
        primary.kill()
        standby.promote()
        # Read, written, and known as before, over connections that were the old primary's.
        assert store.record(device.subject) == device.made
        device.choose()
        [verdict] = store.take([arrival(device)])
        assert isinstance(verdict, Taken)
        assert [one.outcome for one in verdict.acknowledgements] == ["replayed"] * 3 + ["stored"]
        database.close()


def test_a_server_that_was_killed_and_came_back_is_used_again(
    primary: PostgresCluster, device: Device
) -> None:
    database = Database(primary.url(NAME))
    device.choose_many(3)
    Store(database).take([arrival(device)])
    primary.kill()
    primary.start()
    assert Store(database).record(device.subject) == device.made
    database.close()


def test_a_server_that_does_not_write_to_its_disk_is_refused(primary: PostgresCluster) -> None:
    primary.set("fsync", "off")
    with pytest.raises(UnsuitableDatabase, match="fsync"):
        Database(primary.url(NAME))
