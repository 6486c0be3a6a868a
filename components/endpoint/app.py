"""The endpoint as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from ..consent.clock import Clock, SystemClock
from .database import open_database
from .events import EventRoutes
from .logs import RequestLog
from .operations import OperationRoutes
from .problems import Problem, answer_http_exception, answer_problem
from .store import Store

MAX_BODY_BYTES = 1024 * 1024
"""Longest request body by default; 500 events of usual length are about a third of it."""


def create_app(
    database_url: str, *, clock: Clock | None = None, max_body_bytes: int = MAX_BODY_BYTES
) -> Starlette:
    """The endpoint on a database. Opens it, and makes its tables where there are none.

    The application keeps nothing in memory that another process would need. It sends no CORS
    headers: pages of other origins cannot read from it.

    Args:
        database_url: SQLAlchemy URL, for example ``sqlite:///endpoint.sqlite3``.
        clock: Where ``received_at`` is taken from; the system's clock by default.
        max_body_bytes: Longest request body that is taken.

    Raises:
        UnsuitableDatabase: The URL names nothing that can keep a record.
        sqlalchemy.exc.DBAPIError: The database cannot be opened or written.
    """
    store = Store(open_database(database_url))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(store.close)

    events = EventRoutes(store, clock or SystemClock(), max_body_bytes)
    app = Starlette(
        routes=[*events.routes(), *OperationRoutes(store).routes()],
        middleware=[Middleware(RequestLog)],
        exception_handlers={Problem: answer_problem, HTTPException: answer_http_exception},
        lifespan=lifespan,
    )
    # A path with a slash too many is another path, not a redirect that carries a token about.
    app.router.redirect_slashes = False
    return app
