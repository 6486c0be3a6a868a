"""What becomes of the endpoint's rate when it holds a lot, and when the disk is slow."""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path

from .endpoint import CONNECTIONS, fresh, under
from .figures import Figure, Size
from .load import Load, new_load
from .servers import endpoint, serving
from .slow_disk import slow_disk
from .stored import fill_endpoint

STORED = "MINGSHI_BENCHMARK_STORED"
"""Environment variable: how many events a full database holds; ten million take 13 GB of disk."""

_STORED = 1_000_000


def measure(size: Size) -> list[Figure]:
    """A full database against an empty one; a disk with ten milliseconds added to each sync."""
    with tempfile.TemporaryDirectory() as folder:
        return [_full(Path(folder), size), *_slow_disk(Path(folder), size)]


def _full(folder: Path, size: Size) -> Figure:
    stored = int(os.environ.get(STORED, _STORED)) if size is Size.FULL else 1000
    requests, rounds = (150, 5) if size is Size.FULL else (2, 1)
    full, rates = folder / "full.sqlite3", []
    fill_endpoint(full, stored)
    for number in range(rounds):
        load = new_load(CONNECTIONS, requests)
        at_first = fresh(endpoint(f"sqlite:///{folder}/empty_{number}.sqlite3"), load)
        filled = fresh(endpoint(f"sqlite:///{full}"), load)
        rates.append((filled.answered.per_second, at_first.answered.per_second))
    return Figure(
        f"events a second with {stored:,} stored / with none (SQLite)",
        statistics.median(filled / at_first for filled, at_first in rates),
        at_least=0.8,
        behind={
            "full, requests/s": statistics.median(filled for filled, _ in rates),
            "empty, requests/s": statistics.median(at_first for _, at_first in rates),
            "full, MB": full.stat().st_size / 1e6,
        },
    )


def _slow_disk(folder: Path, size: Size) -> list[Figure]:
    """32 connections share commits; a single one has a commit for each request."""
    slow = slow_disk(folder)
    if slow is None:
        return []

    def rate(name: str, load: Load) -> float:
        command = endpoint(f"sqlite:///{folder}/{name}.sqlite3")
        with serving(command, environment=slow) as server:
            return under(server, load).answered.per_second

    requests, alone = (60, 100) if size is Size.FULL else (2, 3)
    many = rate("many", new_load(CONNECTIONS, requests))
    one = rate("one", new_load(1, alone))
    return [
        Figure(
            "requests a second with 10 ms added to each sync / one transaction a request",
            many / one,
            at_least=8,
            behind={"32 connections, requests/s": many, "one connection, requests/s": one},
        )
    ]
