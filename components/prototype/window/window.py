"""A window of the demo, from before it is shown until it is closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import flet as ft

from ...kit import ConsentKit
from ...surface.runtime import session_has_ended
from ...surface.viewport import tell_size
from .closing import really_close, unsent
from .place import Area, Place, keep_place, on_screen, read_place
from .screen import screen_area

logger = logging.getLogger(__name__)

LIKE_A_PHONE = Place(420, 860)
"""What the prototype begins with."""
LEAST = (340.0, 480.0)
"""Least width and height: below, the two choices of a notice stand below each other."""

_ANSWER_SECONDS = 3.0


class DemoWindow:
    """One window. It comes back where it was left, and says what is unsent before it closes.

    Args:
        file: Where its place is kept.
        first: Its place where none is kept.
        least: Its least width and height.
        screen: Measures the screen.
    """

    def __init__(
        self,
        file: Path,
        *,
        first: Place = LIKE_A_PHONE,
        least: tuple[float, float] = LEAST,
        screen: Callable[[], Area] = screen_area,
    ) -> None:
        self._file = file
        self._first = first
        self._least = least
        self._screen = screen
        self._place = first
        self._page: ft.Page | None = None
        self._kit: ConsentKit | None = None
        self._asking = False

    def prepare(self, page: ft.Page) -> None:
        """Set size and position, before the first frame."""
        self._page = page
        self._place = on_screen(read_place(self._file) or self._first, self._screen(), self._least)
        window, place = page.window, self._place
        window.width, window.height = place.width, place.height
        window.left, window.top = place.left, place.top
        window.min_width, window.min_height = self._least
        window.maximized = place.maximized
        if not place.maximized:
            # What is drawn first is drawn for the size to come, not for the one the client is at.
            page.width, page.height = place.width, place.height
        window.prevent_close = True
        window.on_event = self._happened

    def follow(self, kit: ConsentKit) -> None:
        """Ask this kit what is unsent."""
        self._kit = kit

    async def close(self) -> None:
        """Keep the window's place and close it, asking nothing."""
        page = self._page
        if page is None:
            return
        keep_place(self._file, self._now(page.window))
        # A window that is gone says so with an error, or, if it was gone before, not at all.
        with suppress(TimeoutError):
            try:
                async with asyncio.timeout(_ANSWER_SECONDS):
                    await page.window.destroy()
            except RuntimeError as error:
                if not session_has_ended(error):
                    raise

    async def _happened(self, event: ft.WindowEvent[ft.Window]) -> None:
        if event.type is ft.WindowEventType.RESIZED and self._page is not None:
            tell_size(self._page)
        if event.type is not ft.WindowEventType.CLOSE or self._asking:
            return
        self._asking = True
        try:
            if await self._may_close():
                await self.close()
        finally:
            self._asking = False

    async def _may_close(self) -> bool:
        """False if something is unsent and the person would rather stay."""
        if self._kit is None or self._page is None:
            return True
        try:
            left = unsent(self._kit)
            return not left or await really_close(self._page, left, self._kit.language)
        except Exception:
            # A window that cannot ask must not be one that cannot be closed.
            logger.exception("what is unsent could not be told")
            return True

    def _now(self, window: ft.Window) -> Place:
        if window.maximized or window.minimized or window.full_screen:
            return replace(self._place, maximized=bool(window.maximized))
        return Place(
            window.width or self._place.width,
            window.height or self._place.height,
            self._place.left if window.left is None else window.left,
            self._place.top if window.top is None else window.top,
        )
