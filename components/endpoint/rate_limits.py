"""How many requests a minute one caller may make of this process.

Counted are the bearer token, before anyone looks whether it opens anything, and the network
address. Neither is kept: what is counted is a hash with a random key that lives for one window,
and at the window's end all counts and the key are forgotten at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import math
import secrets
import time
from collections import Counter
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from .metrics import Limited, Metrics
from .problems import Problem, ProblemKind, problem_response
from .settings import RateLimits

WINDOW_SECONDS = 60.0
EXEMPT = frozenset({"/healthz", "/readyz"})
"""Paths that are never refused: load balancers ask them often, from one address."""

_IPV6_NETWORK = 64
Key = bytes


class Window:
    """Counts of the present minute.

    A whole minute is forgotten together, in one step and also when nobody comes any more. A
    library's store in memory looks through all keys to find the old ones, and only when the next
    request comes.

    Args:
        now: Seconds of a clock that is never set back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ends = -math.inf
        self._key = b""
        self._counts: Counter[Key] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    def count(self, kind: Limited, who: str) -> int:
        """Count one more request; how many it makes in this window.

        Needs a running event loop, whose timer ends the window.
        """
        now = self._now()
        if now >= self._ends:
            self._begin(now)
        hashed = hashlib.blake2b(f"{kind} {who}".encode(), key=self._key, digest_size=16).digest()
        self._counts[hashed] += 1
        return self._counts[hashed]

    @property
    def remaining(self) -> float:
        """Seconds until this window ends."""
        return max(0.0, self._ends - self._now())

    @property
    def kept(self) -> int:
        """How many callers are being counted."""
        return len(self._counts)

    def forget(self) -> None:
        """Forget every caller, and what their hashes were made with."""
        self._counts.clear()
        self._key = b""
        self._ends = -math.inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _begin(self, now: float) -> None:
        self.forget()
        self._ends = now + WINDOW_SECONDS
        self._key = secrets.token_bytes(32)
        self._timer = asyncio.get_running_loop().call_later(WINDOW_SECONDS, self.forget)


class RateLimiter:
    """ASGI middleware: refuses with 429 what goes over a limit, before anything of it is read.

    Args:
        app: The application within.
        limits: How many requests a minute.
        metrics: Where refusals are counted.
        window: Where requests are counted; one of its own by default.
    """

    def __init__(
        self, app: ASGIApp, limits: RateLimits, metrics: Metrics, window: Window | None = None
    ) -> None:
        self._app = app
        self._limits = limits
        self._metrics = metrics
        self._window = Window() if window is None else window

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http" and scope["path"] not in EXEMPT:
            limited = self._limited(scope)
            if limited is not None:
                self._metrics.throttled(limited)
                await problem_response(self._refusal(limited))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _limited(self, scope: Scope) -> Limited | None:
        """Which limit this request goes over."""
        address = network_of(scope)
        if address is not None and self._window.count("address", address) > self._limits.address:
            return "address"
        token = _token(scope)
        if token is not None and self._window.count("token", token) > self._limits.subject:
            return "token"
        return None

    def _refusal(self, limited: Limited) -> Problem:
        most = self._limits.address if limited == "address" else self._limits.subject
        return Problem(
            ProblemKind.THROTTLED,
            f"At most {most} requests a minute are taken for one {limited}.",
            headers={"retry-after": str(max(1, math.ceil(self._window.remaining)))},
        )


def network_of(scope: Scope) -> str | None:
    """Whose address a request comes from; of IPv6 the network of 64 bits that one line has.

    None where there is no address: a socket in the file system.
    """
    client = scope.get("client")
    if client is None:
        return None
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return str(client[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False))
    return str(address)


def _token(scope: Scope) -> str | None:
    """The bearer token, written as it may be: it counts as one caller however it is spaced."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            return str(token).strip() if scheme.lower() == "bearer" else None
    return None
