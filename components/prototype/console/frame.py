"""The page that holds phone and console side by side, and lets them be two Flet pages.

Flet's dialogs belong to a page, so a phone inside the console's page would show them over the
console. Here the phone is a page of its own, as large as a phone, in a frame.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .desk import Desk

PHONE_PATH = "/phone"
"""Where the phone's page is."""
PANEL_PATH = "/console"
"""Where the console's page is, alone."""
_WAIT_SECONDS = 2.0
"""Shorter than what the server grants an answer when it ends; another is asked for at once."""
_PAGE = Path(__file__).with_name("frame.html")


class Frame:
    """Tells the framing page how large the phone is and what things are called.

    Args:
        desk: The phone's.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ended = False
        self._number = 1
        self._told = self._now()
        self._changes = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe = desk.world.subscribe(self._changed)

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
                    await self._changes.wait_for(lambda: self._ended or str(self._number) != after)
            except TimeoutError:
                pass
        return JSONResponse({"number": self._number, **self._told})

    async def end(self) -> None:
        """Let nobody wait any longer."""
        self._unsubscribe()
        self._ended = True
        async with self._changes:
            self._changes.notify_all()

    def _now(self) -> dict[str, object]:
        language = self._desk.language
        say = language.gettext
        width, height = self._desk.phone_size
        return {
            "width": width,
            "height": height,
            "lang": language.locale.replace("_", "-"),
            "dir": language.direction.value,
            "theme": self._desk.world.preferences.appearance.brightness.value,
            "title": say("Stakeholder demo"),
            "phone": say("Phone"),
            "console": say("Console"),
            "close": say("Close"),
        }

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


__all__ = ["PANEL_PATH", "PHONE_PATH", "Frame"]
