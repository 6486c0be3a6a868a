"""The page that holds the study and the app, one above the other, as two pages of their own.

What is studied may cover its own page with sheets; the study's bar stays above it, and neither
can press anything of the other.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .station import Station

STUDY_PATH = "/study"
"""Where the study's page is, alone."""
APP_PATH = "/app"
"""Where the app's page is."""
_WAIT_SECONDS = 2.0
"""Shorter than what the server grants an answer when it ends; another is asked for at once."""
_PAGE = Path(__file__).with_name("frame.html")


class Frame:
    """Tells the framing page whether the app is to be seen, and how high the bar above it is.

    Args:
        station: Where the participant is.
    """

    def __init__(self, station: Station) -> None:
        self._station = station
        self._ended = False
        self._known = 1
        self._told = self._now()
        self._changes = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe = station.subscribe(self._changed)

    def routes(self) -> list[BaseRoute]:
        """The framing page, and what it asks for."""
        return [Route("/", self.page), Route("/frame", self.wait)]

    async def page(self, _request: Request) -> Response:
        """The page."""
        return HTMLResponse(_PAGE.read_text("utf-8"))

    async def wait(self, request: Request) -> Response:
        """How things are, once that is not what ``after`` says any more, or after a while."""
        after = request.query_params.get("after", "")
        async with self._changes:
            try:
                async with asyncio.timeout(_WAIT_SECONDS):
                    await self._changes.wait_for(lambda: self._ended or str(self._known) != after)
            except TimeoutError:
                pass
        return JSONResponse({"known": self._known, **self._told})

    async def end(self) -> None:
        """Let nobody wait any longer."""
        self._unsubscribe()
        self._ended = True
        async with self._changes:
            self._changes.notify_all()

    def _now(self) -> dict[str, object]:
        station = self._station
        language = station.language
        return {
            "app": station.over_the_app,
            "number_of_app": str(station.stimulus_number),
            "bar": round(station.bar_height),
            "lang": language.locale.replace("_", "-"),
            "dir": language.direction.value,
            "title": language.gettext("Study"),
            "title_of_app": language.gettext("App"),
        }

    def _changed(self) -> None:
        now = self._now()
        if now == self._told:
            return
        self._told = now
        self._known += 1
        task = asyncio.get_running_loop().create_task(self._wake())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wake(self) -> None:
        async with self._changes:
            self._changes.notify_all()
