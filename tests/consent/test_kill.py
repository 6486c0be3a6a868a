"""Kill the process that keeps the ledger at any instant: nothing lost, nothing invented."""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import GENESIS, Event, digest
from components.consent.ledger import Ledger
from components.consent.opening import StoreCondition, open_record
from components.consent.status import ConsentStatus

ROOT = Path(__file__).parents[2]
KILLS = 200
PRESSES = 40
LONGEST_WAIT_SECONDS = 0.012

Press = dict[str, str]


class Nursery:
    """Starts processes that keep the ledger, as fast as a fork."""

    def __init__(self, store: Path) -> None:
        ours, theirs = socket.socketpair()
        self._wire = ours
        self._answers = ours.makefile("r", encoding="ascii")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.consent.killed", str(store), str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def child(self) -> tuple[int, socket.socket]:
        """A new process: its id, and the wire that it takes presses from."""
        ours, theirs = socket.socketpair()
        socket.send_fds(self._wire, [b"+"], [theirs.fileno()])
        theirs.close()
        return int(self._answers.readline()), ours

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._answers.close()
        self._wire.close()


@pytest.fixture
def nursery(store: Path) -> Iterator[Nursery]:
    opened = Nursery(store)
    yield opened
    opened.close()


def presses(chance: random.Random, round_: int) -> list[Press]:
    """What is pressed in one life of the process; each press bears a label of its own."""
    return [
        {
            "status": chance.choice(["given", "refused", "withdrawn"]),
            "target": chance.choice(["purpose:nearby-cinema", "purpose:avatar-upload"]),
            "label": f"{round_}/{number}",
        }
        for number in range(PRESSES)
    ]


def live_and_die(
    nursery: Nursery, pressed: list[Press], awaited: int, wait_seconds: float
) -> list[str]:
    """The ids that one process confirmed; it is killed a while after so many of them."""
    process_id, wire = nursery.child()
    with wire:
        # All at once, so that the process is busy writing whenever the end comes.
        wire.sendall("".join(json.dumps(press) + "\n" for press in pressed).encode())
        confirmed = b""
        while confirmed.count(b"\n") < awaited:
            chunk = wire.recv(65536)
            assert chunk, "the process ended by itself"
            confirmed += chunk
        time.sleep(wait_seconds)
        os.kill(process_id, signal.SIGKILL)
        # A reset tells of presses that nobody read; it comes after all that was confirmed.
        with contextlib.suppress(ConnectionResetError):
            while chunk := wire.recv(65536):
                confirmed += chunk
    # The last line may be cut off: a confirmation that was not given.
    return confirmed.decode().split("\n")[:-1]


def as_pressed(event: Event) -> Press:
    return {
        "status": event.status.value,
        "target": str(event.target),
        "label": event.label or "",
    }


def deliveries(store: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT sequence, state FROM outbox ORDER BY sequence").fetchall()


def test_a_kill_at_any_instant_loses_nothing_and_invents_nothing(
    store: Path, nursery: Nursery, clock: ManualClock
) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # shown when the test fails
    chance = random.Random(seed)  # noqa: S311
    known: list[Event] = []
    interrupted = unconfirmed = 0
    for round_ in range(KILLS):
        pressed = presses(chance, round_)
        # Half of the ends come early, while the file is being opened or mended.
        awaited = chance.choice([0, chance.randrange(PRESSES // 2)])
        wait_seconds = chance.uniform(0, LONGEST_WAIT_SECONDS)
        confirmed = live_and_die(nursery, pressed, awaited, wait_seconds)
        with closing(Ledger(store)) as ledger:
            # Read as from the beginning: nothing that was there before is gone or different.
            fresh = ledger.events(after=len(known))
        ids = [event.event_id for event in fresh]
        assert ids[: len(confirmed)] == confirmed, f"a confirmed choice is lost (round {round_})"
        assert len(ids) <= len(confirmed) + 1, f"more than one unconfirmed event (round {round_})"
        assert [as_pressed(event) for event in fresh] == pressed[: len(fresh)], (
            f"something was recorded that was not pressed (round {round_})"
        )
        interrupted += len(fresh) < len(pressed)
        unconfirmed += len(fresh) > len(confirmed)
        known += fresh
        if round_ % 20 == 0 and known:
            with closing(Ledger(store)) as ledger:
                assert ledger.events() == known

    print(f"{len(known)} events, {interrupted} lives cut short, {unconfirmed} tails unconfirmed")
    # Else the instants were none: every process had done its work, or none had begun.
    assert interrupted > KILLS / 4
    assert len(known) > KILLS

    opened = open_record(store, clock)
    assert opened.condition is StoreCondition.SOUND
    assert list(opened.record.events) == known
    opened.record.ledger.close()
    assert [event.sequence for event in known] == list(range(1, len(known) + 1))
    assert [event.previous_hash for event in known] == [GENESIS, *(it.hash for it in known[:-1])]
    assert all(event.hash == digest(event.to_json()) for event in known)
    assert len({event.subject for event in known}) == 1
    assert deliveries(store) == [(event.sequence, "pending") for event in known]
    assert {event.status for event in known} == {
        ConsentStatus.GIVEN,
        ConsentStatus.REFUSED,
        ConsentStatus.WITHDRAWN,
    }
