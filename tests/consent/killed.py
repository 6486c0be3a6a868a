"""A process that keeps the ledger and is killed: a nursery with everything imported, and children.

The nursery forks one child for each socket it is sent, and tells its process id. The child opens
the store, writes what is pressed, and tells an event's id once the ledger says that it is kept.
Nothing but the consent room is imported here: the children are to start at once.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

from components.consent.event import Cause, Layer, NoticeReference, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus

WORDS = NoticeReference("epiao/location", "2021-11-01", "zh_Hans", Layer.JUST_IN_TIME, "ab" * 32)


def keep_the_ledger(store: Path, wire: socket.socket) -> None:
    """Write what is pressed, one line of JSON a press, and confirm each by its event's id."""
    ledger = Ledger(store)
    for line in wire.makefile("r", encoding="utf-8"):
        press = json.loads(line)
        event = ledger.append(
            Draft(
                target=Target.parse(press["target"]),
                status=ConsentStatus(press["status"]),
                cause=Cause.PRESSED,
                notice=WORDS,
                label=press["label"],
            )
        )
        wire.sendall(f"{event.event_id}\n".encode())


def main() -> None:
    """Fork a child for each socket that comes in; ``killed STORE SOCKET-NUMBER``."""
    store, nursery = Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))
    while True:
        _, [descriptor], _, _ = socket.recv_fds(nursery, 1, 1)
        child = os.fork()
        if child == 0:
            nursery.close()
            keep_the_ledger(store, socket.socket(fileno=descriptor))
            os._exit(0)
        os.close(descriptor)
        nursery.sendall(f"{child}\n".encode())
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
