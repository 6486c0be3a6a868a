"""The hands of the person in a scenario: they find what is on the screen, and use it.

An event goes to the app as the client sends it: by the control's id, with the same data. So the
same hands work where a browser shows the page, and where nobody does.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import flet as ft

WAIT_SECONDS = 60.0
"""How long something may take to come up; far longer than it does, for a loaded machine."""
_POLL_SECONDS = 0.01
_NUMBER = re.compile(r"\d+")


class NotOnScreen(LookupError):
    """What a step is about did not come up."""


def controls_on_screen(
    page: ft.Page, wanted: Callable[[ft.BaseControl], bool]
) -> Iterator[tuple[int, ft.BaseControl]]:
    """Every control of a kind that a person could reach, with its id.

    That is: it is visible, and no dialog lies over it.
    """
    live = list(page.session.index.items())
    found = [(number, control) for number, control in live if wanted(control)]
    if not found:
        return
    front = _front(live)
    for number, control in found:
        above = list(_above(control))
        if all(_open(it) for it in above) and (front is None or front in above):
            yield number, control


def on_screen(page: ft.Page, identifier: str) -> bool:
    """Whether a control of that identifier can be reached."""
    return _find(page, identifier) is not None


async def wait_for(page: ft.Page, identifier: str) -> None:
    """Wait until a control can be reached.

    Raises:
        NotOnScreen: It never came up.
    """
    await _reach(page, identifier)


async def press(page: ft.Page, identifier: str) -> None:
    """Press a control, once it can be.

    Raises:
        NotOnScreen: It never came up.
    """
    number, _ = await _reach(page, identifier)
    _send(page, number, "click", None)


async def write(page: ft.Page, identifier: str, text: str) -> None:
    """Type into a field, once it is there.

    Raises:
        NotOnScreen: It never came up.
    """
    number, _ = await _reach(page, identifier)
    _send(page, number, "change", text, value=text)


async def go_to(page: ft.Page, position: int) -> None:
    """Choose a main screen in the bar at the foot, or at the side where there is room.

    Raises:
        NotOnScreen: There is no such bar, or something lies over it.
    """
    bars = (ft.NavigationBar, ft.NavigationRail)
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        for number, _ in controls_on_screen(page, lambda it: isinstance(it, bars)):
            # Without the property: the client has not chosen by itself, so it is to be told.
            _send(page, number, "change", position)
            return
        await _pause(deadline, "the bar of main screens")


async def read_sum(page: ft.Page, identifier: str) -> tuple[int, int]:
    """The two numbers that stand above a field, as a person reads them.

    Raises:
        NotOnScreen: There is no such field, or no text with two numbers.
    """
    await _reach(page, identifier)
    for _, control in controls_on_screen(page, lambda it: isinstance(it, ft.Text)):
        numbers = [int(it) for it in _NUMBER.findall(getattr(control, "value", None) or "")]
        if len(numbers) == 2:
            return numbers[0], numbers[1]
    raise NotOnScreen("a sum of two numbers")


def close_all(page: ft.Page) -> None:
    """Take every dialog and message off the screen, as when an app is closed."""
    for _, control in list(page.session.index.items()):
        if isinstance(control, ft.DialogControl) and control.open:
            control.open = False
            control.update()


def _front(live: list[tuple[int, ft.BaseControl]]) -> ft.BaseControl | None:
    """The dialog that lies over everything, if there is one; a line at the foot is none."""
    modal = [
        control
        for _, control in live
        if isinstance(control, ft.DialogControl)
        and control.open
        and not isinstance(control, ft.SnackBar)
        and control.parent is not None
    ]
    if not modal:
        return None
    stack = getattr(modal[0].parent, "controls", None) or modal
    return max(modal, key=lambda it: next(at for at, other in enumerate(stack) if other is it))


def _above(control: ft.BaseControl) -> Iterator[ft.BaseControl]:
    """A control and everything around it."""
    at: ft.BaseControl | None = control
    while at is not None:
        yield at
        at = at.parent


def _open(control: ft.BaseControl) -> bool:
    closed = isinstance(control, ft.DialogControl) and not control.open
    return not closed and getattr(control, "visible", True) is not False


def _find(page: ft.Page, identifier: str) -> tuple[int, ft.BaseControl] | None:
    def known_as(control: ft.BaseControl) -> bool:
        return (
            control.identifier if isinstance(control, ft.Semantics) else control.key
        ) == identifier

    for number, control in controls_on_screen(page, known_as):
        if any(getattr(it, "disabled", False) for it in _above(control)):
            continue
        if not isinstance(control, ft.Semantics):
            return number, control
        # The identifier stands on the wrapper; what is pressed is inside.
        held = control.content
        for inner, other in page.session.index.items():
            if held is not None and other is held:
                return inner, held
    return None


async def _reach(page: ft.Page, identifier: str) -> tuple[int, ft.BaseControl]:
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := _find(page, identifier)) is None:
        await _pause(deadline, identifier)
    return found


async def _pause(deadline: float, what: str) -> None:
    if time.monotonic() > deadline:
        raise NotOnScreen(what)
    await asyncio.sleep(_POLL_SECONDS)


_under_way: set[asyncio.Task[None]] = set()


def _send(page: ft.Page, control: int, event: str, data: Any, **properties: Any) -> None:
    """Hand an event in as the client's connection does: in a task of its own, not waited for."""

    async def hand_in() -> None:
        # Together: a rendering in between would make a new control, with the old properties.
        held = page.session.index.get(control)
        before = {name: getattr(held, name, None) for name in properties}
        if properties:
            page.session.apply_patch(control, properties)
        await page.session.dispatch_event(control, event, data)
        # No client has them yet: what is drawn from the event differs from this, and is sent.
        if properties:
            page.session.apply_patch(control, before)

    task = asyncio.get_running_loop().create_task(hand_in())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
