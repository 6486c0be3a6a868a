"""A page that holds two Flet pages, and is told how they are to stand.

Flet's dialogs belong to a page: of two pages neither covers nor presses anything of the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

_WAIT_SECONDS = 2.0
"""Shorter than what the server grants an answer when it ends; another is asked for at once."""


class FramingPage:
    """Answers a framing page each time that what it is to know has changed.

    Args:
        page: The HTML file; it asks ``/frame?after=NUMBER`` and gets what there is to know, with
            its ``number``.
        now: What there is to know.
        subscribe: Calls a listener whenever that may have changed; the answer ends it.
    """

    def __init__(
        self,
        page: Path,
        now: Callable[[], Mapping[str, object]],
        subscribe: Callable[[Callable[[], None]], Callable[[], None]],
    ) -> None:
        self._page = page
        self._now = now
        self._ended = False
        self._number = 1
        self._told = now()
        self._changes = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe = subscribe(self._changed)

    def routes(self) -> list[BaseRoute]:
        """The framing page, and what it asks for."""
        return [Route("/", self.page), Route("/frame", self.wait)]

    async def page(self, _request: Request) -> Response:
        """The page."""
        return HTMLResponse(self._page.read_text("utf-8"))

    async def wait(self, request: Request) -> Response:
        """How things are, once that is not what ``after`` says any more, or after a while."""
        after = request.query_params.get("after", "")
        async with self._changes:
            try:
                async with asyncio.timeout(_WAIT_SECONDS):
                    await self._changes.wait_for(lambda: self._ended or str(self._number) != after)
            except TimeoutError:
                pass
        return JSONResponse({"number": self._number, **self._told})

    async def end(self) -> None:
        """Let nobody wait any longer."""
        self._unsubscribe()
        self._ended = True
        await self._wake()

    def _changed(self) -> None:
        now = self._now()
        if now == self._told:
            return
        self._told = now
        self._number += 1
        task = asyncio.get_running_loop().create_task(self._wake())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wake(self) -> None:
        async with self._changes:
            self._changes.notify_all()
