"""How it travels: the outbox's events to the endpoint, and others' back. Knows no screen.

:class:`Synchroniser` decides when to send, a :class:`Transport` how. :class:`Device` asks the
endpoint the rest: :class:`AccountLink` about the person's other installations,
:class:`RightsRequests` and :func:`erase` about their rights; :func:`restore` begins an empty store
as an installation that exists.

Importing it imports nothing else: a start of the app pays only for what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account import Account, AccountLink, Installation, Linked, Pulled, Unlinked
    from .answers import (
        Answer,
        Delivered,
        Erased,
        Failed,
        FailureKind,
        Fault,
        Refused,
        TooLarge,
        Unreachable,
    )
    from .backoff import Backoff, full_jitter
    from .calls import Calls, Reply
    from .connectivity import Connectivity, Network, SimulatedConnectivity
    from .device import Device
    from .fetch_transport import FetchTransport
    from .platform import transport_for
    from .receipts import NotIssued, SignedReceipt, signed_receipt
    from .remedy import Remedy, remedy_for
    from .restoring import Restored, restore
    from .rights import Erasure, RequestState, RequestStep, RightsRequest, RightsRequests, erase
    from .state import SyncPhase, SyncState
    from .synchroniser import Synchroniser
    from .transport import EndpointTransport, HttpxTransport, NoTransport, Transport

__all__ = [
    "Account",
    "AccountLink",
    "Answer",
    "Backoff",
    "Calls",
    "Connectivity",
    "Delivered",
    "Device",
    "EndpointTransport",
    "Erased",
    "Erasure",
    "Failed",
    "FailureKind",
    "Fault",
    "FetchTransport",
    "HttpxTransport",
    "Installation",
    "Linked",
    "Network",
    "NoTransport",
    "NotIssued",
    "Pulled",
    "Refused",
    "Remedy",
    "Reply",
    "RequestState",
    "RequestStep",
    "Restored",
    "RightsRequest",
    "RightsRequests",
    "SignedReceipt",
    "SimulatedConnectivity",
    "SyncPhase",
    "SyncState",
    "Synchroniser",
    "TooLarge",
    "Transport",
    "Unlinked",
    "Unreachable",
    "erase",
    "full_jitter",
    "remedy_for",
    "restore",
    "signed_receipt",
    "transport_for",
]

_HOMES = {
    "Account": ".account",
    "AccountLink": ".account",
    "Answer": ".answers",
    "Backoff": ".backoff",
    "Calls": ".calls",
    "Connectivity": ".connectivity",
    "Delivered": ".answers",
    "Device": ".device",
    "EndpointTransport": ".transport",
    "Erased": ".answers",
    "Erasure": ".rights",
    "Failed": ".answers",
    "FailureKind": ".answers",
    "Fault": ".answers",
    "FetchTransport": ".fetch_transport",
    "HttpxTransport": ".transport",
    "Installation": ".account",
    "Linked": ".account",
    "Network": ".connectivity",
    "NoTransport": ".transport",
    "NotIssued": ".receipts",
    "Pulled": ".account",
    "Refused": ".answers",
    "Remedy": ".remedy",
    "Reply": ".calls",
    "RequestState": ".rights",
    "RequestStep": ".rights",
    "Restored": ".restoring",
    "RightsRequest": ".rights",
    "RightsRequests": ".rights",
    "SignedReceipt": ".receipts",
    "SimulatedConnectivity": ".connectivity",
    "SyncPhase": ".state",
    "SyncState": ".state",
    "Synchroniser": ".synchroniser",
    "TooLarge": ".answers",
    "Transport": ".transport",
    "Unlinked": ".account",
    "Unreachable": ".answers",
    "erase": ".rights",
    "full_jitter": ".backoff",
    "remedy_for": ".remedy",
    "restore": ".restoring",
    "signed_receipt": ".receipts",
    "transport_for": ".platform",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name], __name__), name)
