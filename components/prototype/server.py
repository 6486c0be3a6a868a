"""A Flet app for the browser as one ASGI application, with nothing from anywhere else.

`flet_web` serves the client; what a public site needs on top is here: compression, caching,
security headers, and a check of who opens the WebSocket. Other ASGI routes, such as those of the
consent endpoint, may be put in front.
"""

from __future__ import annotations

import asyncio
import inspect
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakSet

import flet as ft
import flet_web.fastapi as flet_fastapi
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..places import data_folder
from ..surface.runtime import name_messages_only
from .compression import Compression
from .web_assets import CONTENT_SECURITY_POLICY

__all__ = ["ASSETS", "serve", "web_app"]

Main = Callable[[ft.Page], Awaitable[None] | None]
"""A Flet app's `main` or `before_main`."""

ASSETS = data_folder("assets")
"""The web assets that `web_assets` generates: the index page and the fonts."""

_SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_API_DOCUMENTATION = {"openapi", "swagger_ui_html", "swagger_ui_redirect", "redoc_html"}
_FONT = re.compile(r"\.(?:woff2?|otf|ttf)$")
_FONT_CACHING = "public, max-age=604800"
# Names do not change with the version of Flet, and parts of two versions do not work together:
# everything but a font is asked for again, which costs a 304.
_CACHING = "no-cache"
_POLL_SECONDS = 0.005
_GRACE_SECONDS = 3


def web_app(
    main: Main,
    *,
    before_main: Main | None = None,
    routes: Sequence[BaseRoute] = (),
    assets_dir: Path = ASSETS,
    allowed_origins: Collection[str] = (),
    session_timeout_seconds: int = 3600,
    web_renderer: ft.WebRenderer = ft.WebRenderer.AUTO,
    frame_ancestors: str = "'none'",
    thorough: bool = False,
) -> Starlette:
    """Make an ASGI application that serves a Flet app at `/`.

    Args:
        main: the app, called once for each session.
        before_main: called before the first frame; the place for title, theme and locale.
        routes: other routes, which come before the app's; they get the same headers.
        assets_dir: folder of files that go before the client's own; must exist.
        allowed_origins: origins, such as `https://app.example`, that may open the WebSocket
            besides the one the page came from; needed where a proxy rewrites the Host header.
        session_timeout_seconds: how long a session waits for its browser to come back.
        web_renderer: `AUTO` takes skwasm where the browser is able to, else CanvasKit.
        frame_ancestors: pages that may show this one in a frame, as the security policy names
            them; by default none.
        thorough: whether the client's files, once asked for, are compressed as small as can be,
            which takes one processor most of a minute beside; for people on slow lines.

    Raises:
        FileNotFoundError: `assets_dir` is not a folder.
    """
    if not assets_dir.is_dir():
        raise FileNotFoundError(f"no folder of web assets at {assets_dir}")
    name_messages_only()
    pages: WeakSet[ft.Page] = WeakSet()

    async def remembered_main(page: ft.Page) -> None:
        pages.add(page)
        result = main(page)
        if inspect.isawaitable(result):
            await result

    flet_app = flet_fastapi.app(
        remembered_main,
        before_main=before_main,
        assets_dir=str(assets_dir.resolve()),
        web_renderer=web_renderer,
        no_cdn=True,
        session_timeout_seconds=session_timeout_seconds,
    )
    # FastAPI's own pages load scripts from a third party.
    flet_app.router.routes[:] = [
        route
        for route in flet_app.router.routes
        if getattr(route, "name", None) not in _API_DOCUMENTATION
    ]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with _shared_app_manager():
            yield
            for page in list(pages):
                page.session.close()
            # Closing tells the app by an event, which runs in a task of its own.
            await asyncio.sleep(0)

    return Starlette(
        routes=[*routes, Route("/healthz", _healthz), Mount("/", flet_app)],
        middleware=[
            Middleware(_OriginCheck, allowed=frozenset(allowed_origins)),
            Middleware(_ResponseHeaders, frame_ancestors=frame_ancestors),
            Middleware(Compression, thorough=thorough),
        ],
        lifespan=lifespan,
    )


@asynccontextmanager
async def serve(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve an ASGI application from the running event loop, and yield its address.

    Args:
        app: what to serve.
        host: address to listen on; this machine alone by default.
        port: port to listen on; 0 takes a free one.

    Yields:
        The base address, such as `http://127.0.0.1:43127`, once requests are taken.

    Raises:
        OSError: the address is taken.
        RuntimeError: the application failed to start; uvicorn has logged why.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        server = _HostedServer(
            uvicorn.Config(
                app,
                lifespan="on",
                # Logging is left as the program has it.
                log_config=None,
                access_log=False,
                server_header=False,
                ws="websockets-sansio",
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]), name="mingshi-web")
        try:
            while not server.started:
                if serving.done():
                    await serving
                    raise RuntimeError("the web app did not start")
                await asyncio.sleep(_POLL_SECONDS)
            shown = f"[{host}]" if family is socket.AF_INET6 else host
            yield f"http://{shown}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


class _HostedServer(uvicorn.Server):
    """A server that is a guest in somebody else's program."""

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().serve(sockets)
        except SystemExit:
            # Where an application fails to start, uvicorn ends the process.
            self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals stay with the program that serves."""
        yield


_running_apps = 0


@asynccontextmanager
async def _shared_app_manager() -> AsyncIterator[None]:
    """Flet keeps one manager per process; only the last app to stop may shut it down."""
    global _running_apps
    _running_apps += 1
    await flet_fastapi.app_manager.start()
    try:
        yield
    finally:
        _running_apps -= 1
        if _running_apps == 0:
            await flet_fastapi.app_manager.shutdown()


async def _healthz(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok\n")


class _ResponseHeaders:
    """Security and caching headers on every response."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        policy = f"{CONTENT_SECURITY_POLICY}; frame-ancestors {frame_ancestors}"
        self._security = {"Content-Security-Policy": policy, **_SECURITY_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Flet lets any site read what it serves.
                del headers["access-control-allow-origin"]
                # With this header the client draws in a second thread, and up to Flutter 3.47 the
                # two threads spoil each other's memory when text is laid out while another frame
                # is drawn: the page stands still for good (flutter/flutter#190039).
                del headers["cross-origin-embedder-policy"]
                for name, value in self._security.items():
                    headers.setdefault(name, value)
                font = message["status"] < 400 and _FONT.search(scope["path"])
                headers.setdefault("Cache-Control", _FONT_CACHING if font else _CACHING)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _OriginCheck:
    """Refuses WebSockets from other sites' pages, which a browser lets through."""

    def __init__(self, app: ASGIApp, allowed: frozenset[str]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self._is_welcome(Headers(scope=scope)):
            await receive()
            # Closed before it is accepted, it is answered with 403.
            await send({"type": "websocket.close", "code": 1008, "reason": "foreign origin"})
            return
        await self._app(scope, receive, send)

    def _is_welcome(self, headers: Headers) -> bool:
        origin = headers.get("origin", "")
        # The scheme is left out: behind a proxy that ends TLS, the server does not know it.
        same_host = urlsplit(origin).netloc == headers.get("host")
        return origin in self._allowed or (bool(origin) and same_host)
