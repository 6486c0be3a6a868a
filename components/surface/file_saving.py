"""Handing a file to the person: the platform's own way of saving, and what came of it."""

from __future__ import annotations

import logging
from enum import StrEnum

import flet as ft

logger = logging.getLogger(__name__)


class Saving(StrEnum):
    """What became of a file. ``CANCELLED``: the person closed the dialog without a place."""

    SAVED = "saved"
    CANCELLED = "cancelled"
    FAILED = "failed"


async def save_file(page: ft.Page, name: str, data: bytes) -> Saving:
    """Let the person save a file where they like; in a browser it is downloaded.

    Args:
        page: The page it is asked on.
        name: The name proposed, with its ending.
        data: What the file holds; not empty.

    Returns:
        What came of it; never raises.
    """
    try:
        place = await ft.FilePicker().save_file(file_name=name, src_bytes=data)
    except Exception:
        # No dialog on this system, no place left, no right to write: nothing was saved.
        logger.exception("%s could not be saved", name)
        return Saving.FAILED
    # A browser says nothing about its downloads.
    return Saving.SAVED if page.web or place is not None else Saving.CANCELLED
