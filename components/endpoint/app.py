"""The endpoint as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from ..consent.clock import Clock
from .database import Database
from .direct import Direct
from .erasure import ErasureRoutes
from .events import EventRoutes
from .links.routes import LinkRoutes
from .logs import REQUEST_ID, RequestLog
from .metrics import Metrics
from .moments import UtcClock
from .officer.authentication import Officers
from .officer.routes import OfficerRoutes
from .operations import OperationRoutes
from .packs import Packs
from .policies import PolicyRoutes
from .presence import Presence
from .problems import Problem, answer_http_exception, answer_problem
from .rate_limits import RateLimiter
from .receipts.routes import ReceiptRoutes
from .rights.officer_routes import OfficerRequestRoutes
from .rights.routes import RequestRoutes
from .services import RouteGroup, Services
from .settings import Settings


def create_app(settings: Settings | str, *, clock: Clock | None = None) -> Starlette:
    """The endpoint on a database. Opens it, and makes its tables where there are none.

    The application keeps nothing in memory that another process would need. Pages of
    other origins cannot read from it, but those that the settings allow.

    Args:
        settings: How it is set up; a database URL alone stands for the defaults.
        clock: Where moments are taken from; the system's clock by default.

    Raises:
        LoginIssuersUnreadable: The file of login issuers, or a key set it names, is wrong.
        MetricsTokenUnreadable: The file with the token for the figures is missing or wrong.
        KeysUnreadable: The folder of signing keys cannot be used.
        OfficersUnreadable: The file of officers is missing or wrong.
        UnsuitableDatabase: The URL names nothing that can keep a record.
        sqlalchemy.exc.DBAPIError: The database cannot be opened or written.
    """
    settings = Settings.of(settings)
    officers = Officers(settings.officers)
    database = Database(settings.database_url)
    try:
        return _app(
            Services(
                settings=settings,
                clock=clock or UtcClock(),
                database=database,
                packs=Packs(settings.packs),
                officers=officers,
                metrics=Metrics(),
                presence=Presence(),
            )
        )
    except BaseException:
        database.close()
        raise


def _app(services: Services) -> Starlette:

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(services.database.close)

    events = EventRoutes(services)
    groups: list[RouteGroup] = [
        events,
        ErasureRoutes(services),
        RequestRoutes(services),
        OfficerRequestRoutes(services),
        LinkRoutes(services),
        PolicyRoutes(services),
        ReceiptRoutes(services),
        OfficerRoutes(services),
    ]
    operations = OperationRoutes(services, groups[:])
    groups.append(operations)
    app = Starlette(
        routes=[route for group in groups for route in group.routes()],
        middleware=[*_middleware(services), Middleware(Direct, events.sending)],
        exception_handlers={Problem: answer_problem, HTTPException: answer_http_exception},
        lifespan=lifespan,
    )
    app.state.openapi = operations.document
    app.state.presence = services.presence
    # A path with a slash too many is another path, not a redirect that carries a token about.
    app.router.redirect_slashes = False
    return app


def _middleware(services: Services) -> list[Middleware]:
    """From the outside in."""
    limits = services.settings.rate_limits
    middleware = [Middleware(RequestLog, services.metrics)]
    if limits is not None:
        middleware.append(Middleware(RateLimiter, limits, services.metrics))
    if services.settings.allowed_origins:
        # Outermost: a page can only tell an error from a dead line if the error has the headers.
        middleware.insert(0, _cross_origin(services.settings.allowed_origins))
    return middleware


def _cross_origin(origins: Sequence[str]) -> Middleware:
    """Lets a browser hand answers to pages of some origins. Cookies are none of it."""
    return Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=("GET", "POST", "DELETE"),
        allow_headers=("authorization", "content-type", "mingshi-sent-at"),
        expose_headers=("etag", "retry-after", REQUEST_ID),
    )
