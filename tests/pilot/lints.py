"""Faults that no assertion sees, because the client hides them or shows them much later."""

from __future__ import annotations

import asyncio
import re
import sys
import types
import typing
from collections.abc import Iterator
from typing import Any

import flet as ft
from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.messaging.session import Session

from .problems import Problem


def scalar_control_problem(control: type[BaseControl], prop: str) -> Problem | None:
    """A control stands where its class declares none: `ft.Semantics(ft.Text("x"))` does that.

    The first positional field of `Semantics` is `tooltip`. The client shows a grey box instead,
    and nothing after it.
    """
    if may_hold_control(control, prop):
        return None
    return Problem(
        "scalar-control",
        f"{control.__name__}.{prop} holds a control, but it is declared as a plain value"
        " (was it passed by position?)",
    )


_may_hold: dict[tuple[type[BaseControl], str], bool] = {}


def may_hold_control(control: type[BaseControl], prop: str) -> bool:
    """Whether a property may hold a control, by its annotation; unknown properties may."""
    if (control, prop) not in _may_hold:
        _may_hold[control, prop] = _declares_control(control, prop)
    return _may_hold[control, prop]


def _declares_control(control: type[BaseControl], prop: str) -> bool:
    field = control.__dataclass_fields__.get(prop)
    if field is None:
        return True
    modules = [sys.modules[owner.__module__] for owner in control.__mro__]
    return _admits(field.type, (*modules, ft))


def _admits(annotation: Any, modules: tuple[types.ModuleType, ...]) -> bool:
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        # Names are looked up rather than evaluated: many are imported for type checkers only.
        names = re.findall(r"[A-Za-z_]\w*", annotation)
        found = [
            getattr(module, name) for name in names for module in modules if hasattr(module, name)
        ]
        return not found or any(_admits(value, modules) for value in found)
    if annotation is Any or annotation is object or isinstance(annotation, typing.TypeVar):
        return True
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return issubclass(annotation, BaseControl)
    return any(_admits(inner, modules) for inner in typing.get_args(annotation))


def scheduler_problem(session: Session) -> Problem | None:
    """The loop that renders state changes has ended: an exception in a component body does it.

    Flet says nothing, and every later change of state is silently ignored.
    """
    task: asyncio.Task[None] | None = getattr(session, "_Session__updates_task", None)
    if task is None or not task.done():
        return None
    reason = "cancelled" if task.cancelled() else repr(task.exception())
    return Problem("scheduler", f"the session no longer renders state changes: {reason}")


class HookOrder:
    """Compares, render by render, which hooks each mounted component has called.

    Flet finds a hook by its position and does not check it, so that a hook under an `if` mixes
    up the state of those after it.
    """

    def __init__(self) -> None:
        # The state is kept beside its hooks, so that its id is not given to another one.
        self._seen: dict[int, tuple[object, tuple[str, ...]]] = {}

    def check(self, session: Session) -> Iterator[Problem]:
        """Look at every mounted component once."""
        for control in list(session.index.values()):
            if isinstance(control, Component) and control._state.mounted:
                yield from self._check(control)

    def _check(self, component: Component) -> Iterator[Problem]:
        state = component._state
        hooks = tuple(type(hook).__name__ for hook in state.hooks)
        _, before = self._seen.setdefault(id(state), (state, hooks))
        name = getattr(component.fn, "__name__", repr(component.fn))
        if before != hooks or state.hook_cursor != len(hooks):
            called = hooks[: state.hook_cursor]
            yield Problem("hooks", f"{name} called {called} after it had called {before}")
            self._seen[id(state)] = (state, hooks)
