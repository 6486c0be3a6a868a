"""Where an avatar's picture comes from: the system's picker, or an album that is read."""

from __future__ import annotations

import shutil
from typing import Protocol

import flet as ft

_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c494441"
    "54789c6338de6d030003ab018fc82826150000000049454e44ae426082"
)
"""A PNG of one pixel."""


class PictureSource(Protocol):
    """Gives the one picture that the person picks."""

    @property
    def needs_permission(self) -> bool:
        """Whether the album has to be read, for want of a system picker."""

    async def pick(self) -> bytes | None:
        """The picture's bytes, or None if none was picked."""


class SystemPicker:
    """The platform's own picker: it hands over what is picked, and no permission is held."""

    needs_permission = False

    async def pick(self) -> bytes | None:
        """Let the person pick one picture."""
        files = await ft.FilePicker().pick_files(
            file_type=ft.FilePickerFileType.IMAGE, with_data=True
        )
        return files[0].bytes if files else None


class SimulatedAlbum:
    """Stands for the album of a device without a picker: always picks the same picture."""

    needs_permission = True

    def __init__(self) -> None:
        self.reads = 0
        """How often it was read."""

    async def pick(self) -> bytes:
        """A plain square in one colour."""
        self.reads += 1
        return _PICTURE


def pictures_for(page: ft.Page) -> PictureSource:
    """The picker where there is one; the album on a Linux desktop that lacks the dialog program."""
    linux_desktop = not page.web and page.platform is ft.PagePlatform.LINUX
    if linux_desktop and shutil.which("zenity") is None:
        return SimulatedAlbum()
    return SystemPicker()
