"""The calls for whoever runs the endpoint: is it alive, can it work, what does it offer."""

from __future__ import annotations

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .messages import Health, encode
from .openapi import openapi_json
from .store import Store


class OperationRoutes:
    """``/healthz``, ``/readyz`` and ``/openapi.json``; none of them needs a token."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # Its own thread: whether the database answers is asked most when all others wait for it.
        self._thread = anyio.CapacityLimiter(1)

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route("/healthz", self.alive, methods=["GET"], name="alive"),
            Route("/readyz", self.ready, methods=["GET"], name="ready"),
            Route("/openapi.json", self.openapi, methods=["GET"], name="openapi"),
        ]

    async def alive(self, _request: Request) -> Response:
        """The process answers."""
        return Response(encode(Health("alive")), media_type="application/json")

    async def ready(self, _request: Request) -> Response:
        """The database answers too; 503 otherwise, as with any call that needs it."""
        await anyio.to_thread.run_sync(self._store.check, limiter=self._thread)
        return Response(encode(Health("ready")), media_type="application/json")

    async def openapi(self, _request: Request) -> Response:
        """The description of every call."""
        return Response(openapi_json(), media_type="application/json")
