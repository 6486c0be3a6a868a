"""Open the record, whatever state its file is in; what cannot be read permits nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .clock import Clock
from .identity import Identities
from .ledger import Ledger, LedgerDamaged, LedgerError
from .record import Record

logger = logging.getLogger(__name__)


class StoreCondition(StrEnum):
    """``SOUND``: read as it is. ``SET_ASIDE``: was damaged; kept under another name, a new one
    begun. ``UNREADABLE``: cannot be read now; nothing is permitted and nothing can be recorded
    until it can."""

    SOUND = "sound"
    SET_ASIDE = "set-aside"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class OpenedRecord:
    """A record and how its store was found. ``kept_as`` is the damaged file's new name, if any."""

    record: Record
    condition: StoreCondition
    kept_as: Path | None = None


def open_record(path: Path, clock: Clock, identities: Identities | None = None) -> OpenedRecord:
    """Open the record in a file, or begin one. Never raises for what the file holds."""
    record = Record(Ledger(path, clock=clock, identities=identities))
    try:
        record.refresh()
    except LedgerDamaged as damage:
        record.ledger.close()
        try:
            kept_as = set_aside(path, clock)
        except OSError as error:
            logger.error("damaged consent record cannot be set aside: %s (%s)", error, damage)
            return OpenedRecord(record, StoreCondition.UNREADABLE)
        logger.error("consent record set aside as %s: %s", kept_as, damage)
        anew = Record(Ledger(path, clock=clock, identities=identities))
        return OpenedRecord(anew, StoreCondition.SET_ASIDE, kept_as)
    except LedgerError as error:
        logger.error("consent record cannot be read: %s", error)
        return OpenedRecord(record, StoreCondition.UNREADABLE)
    return OpenedRecord(record, StoreCondition.SOUND)


def set_aside(path: Path, clock: Clock) -> Path:
    """Move a damaged store and its side files away, together, under a name that is free.

    Returns:
        The new name of the file.

    Raises:
        OSError: It cannot be moved.
    """
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    number = 0
    while True:
        kept_as = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
        if not kept_as.exists():
            break
        number += 1
    path.rename(kept_as)
    for suffix in ("-wal", "-shm"):
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(kept_as.with_name(kept_as.name + suffix))
    return kept_as
