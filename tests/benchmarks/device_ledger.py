"""The record on the device: one choice, opening, asking the state.

A bare commit is one row of the same bytes in a table with one key, in WAL with synchronous FULL:
what the disk asks of anybody. As a program, with a number of rounds, it times that alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from itertools import count
from pathlib import Path

from components.consent.clock import SystemClock
from components.consent.event import canonical
from components.consent.ledger import Ledger
from components.consent.opening import open_record
from components.consent.record import Record
from components.consent.status import ConsentStatus
from tests.consent.making import AVATAR, NEARBY, draft

from .figures import Figure, Size
from .slow_disk import ADDED_MICROSECONDS, slow_disk
from .timing import in_turn, seconds


def measure(size: Size) -> list[Figure]:
    """A choice against a bare commit, a long record against an empty one, a look-up."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            _choice(Path(folder), 300 if size is Size.FULL else 1),
            *_choice_on_a_slow_disk(Path(folder), 100 if size is Size.FULL else 1),
            _opening(Path(folder), *((100_000, 25) if size is Size.FULL else (20, 1))),
            _state(Path(folder), 100_000 if size is Size.FULL else 100),
        ]


def _record(path: Path, choices: int) -> Record:
    record = Record(Ledger(path))
    for number in range(choices):
        record.append(draft(_statuses(number), (NEARBY, AVATAR)[number % 2]))
    return record


def _statuses(number: int) -> ConsentStatus:
    return (ConsentStatus.GIVEN, ConsentStatus.WITHDRAWN)[number // 2 % 2]


def _choice(folder: Path, rounds: int) -> Figure:
    ours, theirs, ratio = _timed_choice(folder, rounds)
    return Figure(
        "one confirmed choice / one bare durable commit of its bytes",
        ratio,
        at_most=1.3,
        behind={"choice, ms": ours * 1e3, "bare commit, ms": theirs * 1e3},
    )


def _choice_on_a_slow_disk(folder: Path, rounds: int) -> list[Figure]:
    """The same in a process whose syncs take longer. It has no limit: the disk is made up."""
    slow = slow_disk(folder)
    if slow is None:
        return []
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(rounds)],
        env={**os.environ, **slow},
        check=True,
        capture_output=True,
    )
    ours, theirs, ratio = json.loads(done.stdout)
    return [
        Figure(
            f"the same with {ADDED_MICROSECONDS / 1000:g} ms added to each sync",
            ratio,
            behind={"choice, ms": ours * 1e3, "bare commit, ms": theirs * 1e3},
        )
    ]


def _timed_choice(folder: Path, rounds: int) -> tuple[float, float, float]:
    """Seconds of a choice, of a bare commit, and their ratio; see :func:`in_turn`."""
    record = _record(folder / "choice.sqlite", 2)
    body = canonical(record.events[-1].to_json()).decode()
    numbers = count()

    def choose() -> None:
        number = next(numbers)
        record.append(draft(_statuses(number), (NEARBY, AVATAR)[number % 2]))

    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, body TEXT NOT NULL)")

        def commit() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO rows (body) VALUES (?)", (body,))
            bare.execute("COMMIT")

        timed = in_turn(choose, commit, rounds)
    record.ledger.close()
    return timed


def _opening(folder: Path, choices: int, rounds: int) -> Figure:
    long, empty = folder / "long.sqlite", folder / "empty.sqlite"
    _record(long, choices).ledger.close()
    _record(empty, 1).ledger.close()

    def opened(path: Path) -> None:
        found = open_record(path, SystemClock())
        assert found.record.status(NEARBY) is not ConsentStatus.UNKNOWN or path == empty
        found.record.ledger.close()

    ours, theirs, ratio = in_turn(lambda: opened(long), lambda: opened(empty), rounds)
    return Figure(
        f"opening a record of {choices:,} choices / of one",
        ratio,
        at_most=1.5,
        behind={"long, ms": ours * 1e3, "short, ms": theirs * 1e3},
    )


def _state(folder: Path, times: int) -> Figure:
    record = _record(folder / "state.sqlite", 4)
    took = seconds(lambda: record.status(NEARBY), times)
    record.ledger.close()
    return Figure("the status of a purpose, from memory", took * 1e6, "µs", at_most=5)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(json.dumps(_timed_choice(Path(made), int(sys.argv[1]))))
