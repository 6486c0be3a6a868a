"""Devices, a bad network and one endpoint on SQLite: nothing lost, doubled or reordered."""

from __future__ import annotations

from pathlib import Path

import pytest

from .runner import FaultRun, Outcome, Victim


@pytest.mark.timeout(500)
def test_nothing_goes_wrong_on_sqlite(tmp_path: Path, seed: str, outcomes: list[Outcome]) -> None:
    devices = tmp_path / "devices"
    devices.mkdir()
    run = FaultRun(
        "SQLite", devices, f"sqlite:///{tmp_path}/endpoint.sqlite3", replicas=1, seed=seed
    )
    outcomes.append(run.run([Victim.CLIENT, Victim.REPLICA] * 5))
