"""Keeps the record in step with time: writes down what is over, and looks again when more is."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from .consent.ledger import LedgerError

if TYPE_CHECKING:
    from .kit import ConsentKit

logger = logging.getLogger(__name__)

_LONGEST_WAIT_SECONDS = 24 * 60 * 60
"""After so long it is looked again, since a timer stands still while a device sleeps."""


class Settling:
    """The timekeeper of one kit.

    Args:
        kit: The kit it keeps.
    """

    def __init__(self, kit: ConsentKit) -> None:
        self._kit = kit
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Settle, and from now on also whenever time has ended a consent. Call it in a loop."""
        self._loop = asyncio.get_running_loop()
        self.settle()

    def end(self) -> None:
        """Wait for nothing any more."""
        self._loop = None
        if self._timer is not None:
            self._timer.cancel()

    def settle(self) -> None:
        """See :meth:`.kit.ConsentKit.settle`."""
        try:
            self._kit.choices.settle()
        except LedgerError:
            logger.exception("what is over could not be written down")
        # Also where nothing could be written.
        self._kit.sdks.reconcile()
        self.set_timer()

    def set_timer(self) -> None:
        """Look again when the next consent ends by itself. Any thread may have recorded one."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wait, self._kit.gate.until_next_change())

    def _wait(self, wait: timedelta | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if wait is not None and self._loop is not None:
            seconds = min(wait.total_seconds(), _LONGEST_WAIT_SECONDS)
            self._timer = self._loop.call_later(seconds, self._kit.refresh)
