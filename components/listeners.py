"""Those who are told when something changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

Told = ParamSpec("Told")


class Listeners(Generic[Told]):
    """Functions that are called at each change, in the order in which they were added.

    Args:
        failed: Called, while the error is being handled, for a listener that raised; the others
            are told all the same. Without it the error goes to whoever told, and ends the telling.
    """

    def __init__(self, failed: Callable[[], None] | None = None) -> None:
        self._failed = failed
        # By a key of its own: the same function may be added twice, and each time is ended alone.
        self._listeners: dict[object, Callable[Told, None]] = {}

    def add(self, listener: Callable[Told, None]) -> Callable[[], None]:
        """Call ``listener`` from the next change on.

        Returns:
            A function that ends that. From then on the listener is not called, not even for the
            change that is being told; ending it again does nothing.
        """
        key = object()
        self._listeners[key] = listener

        def end() -> None:
            self._listeners.pop(key, None)

        return end

    def tell(self, *args: Told.args, **kwargs: Told.kwargs) -> None:
        """Call everyone who listens now. Who is added meanwhile is told of the next change."""
        for key, listener in tuple(self._listeners.items()):
            if key not in self._listeners:
                continue
            try:
                listener(*args, **kwargs)
            except Exception:
                if self._failed is None:
                    raise
                self._failed()
