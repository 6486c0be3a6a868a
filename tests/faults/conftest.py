"""The seed of the runs, and their figures at the end of the log."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.databases.postgres import PostgresCluster

from .report import table
from .runner import Outcome
from .standing_by import NAME

SEED = "20211101"
OUTCOMES = pytest.StashKey[list[Outcome]]()


@pytest.fixture
def seed() -> str:
    """``MINGSHI_FAULT_SEED`` if it is set, else the same one always."""
    return os.environ.get("MINGSHI_FAULT_SEED", SEED)


@pytest.fixture
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    """Takes what a run came to, to be printed."""
    return request.config.stash.setdefault(OUTCOMES, [])


@pytest.fixture
def server() -> Iterator[PostgresCluster]:
    """A server with an empty database, of the test's own: it is to be killed."""
    with PostgresCluster.create() as created:
        created.create_database(NAME)
        yield created


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    outcomes = config.stash.get(OUTCOMES, [])
    if not outcomes:
        return
    terminalreporter.section("fault runs")
    for line in table(outcomes):
        terminalreporter.write_line(line)
