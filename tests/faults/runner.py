"""A run: choices under faults and kills, then calm, then the check that nothing went wrong."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .background import ProxyThread
from .checks import Found, check_answers, check_devices, check_endpoint, device_record, stored_rows
from .client import ClientSettings
from .faults import Fault, mixed
from .processes import Devices, Replica
from .proxy import Figures

CHOICES = 5000
DEVICES = 20
LONGEST_SECONDS = 400.0
"""Far more than a run takes; a run that is not over by then never will be."""

_FIRST_KILL, _LAST_KILL = 0.04, 0.9
"""When kills may come, as parts of the choices confirmed."""


class Victim(StrEnum):
    """What is killed."""

    CLIENT = "client"
    REPLICA = "replica"
    DATABASE = "database"
    PRIMARY = "primary"
    """The database that is written to, for good: its standby takes over."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Attributes:
        name: What the run is called.
        seed: What it was run with.
        confirmed: Choices whose confirmation was heard before the devices were killed.
        kills: How often what was killed.
        figures: What the proxy did.
        found: What was counted at the end.
        seconds: How long it took, the check included.
        remarks: What else was seen.
    """

    name: str
    seed: str
    confirmed: int
    kills: Mapping[Victim, int]
    figures: Figures
    found: Found
    seconds: float
    remarks: Sequence[str] = ()

    @property
    def faults(self) -> dict[Fault, int]:
        """How many requests met which fault; the others passed."""
        return {kind: self.figures.faults[kind] for kind in Fault if kind is not Fault.NONE}


class FaultRun:
    """One run.

    Args:
        name: What to call it.
        folder: An empty folder for the devices' files.
        database_url: The endpoint's database.
        replicas: How many processes of the endpoint there are.
        seed: What meets which fault, what is killed when and what is chosen hang on it.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        database_url: str,
        *,
        replicas: int,
        seed: str,
    ) -> None:
        self._name, self._seed = name, seed
        self._folder = folder
        self._database_url = database_url
        self._chance = random.Random(f"{seed}/kills")  # noqa: S311
        self._replicas = [Replica(database_url) for _ in range(replicas)]

    def ledgers(self) -> list[Path]:
        """The devices' files that are there by now."""
        return sorted(self._folder.glob("device-*.sqlite3"))

    def run(
        self,
        victims: Sequence[Victim],
        database: Callable[[Victim], str] | None = None,
        *,
        choices: int = CHOICES,
        devices: int = DEVICES,
    ) -> Outcome:
        """Do it.

        Args:
            victims: What is killed, in this order, at moments spread over the run.
            database: Kills the database, brings one back and says what it saw, or nothing; None
                where there is none to kill.
            choices: How many choices are made in all.
            devices: How many devices make them, each as many as the others.

        Raises:
            AssertionError: Something was lost, doubled, reordered or changed, or never came.
        """
        start = time.monotonic()
        deadline = start + LONGEST_SECONDS
        remarks: list[str] = []
        # Shown where the run fails: the seed, and what the endpoints said last.
        print(f"{self._name}, seed {self._seed}")
        with ExitStack() as stack:
            stack.callback(self._print_logs)
            for replica in self._replicas:
                stack.enter_context(replica)
            proxy = stack.enter_context(
                ProxyThread(
                    [("127.0.0.1", replica.port) for replica in self._replicas], mixed(self._seed)
                )
            )
            settings = ClientSettings(
                str(self._folder), proxy.url, devices, choices // devices, self._seed
            )
            client = stack.enter_context(Devices(settings, self._folder / "errors.txt"))
            for moment, victim in self._moments(victims, choices):
                client.until_confirmed(moment, deadline)
                if victim is Victim.CLIENT:
                    client.kill()
                    client.start()
                elif victim is Victim.REPLICA:
                    replica = self._chance.choice(self._replicas)
                    replica.kill()
                    replica.start()
                else:
                    assert database is not None
                    remarks.append(database(victim))
            client.until_said("made", deadline)
            proxy.calm()
            client.until_said("drained", deadline)
            figures = proxy.figures
            records = [device_record(path) for path in self.ledgers()]
            check_devices(records, client.confirmed)
            found = check_endpoint(records, stored_rows(self._database_url))
            check_answers(records, self._chance.choice(self._replicas).url)
            assert found.stored == choices
            # What nobody heard of: at most one choice of each device for each kill of the client.
            unheard = found.stored - len(client.confirmed)
            assert 0 <= unheard <= devices * Counter(victims)[Victim.CLIENT]
            if choices >= CHOICES:
                assert set(figures.faults) == set(Fault), "a kind of fault never came"
            return Outcome(
                self._name,
                self._seed,
                len(client.confirmed),
                Counter(victims),
                figures,
                found,
                time.monotonic() - start,
                [remark for remark in remarks if remark],
            )

    def _print_logs(self) -> None:
        for replica in self._replicas:
            print(f"{replica.url}:", *replica.lines, sep="\n  ")

    def _moments(self, victims: Sequence[Victim], choices: int) -> list[tuple[int, Victim]]:
        """For each victim how many choices are confirmed when it is killed: one in each stretch."""
        stretch = (_LAST_KILL - _FIRST_KILL) / len(victims)
        return [
            (int(choices * (_FIRST_KILL + stretch * (place + self._chance.random()))), victim)
            for place, victim in enumerate(victims)
        ]
