"""Saving a file where the person wants it: the one way out for exports and copies.

Nothing is written anywhere but where the person says, and nothing is called saved before it is.
"""

from __future__ import annotations

import asyncio
import logging
from enum import StrEnum
from pathlib import Path

import flet as ft

from .runtime import on_page

logger = logging.getLogger(__name__)


class Saving(StrEnum):
    """How it ended: ``CANCELLED`` is the person's own no, ``FAILED`` the device's."""

    SAVED = "saved"
    CANCELLED = "cancelled"
    FAILED = "failed"


async def save_file(page: ft.Page, name: str, data: bytes) -> Saving:
    """Let the person save a file; returns when it is done or given up.

    On the web the browser takes the file over and does not say what became of it, so handing it
    over counts as saved there. On a desktop the system's dialog asks for the place.

    Args:
        page: The page of the person.
        name: The file name that is proposed, with its ending.
        data: What the file holds; never empty.

    Raises:
        ValueError: There is nothing to save.
    """
    if not data:
        raise ValueError(f"{name} would be empty")
    try:
        with on_page(page):
            picker = ft.FilePicker()
        place = await picker.save_file(file_name=name, src_bytes=data)
        if place is not None and not page.web and page.platform in _DESKTOPS:
            await asyncio.to_thread(_write, Path(place), data)
    except Exception:
        # No picker on this system, no room, no right to write there: all the same to the person.
        logger.exception("%s could not be saved", name)
        return Saving.FAILED
    return Saving.SAVED if page.web or place is not None else Saving.CANCELLED


_DESKTOPS = (ft.PagePlatform.LINUX, ft.PagePlatform.MACOS, ft.PagePlatform.WINDOWS)


def _write(place: Path, data: bytes) -> None:
    """Write what the dialog has not: on some desktops it only asks where, on others it writes."""
    if not place.is_file() or place.read_bytes() != data:
        place.write_bytes(data)
