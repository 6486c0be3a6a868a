"""How uvicorn is set up for the endpoint, alone or embedded."""

from __future__ import annotations

import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from .logs import LOGGER

_GRACE_SECONDS = 5
_Protocol: Any = AutoHTTPProtocol


class _WithoutAccessLog(_Protocol):  # type: ignore[misc]
    """Writes no access log: that would hold paths, and so subject ids.

    uvicorn's own switch turns off one logger for the whole process, the host's server included,
    and is undone by the next server that sets up its logging.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.access_log = False


def configuration(app: ASGIApp) -> uvicorn.Config:
    """Settings for a server of this application; where it listens is the socket's affair.

    Logging is left as the host has it.
    """
    return uvicorn.Config(
        app,
        lifespan="on",
        http=_WithoutAccessLog,
        ws="none",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
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
