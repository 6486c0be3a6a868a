"""What can be said about the journey of the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .answers import FailureKind


class SyncPhase(StrEnum):
    """What the synchroniser does now.

    ``HELD``: it may not send yet, or was not started. ``IDLE``: nothing is left to send.
    ``SENDING``: a batch is under way. ``WAITING``: the last attempt failed, the next one comes.
    ``OFFLINE``: there is something to send and the device knows that it has no network; it goes on
    by itself once there is one. ``ERASED``: the record was erased at the endpoint; nothing of this
    installation is ever sent again, and what is chosen counts on the device alone.
    """

    HELD = "held"
    IDLE = "idle"
    SENDING = "sending"
    WAITING = "waiting"
    OFFLINE = "offline"
    ERASED = "erased"


@dataclass(frozen=True)
class SyncState:
    """One moment of the synchroniser.

    Attributes:
        phase: What it does.
        pending: How many events the endpoint has not answered about.
        rejected: How many events the endpoint will not take; the outbox has the reasons, and
            :func:`~.remedy.remedy_for` what can be done.
        next_try_at: When it will try again; None unless waiting, and None while waiting if only
            a wake-up makes it try.
        last_error: What failed last; None once an attempt succeeded.
        superseded: How many events will not be sent any more, because a later one says it all or
            because the record was erased.
    """

    phase: SyncPhase
    pending: int
    rejected: int
    next_try_at: datetime | None = None
    last_error: FailureKind | None = None
    superseded: int = 0
