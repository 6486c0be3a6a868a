"""Which way to the endpoint fits where the program runs."""

from __future__ import annotations

import sys

from ..consent.clock import Clock
from .transport import EndpointTransport


def transport_for(url: str, clock: Clock) -> EndpointTransport:
    """The browser's ``fetch`` where Python runs in one (Pyodide), httpx everywhere else.

    Args:
        url: Where the endpoint is.
        clock: The device's clock.

    Raises:
        ValueError: The address is none that a secret may be sent to.
    """
    if sys.platform == "emscripten":
        from .fetch_transport import FetchTransport

        return FetchTransport(url, clock=clock)
    from .transport import HttpxTransport

    return HttpxTransport(url, clock=clock)
