"""What the ledger is asked to keep: a choice about to be recorded, and a question that was put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .event import Cause, IndicatedBy, NoticeReference, Target
from .status import ConsentStatus


@dataclass(frozen=True)
class Draft:
    """A choice about to be recorded: an event without what the ledger adds to it.

    The fields mean what they mean in :class:`~.event.Event`.
    """

    target: Target
    status: ConsentStatus
    cause: Cause
    gesture: str | None = None
    notice: NoticeReference | None = None
    label: str | None = None
    indicated_by: IndicatedBy = IndicatedBy.SUBJECT


@dataclass(frozen=True)
class Ask:
    """One time a question was put before the person.

    ``initiative`` is ``person`` when a tap of theirs called for it, ``app`` otherwise.
    """

    target: Target
    initiative: str
    asked_at: datetime
