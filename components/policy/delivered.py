"""The packs that come along with the kit, and folders of one's own, by one name."""

from __future__ import annotations

from pathlib import Path

from ..places import data_folder
from .loader import PACK_FILE


class NoSuchPack(FileNotFoundError):
    """There is no pack of that name; the message lists those there are."""


def pack_folder(name: str) -> Path:
    """The folder of a pack: the one named, or the delivered pack of that name.

    Args:
        name: A folder with a ``pack.toml``, or the id of a pack that comes along (``epiao``).

    Raises:
        NoSuchPack: It is neither.
    """
    here = Path(name)
    if (here / PACK_FILE).is_file():
        return here
    delivered = data_folder("policy_content")
    if name.isascii() and (delivered / name / PACK_FILE).is_file():
        return delivered / name
    names = ", ".join(folder.name for folder in delivered_packs())
    raise NoSuchPack(
        f"there is no pack {name!r}. Name a folder with a {PACK_FILE}, or one of: {names}."
    )


def delivered_packs() -> tuple[Path, ...]:
    """The folders of the packs that come along, by name."""
    return tuple(
        sorted(path.parent for path in data_folder("policy_content").glob(f"*/{PACK_FILE}"))
    )
