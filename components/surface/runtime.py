"""The seam to Flet: what keeps a fault in one place, and what lets both kinds of host in.

Every name of Flet's that is not public is used here and nowhere else; ``tests/ui`` fails
when Flet changes one.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import flet as ft
from flet.components.component import Renderer
from flet.controls.context import _context_page

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_NOT_SHOWN = (
    "这里没能显示出来，您的选择没有变。\nThis could not be shown. Your choices are as they were."
)


def kit_component(function: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    """Make a function a Flet component that a fault cannot take the whole session down with.

    Flet ends a session's updates when a component raises. Here the fault is logged and a sentence
    stands in its place, in both languages because the language may be what failed.
    """

    @functools.wraps(function)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> ft.Control:
        try:
            return function(*args, **kwargs)
        except Exception:
            logger.exception("%s could not be rendered", function.__name__)
            return ft.Text(_NOT_SHOWN, theme_style=ft.TextThemeStyle.BODY_MEDIUM)

    component: Callable[P, ft.Control] = ft.component(bounded)
    return component


def handler(
    act: Callable[..., Any], *args: Any, announce: Callable[[], None] | None = None
) -> Callable[[], Awaitable[None]]:
    """An event handler that calls ``act(*args)`` and survives its faults.

    Flet replaces the whole screen by an error when a handler raises. Here the fault is logged and
    ``announce`` is called, so that a person is told; nothing is granted by a handler that failed.
    """

    async def guarded() -> None:
        try:
            answer = act(*args)
            if inspect.isawaitable(answer):
                await answer
        except Exception:
            logger.exception("a handler failed")
            if announce is not None:
                announce()

    return guarded


def use_changes(subscribe: Callable[[Callable[[], None]], Callable[[], None]]) -> None:
    """Render this component again whenever a source says that it changed.

    Args:
        subscribe: Takes a listener, gives the function that ends the subscription.
    """
    _, set_tick = ft.use_state(0)
    # A list, because the clean-up that runs at the end was made in an earlier render.
    ends: list[Callable[[], None]] = ft.use_memo(lambda: [], [])

    def start() -> None:
        ends.append(subscribe(lambda: set_tick(lambda tick: tick + 1)))

    def stop() -> None:
        while ends:
            ends.pop()()

    ft.use_effect(start, [], cleanup=stop)


@ft.control("Column", isolated=True)  # type: ignore[arg-type]  # typed for functions only
class _Island(ft.Column):
    """Holds a component inside a host that updates its own page; the host leaves it alone."""

    def did_mount(self) -> None:
        super().did_mount()  # type: ignore[no-untyped-call]  # Flet leaves it untyped
        self.page.session.start_updates_scheduler()

    def update(self) -> None:
        """The component's own scheduler updates what is inside."""


def embed(component: Callable[P, ft.Control], *args: P.args, **kwargs: P.kwargs) -> ft.Control:
    """A component as an ordinary control, for hosts that build their page imperatively.

    ``page.add(embed(ConsentCentre, kit))``. Works in ``page.add``, in views, and in the content of
    dialogs and sheets.
    """
    rendered = Renderer().render(component, *args, **kwargs)
    return _Island([rendered], tight=True, expand=True)


@contextmanager
def on_page(page: ft.Page) -> Iterator[None]:
    """Run what changes a page's components, whoever sets it off.

    Flet finds the page to update in the running task's context. A change that comes from another
    session, a timer or a test has none, or the wrong one.
    """
    before = _context_page.set(page)  # type: ignore[arg-type]  # Flet types it by its default
    try:
        yield
    finally:
        _context_page.reset(before)


def after_dialog() -> None:
    """Let the handler that opened a dialog still update its page automatically.

    ``show_dialog`` tells Flet that the running handler has updated by itself; an imperative host
    that changes a control after ``await kit.ask(...)`` would then never see the change.
    """
    ft.context.reset_update_called()
