"""How much room there is: width classes by the page's real width, never by platform."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum

import flet as ft

from .runtime import on_page


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


def follow_width(page: ft.Page, listener: Callable[[float], None]) -> Callable[[], None]:
    """Call ``listener`` with the page's width whenever it changes.

    A page has one place for a resize handler. What the host had there is still called, and is put
    back at the end.

    Returns:
        Ends it.
    """
    before = page.on_resize

    async def resized(event: ft.PageResizeEvent) -> None:
        if before is not None:
            # A handler may take the event or nothing, and may be a coroutine function.
            takes_event = bool(inspect.signature(before).parameters)
            answer = before(event) if takes_event else before()  # type: ignore[call-arg]
            if inspect.isawaitable(answer):
                await answer
        with on_page(page):
            listener(event.width)

    page.on_resize = resized

    def end() -> None:
        if page.on_resize is resized:
            page.on_resize = before

    return end


def use_width_class(page: ft.Page) -> WidthClass:
    """The page's width class in a component, drawn again when it becomes another."""
    now, set_now = ft.use_state(WidthClass.of(page.width))
    # A list, because the clean-up that runs at the end was made in an earlier render.
    ends: list[Callable[[], None]] = ft.use_memo(lambda: [], [])

    def start() -> None:
        ends.append(follow_width(page, lambda width: set_now(WidthClass.of(width))))
        set_now(WidthClass.of(page.width))

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


def page_height() -> float | None:
    """The height of the page that is being drawn, in logical pixels; None where it is unknown."""
    page = page_here()
    return None if page is None else page.height or None
