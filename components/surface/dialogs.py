"""A dialog that waits for one of its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import flet as ft

from . import parts, tokens
from .runtime import after_dialog

T = TypeVar("T")


@dataclass(frozen=True)
class DialogAnswer(Generic[T]):
    """One way out of a dialog.

    Attributes:
        label: What its button says.
        value: What is answered.
        identifier: Names the button, to tests in any language.
    """

    label: str
    value: T
    identifier: str


async def ask_in_dialog(
    page: ft.Page,
    title: str,
    content: Sequence[ft.Control],
    answers: Sequence[DialogAnswer[T]],
    *,
    if_gone: T,
) -> T:
    """Ask in a dialog over everything else of a page, and return what was answered.

    Args:
        page: The page it lies over.
        title: What it asks; screen readers hear it first.
        content: What stands below, from top to bottom.
        answers: The buttons, all of one form, in their order.
        if_gone: What counts as answered when the dialog goes away without an answer.
    """
    pressed: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def press(value: T) -> Callable[[], None]:
        def act() -> None:
            if not pressed.done():
                pressed.set_result(value)

        return act

    dialog = ft.AlertDialog(
        modal=True,
        title=parts.heading(title, 2),
        # Else it is called "alert", in whatever words the system has for that.
        semantics_label=title,
        content=ft.Column(list(content), tight=True, spacing=tokens.GAP),
        actions=[
            parts.action(it.label, press(it.value), identifier=it.identifier) for it in answers
        ],
        shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
        on_dismiss=press(if_gone),
    )
    page.show_dialog(dialog)
    after_dialog()
    try:
        return await pressed
    finally:
        if dialog.open:
            dialog.open = False
            dialog.update()
            after_dialog()
