"""The endpoint inside another program: in its event loop, on a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from ..consent.clock import Clock
from .app import create_app
from .server import AnnouncingServer, bind, configuration, url_of
from .settings import Settings

_POLL_SECONDS = 0.005


class _SilentServer(AnnouncingServer):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals stay the host's."""
        yield


class EmbeddedEndpoint:
    """A consent endpoint that runs while this is entered, or between start and stop.

    It may be stopped and started again; it then listens on the same port as before.

    Args:
        settings: See :func:`~.app.create_app`.
        host: Address to listen on; this machine alone by default.
        port: Port to listen on; 0 takes a free one at the first start.
        clock: See :func:`~.app.create_app`.
    """

    def __init__(
        self,
        settings: Settings | str,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings
        self._host = host
        self._port = port
        self._clock = clock
        self._url: str | None = None
        self._server: _SilentServer | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where clients reach it, for example ``http://127.0.0.1:43127``.

        Raises:
            RuntimeError: It was never started.
        """
        if self._url is None:
            raise RuntimeError("the endpoint was never started")
        return self._url

    @property
    def running(self) -> bool:
        """Whether it takes requests now."""
        return self._serving is not None and not self._serving.done()

    async def start(self) -> None:
        """Listen; does nothing if it does already. Requests are taken when this returns.

        Raises:
            OSError: The address is taken.
            UnsuitableDatabase, sqlalchemy.exc.DBAPIError: See :func:`~.app.create_app`.
        """
        if self.running:
            return
        bound = bind(self._host, self._port)
        try:
            app = await asyncio.to_thread(create_app, self._settings, clock=self._clock)
        except BaseException:
            bound.close()
            raise
        self._port = bound.getsockname()[1]
        self._url = url_of(bound)
        self._server = _SilentServer(configuration(app))
        self._serving = asyncio.create_task(
            self._server.serve(sockets=[bound]), name="mingshi-endpoint"
        )
        while not self._server.started:
            if self._serving.done():
                await self._serving
                raise RuntimeError("the endpoint ended while it started")
            await asyncio.sleep(_POLL_SECONDS)

    async def stop(self) -> None:
        """Finish the requests under way and stop listening; does nothing if it does not."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        await self._serving
        self._server = self._serving = None

    async def __aenter__(self) -> EmbeddedEndpoint:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


def run_embedded(
    settings: Settings | str,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    clock: Clock | None = None,
) -> EmbeddedEndpoint:
    """An endpoint to enter with ``async with``; see :class:`EmbeddedEndpoint`."""
    return EmbeddedEndpoint(settings, host, port, clock=clock)
