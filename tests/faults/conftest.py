"""The seed of the runs, and their figures at the end of the log."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.databases.postgres import PostgresCluster

from .report import PROPERTY, entry
from .runner import Outcome
from .standing_by import NAME

SEED = "20211101"


@pytest.fixture
def seed() -> str:
    """``MINGSHI_FAULT_SEED`` if it is set, else the same one always."""
    return os.environ.get("MINGSHI_FAULT_SEED", SEED)


@pytest.fixture
def outcomes(record_property: Callable[[str, object], None]) -> Iterator[list[Outcome]]:
    """Takes what a run came to, to be printed at the end of the log by tests/conftest.py."""
    came: list[Outcome] = []
    yield came
    for outcome in came:
        record_property(PROPERTY, entry(outcome))


@pytest.fixture
def server() -> Iterator[PostgresCluster]:
    """A server with an empty database, of the test's own: it is to be killed."""
    with PostgresCluster.create() as created:
        created.create_database(NAME)
        yield created
