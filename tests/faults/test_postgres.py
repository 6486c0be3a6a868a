"""The same with two replicas of the endpoint on PostgreSQL, alone and with a standby."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases.postgres import PostgresCluster

from .checks import acknowledged, stored_rows
from .runner import FaultRun, Outcome, Victim
from .standing_by import NAME, start_again, until_a_commit_waits


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    folder = tmp_path / "devices"
    folder.mkdir()
    return folder


@pytest.mark.timeout(500)
def test_nothing_goes_wrong_on_postgresql(
    server: PostgresCluster, devices: Path, seed: str, outcomes: list[Outcome]
) -> None:
    def kill_database(_victim: Victim) -> str:
        server.kill()
        start_again(server)
        return ""

    run = FaultRun("PostgreSQL, 2 replicas", devices, server.url(NAME), replicas=2, seed=seed)
    turns = [Victim.CLIENT, Victim.REPLICA, Victim.DATABASE] * 4
    outcomes.append(run.run(turns, kill_database))


@pytest.mark.timeout(500)
def test_a_standby_takes_over_with_everything_acknowledged(
    server: PostgresCluster, devices: Path, seed: str, outcomes: list[Outcome]
) -> None:
    with server.make_standby() as standby:
        run = FaultRun(
            "PostgreSQL, 2 replicas, standby",
            devices,
            server.url_with(standby, NAME),
            replicas=2,
            seed=seed,
        )
        turns = [Victim.CLIENT, Victim.REPLICA, Victim.PRIMARY, Victim.REPLICA, Victim.CLIENT]
        outcomes.append(run.run(turns, lambda _victim: take_over(server, standby, run)))


@pytest.mark.timeout(500)
def test_a_standby_takes_over_that_was_behind(
    server: PostgresCluster, devices: Path, seed: str, outcomes: list[Outcome]
) -> None:
    """The primary has commits on its disk, when it dies, that its standby never heard of."""

    def fall_behind_and_take_over(_victim: Victim) -> str:
        standby.kill()
        until_a_commit_waits(server)
        return f"the standby was killed first; {take_over(server, standby, run)}"

    with server.make_standby() as standby:
        run = FaultRun(
            "PostgreSQL, 2 replicas, standby behind",
            devices,
            server.url_with(standby, NAME),
            replicas=2,
            seed=seed,
        )
        outcomes.append(run.run([Victim.PRIMARY], fall_behind_and_take_over, choices=1500))


def take_over(primary: PostgresCluster, standby: PostgresCluster, run: FaultRun) -> str:
    """Kill the primary for good; the standby takes its place, with all that was acknowledged."""
    primary.kill()
    # Whatever a device was told by now, it was told by the server that is no more.
    told = acknowledged(run.ledgers())
    start_again(standby)
    standby.promote()
    kept = {row["event_id"] for row in stored_rows(standby.url(NAME))}
    assert told, "nothing was acknowledged before the primary was killed"
    assert told <= kept, f"acknowledged and lost: {len(told - kept)} of {len(told)}"
    return f"{len(told)} acknowledged before the primary died, 0 of them lost"
