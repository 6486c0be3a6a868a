"""How uvicorn is set up for the endpoint, alone or embedded."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from .joined import JoinedWrites
from .logs import LOGGER
from .presence import Presence

GRACE_SECONDS = 5
"""How long requests under way may take to end once the process was told to."""

LONGEST_HEAD_BYTES = 64 * 1024
"""How much of a request is read before its head (the request line and all headers) must end."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_Protocol: Any = AutoHTTPProtocol


class EndpointProtocol(_Protocol):  # type: ignore[misc]
    """HTTP as uvicorn speaks it, without its access log, with an end to the head, answers whole.

    The access log would hold paths, and so subject ids. uvicorn's own switch turns off one logger
    for the whole process, the host's server included, and is undone by the next server that sets
    up its logging. And uvicorn with httptools reads a head of any length into memory.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.access_log = False
        self._in_head = False
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        """A client is there."""
        super().connection_made(JoinedWrites(transport))

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        begun_before = self._in_head
        super().data_received(data)
        # What arrived together with the end of another request is not counted: it is short.
        self._head_bytes = self._head_bytes + len(data) if begun_before and self._in_head else 0
        if self._head_bytes > LONGEST_HEAD_BYTES and not self.transport.is_closing():
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self.transport.write(
                f"HTTP/1.1 {status.value} {status.phrase}\r\n"
                "content-length: 0\r\nconnection: close\r\n\r\n".encode()
            )
            self.transport.close()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        super().on_headers_complete()


def configuration(
    app: ASGIApp, *, trusted_proxies: Sequence[str] = (), grace_seconds: int = GRACE_SECONDS
) -> uvicorn.Config:
    """Settings for a server of this application; where it listens is the socket's affair.

    Logging is left as the host has it.

    Args:
        app: The application.
        trusted_proxies: Addresses or networks whose ``X-Forwarded-For`` tells the caller's
            address; of all others it is not looked at.
        grace_seconds: See :data:`GRACE_SECONDS`.
    """
    return uvicorn.Config(
        app,
        lifespan="on",
        http=EndpointProtocol,
        ws="none",
        log_config=None,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        h11_max_incomplete_event_size=LONGEST_HEAD_BYTES,
        timeout_graceful_shutdown=grace_seconds,
    )


def bind(host: str, port: int) -> socket.socket:
    """A socket at an address, not yet listening.

    Raises:
        OSError: The address is taken or not this machine's.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        # So that a restart need not wait until the old connections are forgotten.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except BaseException:
        bound.close()
        raise
    return bound


def url_of(bound: socket.socket) -> str:
    """Where clients reach a socket, for example ``http://127.0.0.1:8000``."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class AnnouncingServer(uvicorn.Server):
    """A server that logs where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening."""
        await super().startup(sockets)
        for bound in sockets or []:
            LOGGER.info("listening", extra={"fields": {"url": url_of(bound)}})


class CommandServer(AnnouncingServer):
    """A server with a process of its own, which a signal ends in good order.

    The first signal takes the process out of the load balancer: ``/readyz`` answers 503 while
    requests are still taken. Then it stops listening and finishes what is under way. A second
    signal skips the waiting, a third the finishing.

    Args:
        config: See :func:`configuration`.
        presence: Where to say that it is leaving.
        leave_seconds: How long requests are still taken after the first signal.
    """

    def __init__(
        self, config: uvicorn.Config, presence: Presence, leave_seconds: float = 0
    ) -> None:
        super().__init__(config)
        self._presence = presence
        self._leave_seconds = leave_seconds
        self._leaves_at: float | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn, but an end in good order is no death by a signal: the exit status is 0."""
        for number in _SIGNALS:
            signal.signal(number, self.handle_exit)
        try:
            yield
        finally:
            # One signal too many must not turn the end that was reached into a death.
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_IGN)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal."""
        if self.should_exit:
            self.force_exit = True
        elif self._leaves_at is not None:
            self.should_exit = True
        else:
            self._presence.leave()
            self._leaves_at = time.monotonic() + self._leave_seconds

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; whether to end."""
        if self._leaves_at is not None and time.monotonic() >= self._leaves_at:
            self.should_exit = True
        return await super().on_tick(counter)
