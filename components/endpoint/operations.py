"""The calls for whoever runs the endpoint: is it alive, can it work, what does it offer and do."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from pathlib import Path

import anyio
import anyio.to_thread
import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .authentication import bearer_token, refused_token
from .description import Access, Body, Operation
from .messages import Health, encode
from .metrics import MEDIA_TYPE as METRICS_MEDIA_TYPE
from .openapi import openapi_document
from .problems import Problem, ProblemKind
from .services import RouteGroup, Services
from .store import Store

_DATABASE_SECONDS = 2.0
_SHORTEST_TOKEN = 16
_ALIVE = Operation(
    path="/healthz",
    method="GET",
    id="alive",
    summary="Whether the process answers",
    access=Access.ANYONE,
    answer=Body(Health),
)
_READY = Operation(
    path="/readyz",
    method="GET",
    id="ready",
    summary="Whether the database answers too, and the process is not about to end",
    access=Access.ANYONE,
    answer=Body(Health),
    problems=(ProblemKind.UNAVAILABLE,),
)
_METRICS = Operation(
    path="/metrics",
    method="GET",
    id="metrics",
    summary="Figures for Prometheus",
    description="Needs a bearer token if the endpoint was given one for it.",
    access=Access.ANYONE,
    answer=Body(None, METRICS_MEDIA_TYPE.partition(";")[0]),
    problems=(ProblemKind.UNAUTHENTICATED,),
)
_OPENAPI = Operation(
    path="/openapi.json",
    method="GET",
    id="openapi",
    summary="This document",
    access=Access.ANYONE,
    answer=Body(None),
)


class MetricsTokenUnreadable(ValueError):
    """The file with the token for ``/metrics`` cannot be used; the message says what to do."""


class OperationRoutes:
    """``/healthz``, ``/readyz``, ``/metrics`` and ``/openapi.json``.

    Args:
        services: The running endpoint.
        others: Every other group, to describe.

    Raises:
        MetricsTokenUnreadable: There is to be a token, and none in its file.
    """

    def __init__(self, services: Services, others: Sequence[RouteGroup]) -> None:
        self._store = Store(services.database)
        self._metrics = services.metrics
        self._metrics_token = _token_hash(services.settings.metrics_token)
        self._presence = services.presence
        described = [operation for group in (*others, self) for operation in group.operations()]
        self.document = openapi_document(described)
        self._served = msgspec.json.encode(self.document)
        # Its own thread: whether the database answers is asked most when all others wait for it.
        self._thread = anyio.CapacityLimiter(1)

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route("/healthz", self.alive, methods=["GET"], name="alive"),
            Route("/readyz", self.ready, methods=["GET"], name="ready"),
            Route("/metrics", self.metrics, methods=["GET"], name="metrics"),
            Route("/openapi.json", self.openapi, methods=["GET"], name="openapi"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_ALIVE, _READY, _METRICS, _OPENAPI]

    async def alive(self, _request: Request) -> Response:
        """The process answers."""
        return Response(encode(Health("alive")), media_type="application/json")

    async def ready(self, _request: Request) -> Response:
        """The database answers too; 503 otherwise, and once the process was told to end."""
        if self._presence.leaving:
            raise Problem(
                ProblemKind.UNAVAILABLE, "This process is about to end; ask another replica."
            )
        await anyio.to_thread.run_sync(self._store.check, limiter=self._thread)
        return Response(encode(Health("ready")), media_type="application/json")

    async def metrics(self, request: Request) -> Response:
        """The figures of this process; whether the database answers is asked for them."""
        if self._metrics_token is not None:
            shown = hashlib.sha256(bearer_token(request).encode()).digest()
            if not hmac.compare_digest(shown, self._metrics_token):
                raise refused_token("The bearer token is not the one for the figures.")
        self._metrics.database(up=await self._database_answers())
        return Response(self._metrics.exposition(), headers={"content-type": METRICS_MEDIA_TYPE})

    async def openapi(self, _request: Request) -> Response:
        """The description of every call."""
        return Response(self._served, media_type="application/json")

    async def _database_answers(self) -> bool:
        """Without waiting long: the figures are wanted most when it does not."""
        with anyio.move_on_after(_DATABASE_SECONDS):
            try:
                await anyio.to_thread.run_sync(
                    self._store.check, limiter=self._thread, abandon_on_cancel=True
                )
            except SQLAlchemyError:
                return False
            return True
        return False


def _token_hash(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise MetricsTokenUnreadable(f"{path}: {error}") from error
    if len(token) < _SHORTEST_TOKEN:
        raise MetricsTokenUnreadable(
            f"{path}: write the token into it, at least {_SHORTEST_TOKEN} characters on one line"
        )
    return hashlib.sha256(token.encode()).digest()
