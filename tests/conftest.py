"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    from .databases.postgres import PostgresCluster


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio: Flet is written for it."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresCluster]:
    """A PostgreSQL server for databases of single tests; not to be stopped or changed."""
    from .databases.postgres import PostgresCluster

    with PostgresCluster.create() as cluster:
        yield cluster


# The suite says the same of the same code, however slow the machine: no test is timed.
# `HYPOTHESIS_PROFILE=explore` looks for new examples.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# A mutant is noticed by any example; nobody reads the smallest one.
settings.register_profile("mutants", derandomize=True, phases=[Phase.explicit, Phase.generate])
settings.register_profile("explore", derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that may take longest, by the time that their tests are given.

    At the end only short ones are left, so that no process waits long for the last of another.
    """
    longest: dict[Path, float] = {}
    for item in items:
        marker = item.get_closest_marker("timeout")
        given = 0.0 if marker is None else float(marker.args[0])
        longest[item.path] = max(given, longest.get(item.path, 0.0))
    items.sort(key=lambda item: -longest[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the fault runs came to, in whichever process they ran."""
    from .faults.report import PROPERTY, Entry, table

    reports = [it for kind in terminalreporter.stats.values() for it in kind]
    entries: list[Entry] = [
        cast(Entry, value)
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "teardown"
        for name, value in report.user_properties
        if name == PROPERTY
    ]
    if entries:
        terminalreporter.section("fault runs")
        for line in table(entries):
            terminalreporter.write_line(line)
