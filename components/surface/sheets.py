"""Sheets over the host's screen: one at a time a question, and pages that can be closed.

A sheet is a Flet dialog, so it is modal for keyboard and screen reader, returns the focus to what
opened it, and works in hosts of either style without touching their navigation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import flet as ft

from . import tokens
from .motion import AT_ONCE, sheet_animation
from .runtime import after_dialog
from .watching import Screen, watcher_of

T = TypeVar("T")


class Dismissed(Enum):
    """A sheet went away without an answer: back, outside tap, swipe, or a lost session."""

    DISMISSED = "dismissed"


class SheetForm(StrEnum):
    """``PAGE`` fills the height; ``PROMPT`` takes what it needs; ``BLOCKING`` is a page that a
    tap outside does not close."""

    PAGE = "page"
    PROMPT = "prompt"
    BLOCKING = "blocking"


_OPEN: WeakKeyDictionary[ft.Page, list[Sheet[Any]]] = WeakKeyDictionary()
"""The sheets that are waited for, by the page they lie over."""


def dismiss_sheets(page: ft.Page) -> None:
    """Give up waiting for every sheet of a page, as when its session ends; none grants."""
    for sheet in tuple(_OPEN.get(page, ())):
        sheet.dismiss()


def asked_in_sheet(
    words: Sequence[ft.Control],
    *choices: ft.Control,
    spacing: int = tokens.GAP_LARGE,
    between: int | None = None,
) -> ft.Control:
    """What a sheet that asks holds: words that scroll where they are long, and choices in sight.

    Args:
        words: From top to bottom; at least one of them is seen.
        choices: What stays below them, from top to bottom.
        spacing: Between two of the words.
        between: Between two of the choices; None where there is only one.
    """
    # By themselves the words are no wider than their longest line, and a thumb beside that moves
    # nothing. A row is as wide as it may be.
    first, *others = (it for it in words if it.visible)
    first.expand = True
    # What stands below the words stands in the same column: a box around it would be sent as well.
    gap = tokens.GAP_LARGE if between is None else between
    return ft.Column(
        [
            ft.Column(
                [ft.Row([first]), *others],
                spacing=spacing,
                scroll=ft.ScrollMode.AUTO,
                expand=True,
                margin=None
                if gap == tokens.GAP_LARGE
                else ft.Margin.only(bottom=tokens.GAP_LARGE - gap),
            ),
            *choices,
        ],
        spacing=gap,
        tight=True,
        margin=tokens.EDGE,
        # No higher than the sheet has room for: else the choices would lie below its edge.
        expand=True,
        expand_loose=True,
    )


def _as_high_as_its_words(content: ft.Control) -> ft.Control:
    """What a sheet that takes what it needs holds; where that is more than the window, it scrolls.

    By itself a column that scrolls is as high as it may be, however little there is in it.
    """
    return ft.Row([content], intrinsic_height=True)


class Sheet(Generic[T]):
    """One sheet on screen. Close it when what it asked for is done.

    Args:
        page: The page it lies over.
        build: Makes the content; gets the function that answers the sheet.
        form: How much room it takes.
        screen: What it is to whoever looks on; None if it is not told.
    """

    def __init__(
        self,
        page: ft.Page,
        build: Callable[[Callable[[T], None]], ft.Control],
        form: SheetForm,
        screen: Screen | None = None,
    ) -> None:
        self._answer: asyncio.Future[T | Dismissed] = asyncio.get_running_loop().create_future()
        content = build(self.answer)
        self._control = ft.BottomSheet(
            content=_as_high_as_its_words(content) if form is SheetForm.PROMPT else content,
            fullscreen=form is not SheetForm.PROMPT,
            scrollable=True,
            dismissible=form is not SheetForm.BLOCKING,
            use_safe_area=True,
            # What has to be answered first comes when an app starts, where nothing was before:
            # sliding in from below would only let everybody wait for its choices.
            animation_style=sheet_animation(page)
            or (AT_ONCE if form is SheetForm.BLOCKING else None),
            size_constraints=ft.BoxConstraints(max_width=tokens.READING_WIDTH + 2 * tokens.EDGE),
            on_dismiss=self._dismissed,
        )
        self._page = page
        self._screen = screen
        _OPEN.setdefault(page, []).append(self)
        page.show_dialog(self._control)
        after_dialog()
        if screen is not None:
            watcher_of(page).opened(screen)

    def answer(self, value: T) -> None:
        """Answer the sheet; the first answer counts."""
        if not self._answer.done():
            self._answer.set_result(value)

    def dismiss(self) -> None:
        """Give up waiting, as when the session ends."""
        if not self._answer.done():
            self._answer.set_result(Dismissed.DISMISSED)

    async def answered(self) -> T | Dismissed:
        """Wait for the answer. The sheet stays on screen until :meth:`close`."""
        return await self._answer

    def close(self) -> None:
        """Take the sheet off the screen."""
        self.dismiss()
        if self in _OPEN.get(self._page, ()):
            _OPEN[self._page].remove(self)
            if self._screen is not None:
                answered = self._answer.result() is not Dismissed.DISMISSED
                watcher_of(self._page).closed(self._screen, answered=answered)
        if self._control.open:
            self._control.open = False
            self._control.update()
            after_dialog()

    def _dismissed(self) -> None:
        self.dismiss()


async def show_until_closed(
    page: ft.Page,
    build: Callable[[Callable[[], None]], ft.Control],
    form: SheetForm = SheetForm.PAGE,
    screen: Screen | None = None,
) -> None:
    """Show a screen that asks nothing; return when it is closed or went away.

    Args:
        page: The page it lies over.
        build: Makes the content; gets the function that closes it.
        form: How much room it takes.
        screen: What it is to whoever looks on; None if it is not told.
    """
    sheet: Sheet[None] = Sheet(page, lambda answer: build(lambda: answer(None)), form, screen)
    try:
        await sheet.answered()
    finally:
        sheet.close()
