"""Where a person stopped reading, kept for the next time.

A position is a clause id by policy and version; the ids are the same in every language, so a change
of language keeps the place. It is a convenience of the device and never leaves it. Before the base
notice is accepted it is kept in memory only: nothing is written to the device by then.
"""

from __future__ import annotations

import logging
from typing import Protocol

import flet as ft

from ...surface.runtime import on_page

logger = logging.getLogger(__name__)

_PREFIX = "cn.mingshi.reading."


class ReadingPositions(Protocol):
    """Remembers a clause for each policy."""

    async def kept(self, policy: str) -> str | None:
        """The id of the clause that was read last; None if nothing is known."""

    async def keep(self, policy: str, clause: str) -> None:
        """Remember a clause; a failure loses the place and nothing else."""


class MemoryPositions:
    """Positions for as long as the session lasts."""

    def __init__(self) -> None:
        self._clauses: dict[str, str] = {}

    async def kept(self, policy: str) -> str | None:
        """See :class:`ReadingPositions`."""
        return self._clauses.get(policy)

    async def keep(self, policy: str, clause: str) -> None:
        """See :class:`ReadingPositions`."""
        self.note(policy, clause)

    def note(self, policy: str, clause: str) -> None:
        """The same, for what cannot wait."""
        self._clauses[policy] = clause


class DevicePositions:
    """Positions in the device's preferences.

    Args:
        page: The page of the person.
    """

    def __init__(self, page: ft.Page) -> None:
        with on_page(page):
            self._preferences = ft.SharedPreferences()

    async def kept(self, policy: str) -> str | None:
        """See :class:`ReadingPositions`."""
        try:
            kept = await self._preferences.get(_PREFIX + policy)
        except Exception:
            logger.exception("the reading position could not be read")
            return None
        return kept if isinstance(kept, str) else None

    async def keep(self, policy: str, clause: str) -> None:
        """See :class:`ReadingPositions`."""
        try:
            await self._preferences.set(_PREFIX + policy, clause)
        except Exception:
            logger.exception("the reading position could not be kept")
