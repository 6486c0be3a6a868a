"""What lies around a kit besides its page: ports, each with the real thing as its default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .consent.identity import Identities, RandomIdentities

if TYPE_CHECKING:
    from .consent.clock import Clock
    from .sync.backoff import Backoff
    from .sync.connectivity import Connectivity
    from .sync.transport import EndpointTransport


@dataclass(frozen=True)
class Surroundings:
    """Replaced by demos, studies and tests; a host leaves them as they are.

    Attributes:
        identities: Where the record's secret and event ids come from.
        connectivity: What is known about the network; None asks the platform.
        transport: Makes the way to an endpoint of that address, with the device's clock; None takes
            the platform's, see :func:`~.sync.platform.transport_for`.
        backoff: How long to wait after an attempt to send failed; None takes
            :func:`~.sync.backoff.full_jitter`.
    """

    identities: Identities = field(default_factory=RandomIdentities)
    connectivity: Connectivity | None = None
    transport: Callable[[str, Clock], EndpointTransport] | None = None
    backoff: Backoff | None = None
