"""The endpoint as a process of its own against a no-op app, both under the same load.

Each event is validated whole and durable before it is answered: SQLite with synchronous FULL,
PostgreSQL with synchronous_commit on, as the endpoint always is.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from components.endpoint.database import Database
from tests.databases.postgres import PostgresCluster

from .bare_rows import on_postgresql, on_sqlite
from .figures import Figure, Size
from .load import Answered, Load, new_load, run_load
from .servers import NOOP, Server, endpoint, serving

CONNECTIONS = 32
"""How many clients ask at once, each again as soon as it was answered."""

_BATCH = 50


@dataclass(frozen=True)
class Measured:
    """What a server did under a load.

    Attributes:
        answered: How fast it answered.
        processor: Seconds of the processor for each request.
    """

    answered: Answered
    processor: float


def measure(size: Size) -> list[Figure]:
    """One event a request on each database, in turn with the no-op; batches of fifty."""
    requests, rounds = (200, 5) if size is Size.FULL else (2, 1)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, PostgresCluster.create() as cluster:
        databases: dict[str, tuple[float, Callable[[str], str]]] = {
            "SQLite": (0.5, lambda name: f"sqlite:///{folder}/{name}.sqlite3"),
            "PostgreSQL": (0.4, lambda name: cluster.create_database(f"bench_{name}")),
        }
        for name, (least, url_of) in databases.items():
            figures += _single(name, least, url_of, requests, rounds)
            figures.append(_batches(name, url_of, size))
    return figures


def under(server: Server, load: Load) -> Measured:
    """Put a running server under a load."""
    before = server.processor_seconds()
    answered = run_load(server.url, load)
    return Measured(answered, (server.processor_seconds() - before) / sum(map(len, load)))


def fresh(command: list[str] | tuple[str, ...], load: Load) -> Measured:
    """Start a server and put it under a load."""
    with serving(command) as server:
        return under(server, load)


def _single(
    name: str, least: float, url_of: Callable[[str], str], requests: int, rounds: int
) -> list[Figure]:
    pairs = []
    for number in range(rounds):
        load = new_load(CONNECTIONS, requests)
        pairs.append((fresh(endpoint(url_of(f"{number}")), load), fresh(NOOP, load)))
    middle = statistics.median
    return [
        Figure(
            f"one durable event a request on {name} / a no-op app",
            middle(it.answered.per_second / bare.answered.per_second for it, bare in pairs),
            at_least=least,
            behind={
                "endpoint, requests/s": middle(it.answered.per_second for it, _ in pairs),
                "no-op, requests/s": middle(bare.answered.per_second for _, bare in pairs),
                "endpoint, µs of processor": middle(it.processor * 1e6 for it, _ in pairs),
                "no-op, µs of processor": middle(bare.processor * 1e6 for _, bare in pairs),
            },
        ),
        Figure(
            f"the slowest hundredth on {name} / the no-op's median",
            middle(it.answered.p99 / bare.answered.median for it, bare in pairs),
            at_most=10,
            behind={
                "endpoint p99, ms": middle(it.answered.p99 * 1e3 for it, _ in pairs),
                "no-op p50, ms": middle(bare.answered.median * 1e3 for _, bare in pairs),
            },
        ),
    ]


def _batches(name: str, url_of: Callable[[str], str], size: Size) -> Figure:
    """Our batches against rows that a program puts straight into the same tables."""
    requests, rounds = (16, 3) if size is Size.FULL else (1, 1)
    ours, bare = [], []
    for number in range(rounds):
        load = new_load(CONNECTIONS, requests, _BATCH)
        ours.append(fresh(endpoint(url_of(f"batches_{number}")), load).answered.per_second * _BATCH)
        bare.append(_bare(url_of(f"bare_{number}"), CONNECTIONS * requests))
    return Figure(
        f"events in batches of fifty on {name} / bare inserts of fifty rows a commit",
        statistics.median(mine / theirs for mine, theirs in zip(ours, bare, strict=True)),
        at_least=0.5,
        behind={
            "endpoint, events/s": statistics.median(ours),
            "bare, rows/s": statistics.median(bare),
        },
    )


def _bare(url: str, commits: int) -> float:
    """Rows a second into tables that the endpoint made."""
    with closing(Database(url)):
        pass
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        return on_sqlite(Path(str(parsed.database)), commits, _BATCH)
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        return on_postgresql(connection, commits, _BATCH)
