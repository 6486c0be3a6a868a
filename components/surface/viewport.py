"""How much room there is: by the page's real size, never by platform."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import flet as ft

from .runtime import on_page

Seen = TypeVar("Seen")


class WidthClass(StrEnum):
    """A phone held upright, a tablet or a phone on its side, a desktop window."""

    COMPACT = "compact"
    MEDIUM = "medium"
    EXPANDED = "expanded"

    @staticmethod
    def of(width: float | None) -> WidthClass:
        """The class of a width in logical pixels; unknown counts as a phone's."""
        if width is None or width < MEDIUM_FROM:
            return WidthClass.COMPACT
        return WidthClass.MEDIUM if width < EXPANDED_FROM else WidthClass.EXPANDED


MEDIUM_FROM = 700
EXPANDED_FROM = 1100


class _Followed:
    """A page whose size somebody follows. A page has one place for a resize handler: what the host
    had there is still called, and is put back when nobody follows any more."""

    def __init__(self, page: ft.Page) -> None:
        self.page = page
        self.before = page.on_resize
        self.listeners: list[Callable[[float, float], None]] = []
        page.on_resize = self.resized

    async def resized(self, event: ft.PageResizeEvent) -> None:
        if self.before is not None:
            # A handler may take the event or nothing, and may be a coroutine function.
            takes_event = bool(inspect.signature(self.before).parameters)
            answer = self.before(event) if takes_event else self.before()  # type: ignore[call-arg]
            if inspect.isawaitable(answer):
                await answer
        self.tell(event.width, event.height)

    def tell(self, width: float, height: float) -> None:
        with on_page(self.page):
            for listener in tuple(self.listeners):
                listener(width, height)

    def leave(self, listener: Callable[[float, float], None]) -> None:
        self.listeners.remove(listener)
        if not self.listeners and self.page.on_resize == self.resized:
            self.page.on_resize = self.before


def follow_size(page: ft.Page, listener: Callable[[float, float], None]) -> Callable[[], None]:
    """Call ``listener`` with the page's width and height whenever they change.

    Returns:
        Ends it.
    """
    followed = _followed(page) or _Followed(page)
    followed.listeners.append(listener)
    return lambda: followed.leave(listener)


def tell_size(page: ft.Page) -> None:
    """Tell all who follow a page's size what it is now.

    For a window that gets its size while the app begins: the client tells of a resize only once it
    was told that somebody listens, and may have done it by then.
    """
    followed = _followed(page)
    if followed is not None:
        followed.tell(page.width or 0, page.height or 0)


def _followed(page: ft.Page) -> _Followed | None:
    held = getattr(page.on_resize, "__self__", None)
    return held if isinstance(held, _Followed) else None


def use_width_class(page: ft.Page) -> WidthClass:
    """The page's width class in a component, drawn again when it becomes another."""
    return _use_size(page, lambda width, _height: WidthClass.of(width))


def use_page_height() -> float | None:
    """The page's height in a component, in logical pixels, drawn again when it becomes another.

    None where it is unknown.
    """
    return _use_size(page_here(), lambda _width, height: height or None)


def _use_size(page: ft.Page | None, read: Callable[[float | None, float | None], Seen]) -> Seen:
    known = (None, None) if page is None else (page.width, page.height)
    now, set_now = ft.use_state(read(*known))
    # A list, because the clean-up that runs at the end was made in an earlier render.
    ends: list[Callable[[], None]] = ft.use_memo(lambda: [], [])

    def start() -> None:
        if page is not None:
            ends.append(follow_size(page, lambda width, height: set_now(read(width, height))))
            set_now(read(page.width, page.height))

    def stop() -> None:
        while ends:
            ends.pop()()

    ft.use_effect(start, [], cleanup=stop)
    return now


def page_here() -> ft.Page | None:
    """The page that is being drawn; None where nothing is."""
    try:
        return ft.context.page
    except RuntimeError:
        return None
