"""How it travels: the outbox's events to the endpoint. Knows no screen.

:class:`Synchroniser` decides when to send, a :class:`Transport` how.
"""

from __future__ import annotations

from .answers import Answer, Delivered, FailureKind, Refused, Unreachable
from .backoff import Backoff, full_jitter
from .state import SyncPhase, SyncState
from .synchroniser import Synchroniser
from .transport import HttpxTransport, NoTransport, Transport

__all__ = [
    "Answer",
    "Backoff",
    "Delivered",
    "FailureKind",
    "HttpxTransport",
    "NoTransport",
    "Refused",
    "SyncPhase",
    "SyncState",
    "Synchroniser",
    "Transport",
    "Unreachable",
    "full_jitter",
]
