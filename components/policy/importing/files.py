"""Writing a new pack's folder, and saying what is wrong the way a compiler does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

DONE = 0
UNUSABLE = 2
"""Exit status when the input or the command line cannot be used."""


class FolderTaken(Exception):
    """The folder exists and is not empty; nothing is ever written over."""


def write_new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that is not there yet, or empty.

    Args:
        folder: The folder; folders above it are made as needed.
        files: Contents by path inside it.

    Raises:
        FolderTaken: It holds something, or is no folder.
        OSError: It cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} is there already; name a folder that is new or empty")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
