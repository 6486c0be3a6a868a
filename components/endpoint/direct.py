"""The short way to one route, past what Starlette puts around all of them."""

from __future__ import annotations

from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import Problem, problem_response


class Direct:
    """ASGI middleware: handles the requests of one route itself, as the router within would.

    For the call that nearly all requests make: the router and the handling of exceptions around it
    take as long as storing an event.

    Args:
        app: The application within.
        route: The route; its endpoint is an ASGI application.
    """

    def __init__(self, app: ASGIApp, route: Route) -> None:
        self._app = app
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        match, found = self._route.matches(scope)
        if match is not Match.FULL:
            await self._app(scope, receive, send)
            return
        scope.update(found, route=self._route)
        try:
            await self._route.app(scope, receive, send)
        except Problem as problem:
            await problem_response(problem)(scope, receive, send)
