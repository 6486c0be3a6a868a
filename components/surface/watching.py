"""Who looks on while somebody uses the kit's screens: a port, and nobody by default.

It tells what is opened and closed and where a text lies in its window, in the screens' own names.
It carries no words of a person and no position of a finger. A usability study looks on in this way;
the screens know nothing of it and are the same without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from weakref import WeakKeyDictionary

import flet as ft

logger = logging.getLogger(__name__)


class ScreenName(StrEnum):
    """The screens of which it is told."""

    FIRST_NOTICE = "first-notice"
    QUESTION = "question"
    POLICY = "policy"
    SUMMARY = "summary"
    CENTRE = "centre"


@dataclass(frozen=True)
class Screen:
    """A screen that lies over the host's.

    Attributes:
        name: Which.
        subject: What it is about: a permission or a purpose; empty if it is the policy as such.
        gesture: What the person did that called for it; None if the app came by itself.
    """

    name: ScreenName
    subject: str = ""
    gesture: str | None = None


class Moved(StrEnum):
    """Why a text lies otherwise: it was laid out, or it is being scrolled."""

    LAID_OUT = "laid-out"
    START = "start"
    DURING = "during"
    END = "end"


@dataclass(frozen=True)
class TextPosition:
    """Where a text lies in its window, in logical pixels.

    Attributes:
        pieces: From top to bottom, each clause that is drawn with its height; None is no clause.
        top: How much lies above the window.
        viewport: The window's height.
        moved: What led to it.
    """

    pieces: tuple[tuple[str | None, float], ...]
    top: float
    viewport: float
    moved: Moved


class Watcher(Protocol):
    """Looks on. What it raises is logged, and disturbs nothing."""

    def opened(self, screen: Screen) -> None:
        """A screen is before the person."""

    def closed(self, screen: Screen, *, answered: bool) -> None:
        """It went away, answered or not."""

    def text_at(self, position: TextPosition) -> None:
        """The full policy lies so in its window now."""

    def text_hidden(self) -> None:
        """It is not to be seen, though its screen is open."""


class _Undisturbing:
    """Tells a watcher, or nobody; a fault of theirs is logged, and no question is lost over it."""

    def __init__(self, watcher: Watcher | None) -> None:
        self._watcher = watcher

    def opened(self, screen: Screen) -> None:
        self._tell(lambda it: it.opened(screen))

    def closed(self, screen: Screen, *, answered: bool) -> None:
        self._tell(lambda it: it.closed(screen, answered=answered))

    def text_at(self, position: TextPosition) -> None:
        self._tell(lambda it: it.text_at(position))

    def text_hidden(self) -> None:
        self._tell(lambda it: it.text_hidden())

    def _tell(self, what: Callable[[Watcher], None]) -> None:
        if self._watcher is None:
            return
        try:
            what(self._watcher)
        except Exception:
            logger.exception("who looks on could not take what was told")


_WATCHERS: WeakKeyDictionary[ft.Page, Watcher] = WeakKeyDictionary()


def watch(page: ft.Page, watcher: Watcher) -> Callable[[], None]:
    """Look on at a page; one at a time. The answer is a function that ends it."""
    _WATCHERS[page] = watcher

    def end() -> None:
        if _WATCHERS.get(page) is watcher:
            del _WATCHERS[page]

    return end


def watcher_of(page: ft.Page) -> Watcher:
    """Who looks on at a page, or nobody: there is always somebody to tell, and none disturbs."""
    return _Undisturbing(_WATCHERS.get(page))


def is_watched(page: ft.Page | None) -> bool:
    """Whether somebody looks on at a page."""
    return page is not None and page in _WATCHERS
