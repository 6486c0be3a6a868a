"""The reader's text as it lies in its window, for whoever looks on (see ``surface/watching``).

A list that draws only what is in sight does not know where its rows lie. So a text that is looked
on at is drawn as a column, every passage in a box that tells its height; nobody sees a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...surface import tokens
from ...surface.watching import Moved, TextPosition, Watcher

_MOVED = {
    ft.ScrollType.START: Moved.START,
    ft.ScrollType.UPDATE: Moved.DURING,
    ft.ScrollType.END: Moved.END,
}

Group = tuple[str | None, list[ft.Control]]
"""The rows of a clause, or of what is none."""


class Position:
    """Keeps where the text lies, and tells it when it is another place.

    Args:
        watcher: Who looks on.
    """

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._list: object = None
        self._order: tuple[str | None, ...] = ()
        self._heights: dict[int, float] = {}
        self._top = 0.0
        self._viewport = 0.0

    def drawn(self, list_: object, order: Sequence[str | None]) -> None:
        """The list that is drawn, by a name of its own, and what it holds from top to bottom.

        A list grows at its end; another one stands at its top.
        """
        if list_ != self._list:
            self._list, self._top = list_, 0.0
            self._heights.clear()
        kept = 0
        for old, new in zip(self._order, order, strict=False):
            if old != new:
                break
            kept += 1
        self._heights = {at: it for at, it in self._heights.items() if at < kept}
        self._order = tuple(order)

    def measured(self, at: int, height: float) -> None:
        """A box has this height."""
        self._heights[at] = height
        self._tell(Moved.LAID_OUT)

    def resized(self, viewport: float) -> None:
        """The window has this height."""
        self._viewport = viewport
        self._tell(Moved.LAID_OUT)

    def scrolled(self, event: ft.OnScrollEvent) -> None:
        """The text was scrolled."""
        moved = _MOVED.get(event.event_type)
        if moved is None:
            return
        self._top = max(0.0, event.pixels or 0.0)
        self._viewport = event.viewport_dimension or self._viewport
        self._tell(moved)

    def hidden(self) -> None:
        """Something else stands in its place."""
        self._list = None
        self._watcher.text_hidden()

    def _tell(self, moved: Moved) -> None:
        pieces = []
        for at, clause in enumerate(self._order):
            if at not in self._heights:
                break
            pieces.append((clause, self._heights[at]))
        if pieces and self._viewport:
            self._watcher.text_at(TextPosition(tuple(pieces), self._top, self._viewport, moved))


def watched_list(
    groups: Sequence[Group],
    position: Position,
    *,
    key: str,
    on_scroll: Callable[[ft.OnScrollEvent], Any],
) -> ft.Control:
    """The rows as a column whose boxes tell their heights; it looks as the list does.

    Args:
        groups: The rows, by clause.
        position: Takes what is measured.
        key: As that of the list: another one stands at its top.
        on_scroll: Called as the list's would be.
    """
    position.drawn(key, [clause for clause, _ in groups])

    def scrolled(event: ft.OnScrollEvent) -> None:
        position.scrolled(event)
        on_scroll(event)

    def measures(at: int) -> Callable[[ft.LayoutSizeChangeEvent[ft.LayoutControl]], None]:
        return lambda event: position.measured(at, event.height)

    def resized(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        position.resized(event.height)

    return ft.Container(
        ft.Column(
            [
                ft.Container(
                    ft.Column(
                        rows,
                        spacing=tokens.GAP,
                        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                    ),
                    # The room between two rows and around the list is part of what it holds.
                    padding=ft.Padding.only(
                        left=tokens.EDGE,
                        right=tokens.EDGE,
                        top=tokens.GAP_LARGE if at == 0 else 0,
                        bottom=tokens.GAP_LARGE if at == len(groups) - 1 else tokens.GAP,
                    ),
                    on_size_change=measures(at),
                    key=f"piece-{clause or at}",
                )
                for at, (clause, rows) in enumerate(groups)
            ],
            key=key,
            spacing=0,
            scroll=ft.ScrollMode.AUTO,
            on_scroll=scrolled,
            scroll_interval=50,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            expand=True,
        ),
        on_size_change=resized,
        expand=True,
        alignment=ft.Alignment.TOP_LEFT,
    )
