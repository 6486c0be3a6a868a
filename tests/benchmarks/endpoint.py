"""The endpoint as a process of its own against a no-op app, both under the same load.

Each event is validated whole and durable before it is answered: SQLite with synchronous FULL,
PostgreSQL with synchronous_commit on, as the endpoint always is.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec

from tests.databases.postgres import PostgresCluster
from tests.endpoint.devices import Device, batch
from tests.endpoint.processes import EndpointProcess

from .figures import Figure, Size
from .load import Answered, request, run_load

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 32


def measure(size: Size) -> list[Figure]:
    """One event a request on each database, in turn with the no-op; batches of fifty."""
    requests, rounds = (250, 3) if size is Size.FULL else (2, 1)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, PostgresCluster.create() as cluster:
        databases: dict[str, tuple[float, Callable[[int], str]]] = {
            "SQLite": (0.5, lambda number: f"sqlite:///{folder}/{number}.sqlite3"),
            "PostgreSQL": (0.4, lambda number: cluster.create_database(f"bench_{number}")),
        }
        for name, (least, url_of) in databases.items():
            figures += _single(name, least, url_of, requests, rounds)
            figures.append(_batches(name, url_of(99), 20 if size is Size.FULL else 1))
    return figures


def _single(
    name: str, least: float, url_of: Callable[[int], str], requests: int, rounds: int
) -> list[Figure]:
    ratios, tails, ours, theirs = [], [], [], []
    for number in range(rounds):
        load = _load(requests, 1)
        bare = _under(_noop(), load)
        durable = _under(_endpoint(url_of(number)), load)
        ours.append(durable.per_second)
        theirs.append(bare.per_second)
        ratios.append(durable.per_second / bare.per_second)
        tails.append(durable.p99 / bare.median)
    return [
        Figure(
            f"one durable event a request on {name} / a no-op app",
            statistics.median(ratios),
            at_least=least,
            behind={
                "endpoint, requests/s": statistics.median(ours),
                "no-op, requests/s": statistics.median(theirs),
            },
        ),
        Figure(
            f"the slowest hundredth on {name} / the no-op's median",
            statistics.median(tails),
            at_most=10,
        ),
    ]


def _batches(name: str, url: str, requests: int) -> Figure:
    answered = _under(_endpoint(url), _load(requests, 50))
    return Figure(f"events in batches of fifty on {name}", answered.per_second * 50, "events/s")


def _load(requests: int, events: int) -> list[list[bytes]]:
    """For each connection a device of its own, and its record cut into requests."""
    connections = []
    for _ in range(CONNECTIONS):
        device = Device()
        device.choose_many(requests * events)
        connections.append(
            [
                request(
                    device.events_path,
                    device.secret,
                    msgspec.json.encode(batch(device.made[start : start + events])),
                )
                for start in range(0, requests * events, events)
            ]
        )
    return connections


def _under(server: AbstractContextManager[str], load: list[list[bytes]]) -> Answered:
    with server as url:
        return run_load(url, load)


@contextmanager
def _endpoint(database_url: str) -> Iterator[str]:
    with EndpointProcess(database_url, more=("--no-rate-limits",)) as process:
        yield process.url


@contextmanager
def _noop() -> Iterator[str]:
    command = [sys.executable, "-m", "uvicorn", "tests.benchmarks.noop:app", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--no-access-log"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        yield _listening(process)
    finally:
        process.terminate()
        process.communicate()


def _listening(process: subprocess.Popen[str]) -> str:
    """Where it listens, once it says so."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        if found := re.search(r"http://\S+", line):
            return found.group()
        told.append(line)
    raise AssertionError(f"uvicorn ended: {''.join(told)}")
