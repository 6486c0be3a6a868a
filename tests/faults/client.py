"""Several devices in one process, to be killed: ``client SETTINGS-AS-JSON``.

Each device keeps a real ledger in a file of its own and sends it over HTTP. A choice is confirmed
by a line on standard output, written once :meth:`Ledger.append` has returned: its subject, number
and id. A process that is started again goes on with the same files. It says ``made`` when all
devices have made all their choices, and ``drained`` when the endpoint has answered about all.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from components.consent.clock import SystemClock
from components.consent.event import Cause, Event, Layer, NoticeReference, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus
from components.sync import HttpxTransport, Synchroniser, SyncState, full_jitter

TARGETS = tuple(
    Target.parse(text)
    for text in (
        "notice:base",
        "purpose:nearby-cinema",
        "purpose:avatar-upload",
        "purpose:usage-analytics",
        "purpose:personalised-advertising",
        "permission:location",
        "permission:notifications",
    )
)
_LABELS = {
    ConsentStatus.GIVEN: ("同意", "Agree", "أوافق"),
    ConsentStatus.RENEWED: ("再次同意", "Agree again \N{THUMBS UP SIGN}"),
    ConsentStatus.REFUSED: ("不同意", "不同意，仅浏览", 'No, "thanks"'),
    ConsentStatus.WITHDRAWN: ("撤回同意", "Withdraw\u2028"),
}
_TIMEOUT_SECONDS = 1.5
_SHORTEST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 0.4
_LARGEST_CLOCK_ERROR_SECONDS = 3 * 86400


@dataclass(frozen=True)
class ClientSettings:
    """How one process of devices is set up.

    Attributes:
        folder: Where the ledgers are, one file a device.
        url: The endpoint's, or of what stands before it.
        devices: How many there are.
        choices: How many each of them is to have made in the end.
        seed: What they choose, and when, hangs on it.
    """

    folder: str
    url: str
    devices: int
    choices: int
    seed: str

    def ledger(self, device: int) -> Path:
        """The file of a device, counted from 0."""
        return Path(self.folder) / f"device-{device:02}.sqlite3"

    def written(self) -> str:
        """As :func:`main` reads it."""
        return json.dumps(asdict(self))


class WrongClock(SystemClock):
    """A device's clock that somebody sets back and forth."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._error = timedelta()

    def now(self) -> datetime:
        """Some time around now; another error every twenty times or so."""
        if self._chance.random() < 0.05:
            error = self._chance.uniform(-1, 1) * _LARGEST_CLOCK_ERROR_SECONDS
            self._error = timedelta(seconds=error)
        return super().now() + self._error


class Device:
    """One installation: it chooses, records and sends.

    Args:
        path: Its ledger.
        url: Where it sends to.
        windows: How many synchronisers serve the file, each with a connection of its own.
        chance: Its dice.
    """

    def __init__(self, path: Path, url: str, windows: int, chance: random.Random) -> None:
        self._chance = chance
        clock = WrongClock(chance)
        self._ledgers = [Ledger(path, clock=clock) for _ in range(windows)]
        self._ways = [
            HttpxTransport(url, timeout=_TIMEOUT_SECONDS, clock=clock) for _ in range(windows)
        ]
        batch = chance.choice([5, 20, 50])
        self._most_unsent = chance.randint(5, 40)
        self._synchronisers = [
            Synchroniser(
                ledger,
                way,
                lambda: True,
                backoff=full_jitter(_SHORTEST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS),
                batch=batch,
            )
            for ledger, way in zip(self._ledgers, self._ways, strict=True)
        ]
        self._told = asyncio.Event()
        for synchroniser in self._synchronisers:
            synchroniser.subscribe(self._listen)

    def _listen(self, _state: SyncState) -> None:
        self._told.set()

    async def choose(self, choices: int) -> None:
        """Send in the background from now on, and choose until there are so many choices."""
        made = len(self._ledgers[0].events())
        for synchroniser in self._synchronisers:
            await synchroniser.start()
        while made < choices:
            # A person does a few things in a row, and then something else.
            for _ in range(min(self._chance.randint(1, 6), choices - made)):
                _confirm(self._ledgers[0].append(self._draft()))
                made += 1
            for synchroniser in self._synchronisers:
                synchroniser.wake()
            await asyncio.sleep(self._chance.uniform(0, 0.06))
            # Choices do not run ahead of their delivery, so that what goes wrong meets both.
            await self._until_unsent(self._most_unsent)

    async def drain(self) -> None:
        """Wait until all choices have been answered about, and close everything."""
        await self._until_unsent(0)
        for synchroniser in self._synchronisers:
            await synchroniser.stop()
        for way in self._ways:
            await way.close()
        for ledger in self._ledgers:
            ledger.close()

    async def _until_unsent(self, most: int) -> None:
        while self._ledgers[0].outbox.unsettled() > most:
            self._told.clear()
            await self._told.wait()

    def _draft(self) -> Draft:
        status = self._chance.choice(list(_LABELS))
        target = self._chance.choice(TARGETS)
        return Draft(
            target=target,
            status=status,
            cause=Cause.PRESSED,
            gesture=self._chance.choice([None, "city.locate", "centre.row"]),
            notice=NoticeReference(
                notice=f"epiao/{target.id}",
                version=self._chance.choice(["2021-11-01", "2022-03-01"]),
                locale=self._chance.choice(["zh_Hans", "en", "ar"]),
                layer=self._chance.choice(list(Layer)),
                digest=self._chance.randbytes(32).hex(),
            ),
            label=self._chance.choice(_LABELS[status]),
        )


def _confirm(event: Event) -> None:
    # One write of one line: it is in the pipe whole, whatever happens to this process then.
    os.write(1, f"{event.subject} {event.sequence} {event.event_id}\n".encode("ascii"))


async def live(settings: ClientSettings) -> None:
    """All devices, until all is made and delivered."""
    devices = [_device(settings, number) for number in range(settings.devices)]
    async with asyncio.TaskGroup() as together:
        for device in devices:
            together.create_task(device.choose(settings.choices))
    os.write(1, b"made\n")
    async with asyncio.TaskGroup() as together:
        for device in devices:
            together.create_task(device.drain())
    os.write(1, b"drained\n")


def _device(settings: ClientSettings, number: int) -> Device:
    chance = random.Random(f"{settings.seed}/{number}")  # noqa: S311
    # Every fourth person has the app open twice.
    windows = 2 if number % 4 == 0 else 1
    return Device(settings.ledger(number), settings.url, windows, chance)


def main() -> None:
    """Read the settings and live by them."""
    asyncio.run(live(ClientSettings(**json.loads(sys.argv[1]))))


if __name__ == "__main__":
    main()
