"""Nobody there: ask once, wait a little, then make ready for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .states import Kiosk


class Idle:
    """Waits for somebody to do nothing. Use it in a running event loop.

    Args:
        kiosk: How long; None waits for ever.
        ask: Called when it has been quiet for so long.
        give_up: Called when the question was not answered either.
    """

    def __init__(
        self, kiosk: Kiosk | None, ask: Callable[[], None], give_up: Callable[[], None]
    ) -> None:
        self._kiosk = kiosk
        self._ask = ask
        self._give_up = give_up
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits for something."""
        return self._timer is not None

    def active(self) -> None:
        """Somebody did something: it begins to wait anew."""
        self.end()
        if self._kiosk is not None:
            self._wait(self._kiosk.idle_seconds, self._asked)

    def end(self) -> None:
        """Wait for nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _asked(self) -> None:
        if self._kiosk is not None:
            self._wait(self._kiosk.grace_seconds, self._give_up)
            self._ask()

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, then)
