"""How large a person reads, kept for the next time.

A size is written down once it is chosen and not before; it is a setting of the device, says
nothing about what was read, and never leaves the device.
"""

from __future__ import annotations

import logging

import flet as ft

from ...surface.runtime import on_page
from ...surface.text_size import TextSize

logger = logging.getLogger(__name__)

_KEY = "cn.mingshi.reading.text-size"


class KeptSize:
    """The size of one person's reader, in the device's preferences.

    Args:
        page: The page of the person.
    """

    def __init__(self, page: ft.Page) -> None:
        with on_page(page):
            self._preferences = ft.SharedPreferences()

    async def read(self) -> TextSize:
        """The size that was chosen last; the standard size where that is nothing, or unreadable."""
        try:
            kept = await self._preferences.get(_KEY)
        except Exception:
            logger.exception("the size of the reader's text could not be read")
            return TextSize.STANDARD
        known = {it.value: it for it in TextSize}
        return known.get(kept, TextSize.STANDARD) if isinstance(kept, str) else TextSize.STANDARD

    async def keep(self, size: TextSize) -> None:
        """Write a size down; a failure loses it for the next time and nothing else."""
        try:
            await self._preferences.set(_KEY, size.value)
        except Exception:
            logger.exception("the size of the reader's text could not be kept")
